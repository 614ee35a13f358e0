"""What the functions of the package take, and errors that name the argument that is wrong."""

from __future__ import annotations

import datetime
import errno
import io
import os
from typing import Any, Optional, Protocol, Union


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface: of pyarrow, polars, pandas or DuckDB, or given by this package."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


class ArrowArray(Protocol):
    """A single batch with the Arrow PyCapsule interface, such as that of pyarrow."""

    def __arrow_c_array__(self, requested_schema: Optional[object] = None) -> Any: ...


class Readable(Protocol):
    """A binary file object, as far as it is needed."""

    def read(self, size: int, /) -> bytes: ...


Page = Union[str, bytes, bytearray, memoryview]
Day = Union[str, datetime.date, None]
Folder = Union[str, "os.PathLike[str]", None]
Pages = Union[ArrowStream, ArrowArray]
Archive = Union[str, "os.PathLike[str]", Readable]


def wrong(name: str, wanted: str, given: object) -> TypeError:
    """The error for an argument of a type that is not taken."""
    kind = type(given)
    shown = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return TypeError(f"{name} must be {wanted}, not {'None' if given is None else shown}")


def page(value: Page) -> Union[str, bytes]:
    if isinstance(value, str):
        if value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(
                f"page has a lone surrogate at character {error.start}, which is no text; give the bytes of the page"
            ) from None
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if not isinstance(value, bytes):
        raise wrong("page", "str or bytes", value)
    return value


def day(value: Day) -> Optional[str]:
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, datetime.date):
        raise wrong("published", "a date, a str such as '2024-01-31', or None", value)
    return value.isoformat()[:10]


def text(name: str, value: Optional[str]) -> Optional[str]:
    if value is not None and not isinstance(value, str):
        raise wrong(name, "str or None", value)
    return value


def path(value: Union[str, os.PathLike[str], None]) -> Optional[str]:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if value is not None and not isinstance(value, str):
        raise wrong("path", "a path or None", value)
    return value


def column(name: str, value: Optional[str]) -> Optional[str]:
    if value is not None and not isinstance(value, str):
        raise wrong(name, "the name of a column, or None", value)
    return value


def jobs(value: Optional[int]) -> Optional[int]:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong("jobs", "int or None", value)
    if not 1 <= value <= 1024:
        raise ValueError(f"jobs must be between 1 and 1024, not {value}")
    return value


def rules(value: Folder) -> Optional[str]:
    if value is None:
        return None
    if not isinstance(value, (str, os.PathLike)) or not isinstance(os.fspath(value), str):
        raise wrong("rules", "the path of a folder, or None", value)
    folder = os.fspath(value)
    if not os.path.isdir(folder):
        number = errno.ENOTDIR if os.path.exists(folder) else errno.ENOENT
        raise OSError(number, f"rules: {os.strerror(number)}", folder)
    return folder


def pages(value: Pages) -> Pages:
    if not hasattr(value, "__arrow_c_stream__") and not hasattr(value, "__arrow_c_array__"):
        wanted = "a table with the Arrow PyCapsule interface (of pyarrow, polars, DuckDB, or pandas from 2.2 on)"
        raise wrong("pages", wanted, value)
    return value


def sidecar(value: Optional[bytes]) -> Optional[bytes]:
    if value is not None and not isinstance(value, bytes):
        raise wrong("sidecar", "bytes or None", value)
    return value


def archive(value: Archive, name: Optional[str], beside: Optional[bytes]) -> Archive:
    if isinstance(value, io.TextIOBase) or not (isinstance(value, (str, os.PathLike)) or hasattr(value, "read")):
        raise wrong("source", "a path, or a file opened in binary mode ('rb')", value)
    if not isinstance(value, (str, os.PathLike)):
        return value
    if name is not None:
        raise ValueError("path names a file object in the citations; source is a path already")
    if beside is not None:
        raise ValueError("sidecar belongs to a file object; beside a path it is found")
    where = os.fspath(value)
    if not os.path.exists(where) and not any(mark in where for mark in "*?[{"):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), where)
    return where
