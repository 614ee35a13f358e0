"""Extraction on a Spark cluster.

:func:`extract` turns a data frame of pages into a data frame of facts. As a job, whole archives into Parquet::

    spark-submit .../site-packages/solieu/spark.py --input 's3a://bucket/*.warc.gz' --output s3a://bucket/facts
    python -m solieu.spark --master spark://host:7077 --input 'crawl/*.wet.gz' --output facts

The job gives each input file to one task, which reads it as a stream and writes ``OUTPUT/published_year=Y/part-KEY.parquet``
(the schema of the program's ``parquet:DIR``), then ``OUTPUT/_done/KEY.json`` with counts and problems. A file whose mark is
there is not read again, so that running the job once more does only what is missing; a task that is killed and run
again writes the same files.
"""

from __future__ import annotations

import argparse
import fnmatch
import functools
import hashlib
import json
import os
import sys
import uuid
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Optional

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: Types of the columns that `extract` gives, in Spark's words.
_TYPES = {"int64": "bigint", "bool": "boolean", "date32[day]": "date", "decimal128(38, 9)": "decimal(38,9)"}


@functools.cache
def _extractor(rules: Optional[str]) -> Any:
    """One for each Python worker: compiling the rules takes a moment."""
    import solieu

    return solieu.Extractor(rules)


@functools.cache
def _schema() -> "pyarrow.Schema":
    import pyarrow
    import solieu

    return pyarrow.schema(solieu.extract_batch(pyarrow.table({"text": pyarrow.array([], pyarrow.string())})))


def extract(
    df: "DataFrame",
    *,
    text_col: str = "text",
    path_col: Optional[str] = None,
    record_col: Optional[str] = None,
    uri_col: Optional[str] = None,
    title_col: Optional[str] = None,
    published_col: Optional[str] = None,
    rules: Optional[str] = None,
) -> "DataFrame":
    """The facts of all pages of a data frame, through ``mapInArrow``: batches go to the engine and back as they are.

    Columns that are not named are found by their usual names (``path``, ``record``, ``uri`` or ``url``, ``title``,
    ``published`` or ``date``); pages should have one that names them. ``rules`` is a folder on every worker.
    """
    import pyarrow

    named = {"path": path_col, "record": record_col, "uri": uri_col, "title": title_col, "published": published_col}

    def work(batches: Iterable["pyarrow.RecordBatch"]) -> Iterator["pyarrow.RecordBatch"]:
        for batch in batches:
            # A task has one core.
            facts = _extractor(rules).extract_batch(batch, text=text_col, jobs=1, **named)
            yield from pyarrow.table(facts).to_batches()

    columns = ", ".join(f"`{field.name}` {_TYPES.get(str(field.type), 'string')}" for field in _schema())
    return df.mapInArrow(work, columns)


def _filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it. ``s3a`` is Hadoop's name for ``s3``."""
    from pyarrow import fs

    if "://" not in url:
        return fs.LocalFileSystem(), os.path.abspath(url)
    scheme, rest = url.split("://", 1)
    return fs.FileSystem.from_uri(f"{'s3' if scheme in ('s3a', 's3n') else scheme}://{rest}")


def list_inputs(patterns: Iterable[str]) -> list[str]:
    """The files that the patterns name, sorted; ``*``, ``?`` and ``[…]`` match within and across folders."""
    from pyarrow import fs

    found = set()
    for pattern in patterns:
        scheme = pattern.split("://", 1)[0] + "://" if "://" in pattern else ""
        if not any(mark in pattern for mark in "*?["):
            filesystem, path = _filesystem(pattern)
            if filesystem.get_file_info(path).type == fs.FileType.File:
                found.add(pattern)
                continue
            pattern = pattern.rstrip("/") + "/*"
        fixed = pattern
        for mark in "*?[":
            fixed = fixed.split(mark, 1)[0]
        folder = fixed.rsplit("/", 1)[0] if "/" in fixed else "."
        filesystem, base = _filesystem(folder)
        below = filesystem.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True))
        for info in below:
            # As the pattern names it, whether relative or with a scheme.
            name = folder + info.path[len(base):] if folder != "." else info.path[len(base) + 1:]
            hidden = os.path.basename(name).startswith((".", "_"))
            if info.type == fs.FileType.File and not hidden and fnmatch.fnmatchcase(name, pattern):
                found.add(name if not scheme or name.startswith(scheme) else scheme + name)
    return sorted(found)


