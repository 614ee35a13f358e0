"""One input file of the Spark job, wherever it lies, as batches of facts."""

from __future__ import annotations

import json
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
            sidecar = self._sidecar(place, inside)
            with place.open_input_stream(inside, compression=None, buffer_size=1 << 20) as stream:
                yield from self._archive(stream) if sidecar is None else self._page(stream.read(), sidecar)
        except OSError as error:
            raise InputError(f"{self._path}: {error}") from error

    def _archive(self, stream: Any) -> Iterator[pyarrow.RecordBatch]:
        source = _Source(stream)
        facts = self._extractor.extract_archive(source, path=self._path, text=self._text_col, jobs=1)
        yield from pyarrow.RecordBatchReader.from_stream(facts)
        if source.error is not None:
            raise source.error
        self._report(facts.summary, facts.problems)

    def _page(self, page: bytes, sidecar: dict[str, str]) -> Iterator[pyarrow.RecordBatch]:
        columns = {"text": pyarrow.array([page], pyarrow.binary()), "path": [self._path]}
        columns.update((name, [value]) for name, value in sidecar.items())
        facts = pyarrow.table(self._extractor.extract_batch(pyarrow.table(columns), jobs=1))
        yield from facts.to_batches()
        counts: Summary = {
            "pages": 1, "bytes": len(page), "facts": facts.num_rows, "replaced": 0, "without_text": 0, "problems": 0,
        }
        self._report(counts, [])

    def _report(self, summary: Summary, problems: list[Problem]) -> None:
        summary["problems"] += len(self.problems)
        self.summary, self.problems = summary, self.problems + problems

    def _sidecar(self, place: Any, page: str) -> Optional[dict[str, str]]:
        """What ``NAME.meta.json`` says of the page ``NAME.txt``; None where there is none."""
        stem, end = os.path.splitext(page)
        info = place.get_file_info(f"{stem}.meta.json") if end.lower() in _PAGES else None
        if info is None or not info.is_file:
            return None
        with place.open_input_stream(info.path) as stream:
            text = stream.read()
        try:
            said = json.loads(text)
            return {name: said[name] for name in ("uri", "title", "published") if isinstance(said.get(name), str)}
        except (ValueError, AttributeError) as error:
            self.problems.append({"path": self._path, "what": f"sidecar: {error}", "severity": "warning"})
            return None


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
