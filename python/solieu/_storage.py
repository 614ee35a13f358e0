"""Where the Spark job reads and writes: local paths, ``s3a://`` and whatever else pyarrow opens."""

from __future__ import annotations

import functools
import os
import re
from typing import TYPE_CHECKING, Iterable, Iterator, Mapping, Optional

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_MARKS = re.compile(r"[*?\[{]")
_TOKENS = re.compile(
    r"(?P<deep>\*\*/)|(?P<all>\*\*)|(?P<any>\*)|(?P<one>\?)|\[(?P<not>[!^]?)(?P<set>[^\]]+)\]|(?P<other>.)", re.DOTALL
)


def _parts(url: str) -> tuple[str, str, str]:
    """Scheme, authority and path of a URL. Nothing is decoded: as in Hadoop, a path is what it looks like."""
    if url.startswith("file:"):
        rest = url[5:]
        path = rest[2:].partition("/")[2] if rest.startswith("//") else rest
        return "file", "", "/" + path.lstrip("/")
    if "://" not in url:
        return "file", "", os.path.abspath(url)
    scheme, rest = url.split("://", 1)
    authority, _, path = rest.partition("/")
    # Hadoop's names for S3.
    return "s3" if scheme in ("s3a", "s3n") else scheme, authority, path


def canonical(url: str) -> str:
    """One name for a place, however it is written."""
    scheme, authority, path = _parts(url)
    return path if scheme == "file" else f"{scheme}://{authority}/{path}"


def filesystem(url: str, s3: Mapping[str, str]) -> tuple["FileSystem", str]:
    """The file system of a URL and the path in it. ``s3`` has Hadoop's settings of S3, without ``fs.s3a.`` before them."""
    from pyarrow import fs

    scheme, authority, path = _parts(url)
    if scheme == "file":
        return fs.LocalFileSystem(), path
    if scheme == "s3":
        return _s3(authority, tuple(sorted(s3.items()))), f"{authority}/{path}".rstrip("/")
    found, base = fs.FileSystem.from_uri(f"{scheme}://{authority}/")
    return found, f"{base.rstrip('/')}/{path}".rstrip("/")


def s3_options(bucket: str, settings: Mapping[str, str]) -> dict[str, object]:
    """Hadoop's settings in pyarrow's words; those of the bucket go before the general ones."""

    def setting(name: str) -> Optional[str]:
        return settings.get(f"bucket.{bucket}.{name}") or settings.get(name)

    options: dict[str, object] = {}
    names = {
        "access_key": "access.key", "secret_key": "secret.key", "session_token": "session.token",
        "region": "endpoint.region", "role_arn": "assumed.role.arn",
    }
    for option, name in names.items():
        if value := setting(name):
            options[option] = value
    if "Anonymous" in (setting("aws.credentials.provider") or ""):
        options["anonymous"] = True
    environment = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    endpoint = setting("endpoint") or environment or ""
    amazon = re.search(r"(?:s3[.-]([a-z0-9-]+)\.)?amazonaws\.com", endpoint)
    if amazon:
        if amazon[1]:
            options.setdefault("region", amazon[1])
    elif endpoint:
        scheme, _, host = endpoint.rpartition("://")
        plain = setting("connection.ssl.enabled") == "false"
        options.update(endpoint_override=host.rstrip("/"), scheme=scheme or ("http" if plain else "https"))
    return options


@functools.cache
def _s3(bucket: str, settings: tuple[tuple[str, str], ...]) -> "FileSystem":
    from pyarrow import fs

    options = s3_options(bucket, dict(settings))
    if "region" not in options and "endpoint_override" not in options:
        options["region"] = fs.resolve_s3_region(bucket)
    return fs.S3FileSystem(**options)


def list_inputs(patterns: Iterable[str], s3: Optional[Mapping[str, str]] = None) -> list[str]:
    """The files that the patterns name, sorted: files, all below folders, and what ``*``, ``**``, ``?``, ``[…]`` and
    ``{…,…}`` match. Left out are files and folders whose names begin with ``.`` or ``_``, as by Hadoop, and
    sidecars. Local paths are made absolute, since workers have working folders of their own.

    Raises FileNotFoundError for a pattern that names nothing.
    """
    found = set()
    for pattern in patterns:
        if "://" not in pattern and not pattern.startswith("file:"):
            pattern = os.path.abspath(pattern)
        files = set(_matches(pattern, s3 or {}))
        if not files:
            raise FileNotFoundError(f"no such input: {pattern}")
        found |= files
    return sorted(found)


def _matches(pattern: str, s3: Mapping[str, str]) -> Iterator[str]:
    from pyarrow import fs

    place, path = filesystem(pattern, s3)
    info = place.get_file_info(path)
    if info.type == fs.FileType.File:
        yield pattern
        return
    mark = _MARKS.search(pattern)
    if info.type == fs.FileType.Directory or mark is None:
        folder, wanted = pattern.rstrip("/"), None
    else:
        folder, _, _ = pattern[: mark.start()].rpartition("/")
        wanted = re.compile(_regex(pattern[len(folder) + 1 :]))
    place, base = filesystem(folder + "/" if folder.endswith(":/") or not folder else folder, s3)
    for inside in _files(place.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True)), base):
        if wanted is None or any(wanted.fullmatch(part) for part in _ancestors(inside)):
            yield f"{folder}/{inside}"


def _files(infos: Iterable["FileInfo"], base: str) -> Iterator[str]:
    for info in infos:
        inside = info.path[len(base):].lstrip("/")
        hidden = any(part.startswith((".", "_")) for part in inside.split("/"))
        if info.is_file and not hidden and not inside.endswith(".meta.json"):
            yield inside


def _ancestors(path: str) -> Iterator[str]:
    """The path and the folders that it is in."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _regex(glob: str) -> str:
    """A pattern of the shell as a regular expression; ``*`` and ``?`` stay within a folder."""
    depth, regex = 0, ""
    for token in _TOKENS.finditer(glob):
        other = token["other"]
        if token["set"]:
            regex += f"[{'^/' if token['not'] else ''}{token['set'].replace(chr(92), chr(92) * 2)}]"
        elif other is None:
            regex += {"deep": "(?:.*/)?", "all": ".*", "any": "[^/]*", "one": "[^/]"}[str(token.lastgroup)]
        elif other == "{":
            depth, regex = depth + 1, regex + "(?:"
        elif depth and other in ",}":
            depth, regex = depth - (other == "}"), regex + ("|" if other == "," else ")")
        else:
            regex += re.escape(other)
    return regex + ")" * depth
