"""What the Spark job leaves behind: Parquet files by year of publication, and a mark for each input that is done."""

from __future__ import annotations

import concurrent.futures
import contextlib
import functools
import hashlib
import json
import os
import uuid
from typing import Any, Iterable, Iterator, Mapping

import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet
from pyarrow import fs

from . import _solieu, _storage

#: Rows that are held before they are sorted and written, those of each year by themselves.
_ROWS = 100_000
#: What follows is as in the program's own files: rows in a group at most, and their order, in which null is first.
_GROUP = 20_000
_ORDER = [(name, "ascending") for name in ("metric_id", "entity_id", "time_end", "id")]


@functools.cache
def schema() -> pyarrow.Schema:
    """The columns of facts."""
    return pyarrow.schema(_solieu.schema())


def key_of(path: str) -> str:
    """Names an input file in the names of what it comes to."""
    return hashlib.sha256(_storage.canonical(path).encode()).hexdigest()[:16]


class Writer:
    """Parquet files by year of publication, each put in its place when it is whole."""

    def __init__(self, output: str, key: str, s3: Mapping[str, str]) -> None:
        self._filesystem, self._output = _storage.filesystem(output, s3)
        self._key = key
        self._open: dict[int, tuple[Any, str, str, Any]] = {}
        self._held: dict[int, list[pyarrow.Table]] = {}
        self._rows = 0

    def write(self, batch: pyarrow.RecordBatch) -> None:
        years = compute.fill_null(compute.year(batch.column("published")), 0)
        table = pyarrow.Table.from_batches([batch])
        for year in compute.unique(years).to_pylist():
            self._held.setdefault(year, []).append(table.filter(compute.equal(years, year)))
        self._rows += batch.num_rows
        if self._rows >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        """Writes what is held, year by year, sorted so that readers can leave out what they do not need."""
        for year, tables in sorted(self._held.items()):
            if year not in self._open:
                folder = f"{self._output}/published_year={year}"
                self._filesystem.create_dir(folder, recursive=True)
                part = f"{folder}/.part-{self._key}-{uuid.uuid4().hex}"
                stream = self._filesystem.open_output_stream(part)
                sorting = parquet.SortingColumn.from_ordering(schema(), _ORDER, null_placement="at_start")
                writer = parquet.ParquetWriter(stream, schema(), compression="snappy", sorting_columns=sorting)
                self._open[year] = (writer, part, self._place(folder), stream)
            table = pyarrow.concat_tables(tables)
            order = compute.sort_indices(table, sort_keys=_ORDER, null_placement="at_start")
            self._open[year][0].write_table(table.take(order), row_group_size=_GROUP)
        self._held, self._rows = {}, 0

    def _place(self, folder: str) -> str:
        return f"{folder}/part-{self._key}.parquet"

    def finish(self) -> None:
        """Puts the files in their places, and takes away what an earlier reading of the input left elsewhere."""
        self._flush()
        for writer, part, whole, stream in self._open.values():
            writer.close()
            stream.close()
            self._filesystem.move(part, whole)
        new = {whole for _, _, whole, _ in self._open.values()}
        folders = [info.path for info in _years(self._filesystem, self._output)]
        old = [place for place in map(self._place, folders) if place not in new]
        for info in self._filesystem.get_file_info(old):
            if info.is_file:
                self._filesystem.delete_file(info.path)

    def abandon(self) -> None:
        """Takes away what is not whole. What went wrong before is the error to be seen, not one of these."""
        for _, part, _, stream in self._open.values():
            with contextlib.suppress(Exception):
                stream.close()
            with contextlib.suppress(Exception):
                self._filesystem.delete_file(part)


def put(output: str, name: str, text: str, s3: Mapping[str, str]) -> None:
    """Writes a small file, which appears when it is whole."""
    filesystem, base = _storage.filesystem(output, s3)
    folder = f"{base}/{os.path.dirname(name)}"
    filesystem.create_dir(folder, recursive=True)
    part = f"{folder}/.{uuid.uuid4().hex}"
    with filesystem.open_output_stream(part) as stream:
        stream.write(text.encode())
    filesystem.move(part, f"{base}/{name}")


def done(output: str, s3: Mapping[str, str]) -> set[str]:
    """The keys of all input files that are done."""
    filesystem, base = _storage.filesystem(output, s3)
    found = filesystem.get_file_info(fs.FileSelector(f"{base}/_done", allow_not_found=True))
    names = (info.base_name for info in found if not info.base_name.startswith("."))
    return {name.removesuffix(".json") for name in names if name.endswith(".json")}


def marks(output: str, keys: Iterable[str], s3: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The marks of input files that are done, by and by: a cluster may have a hundred thousand."""
    filesystem, base = _storage.filesystem(output, s3)

    def read(key: str) -> dict[str, Any]:
        with filesystem.open_input_stream(f"{base}/_done/{key}.json") as stream:
            mark: dict[str, Any] = json.loads(stream.read())
            return mark

    with concurrent.futures.ThreadPoolExecutor(32) as threads:
        yield from threads.map(read, keys)


def sweep(output: str, keys: set[str], s3: Mapping[str, str]) -> None:
    """Takes away what killed tasks of these inputs left, once all tasks are over."""
    filesystem, base = _storage.filesystem(output, s3)
    for folder in _years(filesystem, base):
        for info in filesystem.get_file_info(fs.FileSelector(folder.path, allow_not_found=True)):
            if info.base_name.startswith(".part-") and info.base_name.split("-")[1] in keys:
                with contextlib.suppress(OSError):
                    filesystem.delete_file(info.path)


def _years(filesystem: fs.FileSystem, output: str) -> list[fs.FileInfo]:
    """The folders of Parquet files."""
    found = filesystem.get_file_info(fs.FileSelector(output, allow_not_found=True))
    return [info for info in found if info.type == fs.FileType.Directory and info.base_name.startswith("published_year=")]
