"""One input file of the Spark job, wherever it lies, as batches of facts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Iterator, Mapping, Optional

import pyarrow

from . import Extractor, _storage

if TYPE_CHECKING:
    from ._fact import Problem, Summary

#: Names of files that are likely one page, which may have a sidecar.
_PAGES = (".txt", ".text", ".html", ".htm", ".xhtml")


class InputError(OSError):
    """An input file that could not be opened, or not read to its end. Damage within a file is a problem, not an error."""


class Reading:
    """The facts of a file. Counts and problems are there when all batches have been taken."""

    def __init__(self, path: str, extractor: Extractor, *, text_col: Optional[str], s3: Mapping[str, str]) -> None:
        self._path, self._extractor, self._text_col, self._s3 = path, extractor, text_col, s3
        self.summary: Optional[Summary] = None
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[pyarrow.RecordBatch]:
        try:
            place, inside = _storage.filesystem(self._path, self._s3)
            sidecar = _sidecar(place, inside)
            with place.open_input_stream(inside, compression=None, buffer_size=1 << 20) as stream:
                yield from self._batches(_Source(stream), sidecar)
        except OSError as error:
            raise InputError(f"{self._path}: {error}") from error

    def _batches(self, source: _Source, sidecar: Optional[bytes]) -> Iterator[pyarrow.RecordBatch]:
        facts = self._extractor.extract_archive(
            source, path=self._path, sidecar=sidecar, text=self._text_col, jobs=1
        )
        yield from pyarrow.RecordBatchReader.from_stream(facts)
        if source.error is not None:
            raise source.error
        self.summary, self.problems = facts.summary, facts.problems


def _sidecar(place: Any, page: str) -> Optional[bytes]:
    """The bytes of ``NAME.meta.json`` beside the page ``NAME.txt``; None where there is none."""
    stem, end = os.path.splitext(page)
    info = place.get_file_info(f"{stem}.meta.json") if end.lower() in _PAGES else None
    if info is None or not info.is_file:
        return None
    with place.open_input_stream(info.path) as stream:
        data: bytes = stream.read()
    return data


class _Source:
    """A file object that remembers why it could not be read: to the engine, that is damage as any other."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.error: Optional[Exception] = None

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._stream.read(size)
        except Exception as error:
            self.error = error
            raise
        return data