def key_of(path: str) -> str:
    """Names an input file in the names of what it comes to."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


class _Writer:
    """Parquet files by year of publication, each put in its place when it is whole."""

    def __init__(self, output: str, key: str) -> None:
        self._filesystem, self._output = _filesystem(output)
        self._key = key
        self._open: dict[int, tuple[Any, str, str, Any]] = {}
        self._held: dict[int, list[Any]] = {}
        self._rows = 0

    def write(self, batch: "pyarrow.RecordBatch") -> None:
        import pyarrow
        import pyarrow.compute as compute

        years = compute.fill_null(compute.year(batch.column("published")), 0)
        table = pyarrow.Table.from_batches([batch])
        for year in compute.unique(years).to_pylist():
            self._held.setdefault(year, []).append(table.filter(compute.equal(years, year)))
        self._rows += batch.num_rows
        if self._rows >= 100_000:
            self.flush()

    def flush(self) -> None:
        """Writes what is held: a row group a year, sorted so that readers can leave out what they do not need."""
        import pyarrow
        import pyarrow.parquet as parquet

        for year, tables in sorted(self._held.items()):
            if year not in self._open:
                folder = f"{self._output}/published_year={year}"
                self._filesystem.create_dir(folder, recursive=True)
                part = f"{folder}/.part-{self._key}-{uuid.uuid4().hex}"
                stream = self._filesystem.open_output_stream(part)
                writer = parquet.ParquetWriter(stream, _schema(), compression="snappy")
                self._open[year] = (writer, part, f"{folder}/part-{self._key}.parquet", stream)
            order = [(name, "ascending") for name in ("metric_id", "entity_id", "time_end", "id")]
            self._open[year][0].write_table(pyarrow.concat_tables(tables).sort_by(order))
        self._held, self._rows = {}, 0

    def finish(self) -> None:
        self.flush()
        for writer, part, whole, stream in self._open.values():
            writer.close()
            stream.close()
            self._filesystem.move(part, whole)

    def abandon(self) -> None:
        for _, part, _, stream in self._open.values():
            stream.close()
            self._filesystem.delete_file(part)


def process(path: str, output: str, *, rules: Optional[str] = None, text_col: Optional[str] = None) -> dict[str, Any]:
    """Reads one input file into ``output`` and gives what its mark says. This is what a task does."""
    import pyarrow

    key = key_of(path)
    extractor, writer = _extractor(rules), _Writer(output, key)
    try:
        filesystem, inside = _filesystem(path)
        with filesystem.open_input_stream(inside, compression=None, buffer_size=1 << 20) as stream:
            archive = extractor.extract_archive(_Named(stream), path=path, text=text_col, jobs=1)
            for batch in pyarrow.RecordBatchReader.from_stream(archive):
                writer.write(batch)
        writer.finish()
    except BaseException:
        writer.abandon()
        raise
    mark = {"input": path, "summary": archive.summary, "problems": [json.loads(problem) for problem in archive.problems_json]}
    _put(output, f"_done/{key}.json", json.dumps(mark, ensure_ascii=False))
    return mark


class _Named:
    """A file object with nothing but ``read``."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


def _put(output: str, name: str, text: str) -> None:
    filesystem, base = _filesystem(output)
    filesystem.create_dir(f"{base}/{os.path.dirname(name)}", recursive=True)
    part = f"{base}/{os.path.dirname(name)}/.{uuid.uuid4().hex}"
    with filesystem.open_output_stream(part) as stream:
        stream.write(text.encode())
    filesystem.move(part, f"{base}/{name}")


def marks(output: str) -> dict[str, dict[str, Any]]:
    """The marks of all input files that are done, by input."""
    from pyarrow import fs

    filesystem, base = _filesystem(output)
    found = {}
    for info in filesystem.get_file_info(fs.FileSelector(f"{base}/_done", allow_not_found=True)):
        if info.path.endswith(".json") and not info.base_name.startswith("."):
            with filesystem.open_input_stream(info.path) as stream:
                mark = json.loads(stream.read())
            found[mark["input"]] = mark
    return found


def run(
    context: Any,
    inputs: list[str],
    output: str,
    *,
    rules: Optional[str] = None,
    text_col: Optional[str] = None,
) -> dict[str, int]:
    """Does what is missing of ``inputs`` on the cluster of a SparkContext, and gives the counts of all of them."""
    done = marks(output)
    missing = [path for path in inputs if path not in done]
    if missing:
        # A partition a file: a task that is lost costs one file.
        tasks = context.parallelize(missing, len(missing))
        tasks.foreach(lambda path: process(path, output, rules=rules, text_col=text_col))
        done = marks(output)
    total = dict.fromkeys(("pages", "bytes", "facts", "replaced", "problems"), 0)
    for path in inputs:
        for name in total:
            total[name] += done[path]["summary"][name]
        for problem in done[path]["problems"]:
            print(f"solieu: {problem['path']}: {problem['severity']}: {problem['what']}", file=sys.stderr)
    return {"files": len(inputs), "read_now": len(missing), **total}


def main(arguments: Optional[list[str]] = None) -> int:
    """The job. Exit status 0: all is well; 1: some pages had problems; 2: wrong usage or a failure."""
    parser = argparse.ArgumentParser(prog="python -m solieu.spark", description=__doc__.split("\n")[0])
    parser.add_argument("--input", required=True, action="append", help="file, folder or pattern; may be repeated")
    parser.add_argument("--output", required=True, help="folder for Parquet files and marks")
    parser.add_argument("--rules", help="folder of rules, on every worker")
    parser.add_argument("--text-col", help="field or column of pages, where it has no usual name")
    parser.add_argument("--master", help="the cluster, where spark-submit does not say")
    options = parser.parse_args(arguments)
    inputs = list_inputs(options.input)
    if not inputs:
        print(f"solieu: no such input: {' '.join(options.input)}", file=sys.stderr)
        return 2

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("solieu")
    if options.master:
        builder = builder.master(options.master)
    if (options.master or "").startswith("local"):
        # Workers on this machine find the package where this program did.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = builder.getOrCreate()
    try:
        total = run(spark.sparkContext, inputs, options.output, rules=options.rules, text_col=options.text_col)
    except Exception as error:  # noqa: BLE001: whatever ended the job, its status must not be that of a good run
        print(f"solieu: the job did not finish: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"solieu: {total['facts']} facts from {total['pages']} pages ({total['bytes']} bytes) in "
          f"{total['files']} files, {total['read_now']} of them read now, {total['problems']} problems", file=sys.stderr)
    return 1 if total["problems"] else 0


if __name__ == "__main__":
    # Under its own name, by which workers find the functions that are sent to them.
    from solieu import spark

    sys.exit(spark.main())
