"""Extraction on a Spark cluster.

:func:`extract` turns a data frame of pages into a data frame of facts. As a job, whole archives into Parquet::

    spark-submit .../site-packages/solieu/spark.py --input 's3a://bucket/*.warc.gz' --output s3a://bucket/facts
    python -m solieu.spark --master spark://host:7077 --input '/crawl/*.wet.gz' --output /facts

The job gives each input file to one task, which reads it as a stream and writes ``OUTPUT/published_year=Y/part-KEY.parquet``
(the schema of the program's ``parquet:DIR``), then ``OUTPUT/_done/KEY.json`` with counts and problems. A file whose mark is
there is not read again, so that running the job once more does only what is missing; a task that is killed and run
again writes the same files.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Optional

from solieu import _storage
from solieu._storage import list_inputs

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: Types of the columns that `extract` gives, in Spark's words.
_TYPES = {"int64": "bigint", "bool": "boolean", "date32[day]": "date", "decimal128(38, 9)": "decimal(38,9)"}
#: How often a task tries to read a file that cannot be read, and how long it waits in between, in seconds.
_TRIES, _WAIT = 3, 2.0


@functools.cache
def _extractor(rules: Optional[str]) -> Any:
    """One for each Python worker: compiling the rules takes a moment."""
    import solieu

    return solieu.Extractor(rules)


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
    ``published`` or ``date``). One of the first three must be there: what names its page names a fact, and rows have no
    numbers on a cluster. ``rules`` is a folder on every worker.
    """
    from solieu import _arguments, _parts

    if not hasattr(df, "mapInArrow"):
        raise _arguments.wrong("df", "a data frame of Spark", df)
    named = {"path": path_col, "record": record_col, "uri": uri_col, "title": title_col, "published": published_col}
    for argument, name in {"text_col": text_col, **{f"{name}_col": named[name] for name in named}}.items():
        if name is None and argument != "text_col":
            continue
        if not isinstance(name, str):
            raise _arguments.wrong(argument, "the name of a column", name)
        if name not in df.columns:
            raise KeyError(f"{argument}: df has no column {name!r}, only {', '.join(df.columns)}")
    names = ("path", "record", "uri", "url")
    if not (path_col or record_col or uri_col or any(name in df.columns for name in names)):
        raise ValueError(f"df needs a column that names its pages: one of {', '.join(names)}, or path_col=…, uri_col=…")

    def work(batches: Iterable["pyarrow.RecordBatch"]) -> Iterator["pyarrow.RecordBatch"]:
        import pyarrow

        for batch in batches:
            # A task has one core.
            facts = _extractor(rules).extract_batch(batch, text=text_col, jobs=1, **named)
            yield from pyarrow.table(facts).to_batches()

    columns = ", ".join(f"`{field.name}` {_TYPES.get(str(field.type), 'string')}" for field in _parts.schema())
    return df.mapInArrow(work, columns)


def process(
    path: str,
    output: str,
    *,
    rules: Optional[str] = None,
    text_col: Optional[str] = None,
    s3: Optional[Mapping[str, str]] = None,
) -> dict[str, Any]:
    """Reads one input file into ``output`` and gives what its mark says. This is what a task does.

    ``s3`` has Hadoop's settings of S3. Raises InputError where the file cannot be opened, or read to its end.
    """
    from solieu import _parts
    from solieu._reading import Reading

    s3 = s3 or {}
    key, reading = _parts.key_of(path), Reading(path, _extractor(rules), text_col=text_col, s3=s3)
    writer = _parts.Writer(output, key, s3)
    try:
        for batch in reading:
            writer.write(batch)
        writer.finish()
    except BaseException:
        writer.abandon()
        raise
    mark = {"input": path, "summary": reading.summary, "problems": reading.problems}
    _parts.put(output, f"_done/{key}.json", json.dumps(mark, ensure_ascii=False), s3)
    return mark


def _task(path: str, output: str, **options: Any) -> list[dict[str, Any]]:
    """What a file could not be read for; nothing where it could be. Others are not kept from being read."""
    from solieu._reading import InputError

    for n in range(_TRIES):
        try:
            process(path, output, **options)
            return []
        except InputError as error:
            what = f"cannot be read, will be tried again by the next run: {error.__cause__ or error}"
            if n + 1 < _TRIES:
                time.sleep(_WAIT * 2**n)
    return [{"path": path, "what": what, "severity": "error"}]


def run(
    context: Any,
    inputs: list[str],
    output: str,
    *,
    rules: Optional[str] = None,
    text_col: Optional[str] = None,
    s3: Optional[Mapping[str, str]] = None,
) -> dict[str, int]:
    """Does what is missing of ``inputs`` on the cluster of a SparkContext, and gives the counts of all of them."""
    from solieu import _parts

    s3 = dict(s3 or {})
    inputs = list({_parts.key_of(path): path for path in inputs}.values())
    done = _parts.done(output, s3)
    missing = [path for path in inputs if _parts.key_of(path) not in done]
    problems: list[dict[str, Any]] = []
    if missing:
        # A partition a file: a task that is lost costs one file.
        tasks = context.parallelize(missing, len(missing))
        options = {"rules": rules, "text_col": text_col, "s3": s3}
        problems = tasks.flatMap(lambda path: _task(path, output, **options)).collect()
        _parts.sweep(output, {_parts.key_of(path) for path in missing}, s3)
    total = dict.fromkeys(("pages", "bytes", "facts", "replaced", "without_text"), 0) | {"problems": len(problems)}
    unread = {problem["path"] for problem in problems}
    keys = [_parts.key_of(path) for path in inputs if path not in unread]
    for mark in _parts.marks(output, keys, s3):
        for name in total:
            total[name] += mark["summary"][name]
        problems += mark["problems"]
    for problem in problems:
        print(f"solieu: {_shown(problem)}", file=sys.stderr)
    return {"files": len(inputs), "read_now": len(missing) - len(unread), **total}


def _shown(problem: Mapping[str, Any]) -> str:
    record = f" ({problem['record']})" if "record" in problem else ""
    return f"{problem['path']}{record}: {problem['severity']}: {problem['what']}"


def s3_settings(context: Any) -> dict[str, str]:
    """The settings ``fs.s3a.…`` of a SparkContext (``spark.hadoop.fs.s3a.…`` of its configuration), without this head."""
    return dict(context._jsc.hadoopConfiguration().getPropsWithPrefix("fs.s3a."))


def _job(options: argparse.Namespace, context: Any) -> dict[str, int]:
    s3 = s3_settings(context)
    output = options.output if ":/" in options.output else os.path.abspath(options.output)
    own = _storage.canonical(output).rstrip("/") + "/"
    # An output folder below the inputs is none of them.
    inputs = [path for path in list_inputs(options.input, s3) if not _storage.canonical(path).startswith(own)]
    rules = options.rules and os.path.abspath(options.rules)
    return run(context, inputs, output, rules=rules, text_col=options.text_col, s3=s3)


def main(arguments: Optional[list[str]] = None) -> int:
    """The job. Exit status 0: all is well; 1: some pages or files had problems; 2: wrong usage or a failure."""
    parser = argparse.ArgumentParser(prog="python -m solieu.spark", description=__doc__.split("\n")[0])
    parser.add_argument("--input", required=True, action="append", help="file, folder or pattern; may be repeated")
    parser.add_argument("--output", required=True, help="folder for Parquet files and marks")
    parser.add_argument("--rules", help="folder of rules, on every worker")
    parser.add_argument("--text-col", help="field or column of pages, where it has no usual name")
    parser.add_argument("--master", help="the cluster, where spark-submit does not say")
    options = parser.parse_args(arguments)

    try:
        import pyarrow  # noqa: F401: better missed now than by every task
        from pyspark.sql import SparkSession
    except ImportError as error:
        print(f"solieu: {error}; what the job needs comes with pip install 'solieu[spark]'", file=sys.stderr)
        return 2

    builder = SparkSession.builder.appName("solieu")
    if options.master:
        builder = builder.master(options.master)
    if (options.master or "").startswith("local"):
        # Workers on this machine find the package where this program did.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        spark = builder.getOrCreate()
        try:
            total = _job(options, spark.sparkContext)
        finally:
            spark.stop()
    except FileNotFoundError as error:
        print(f"solieu: {error}", file=sys.stderr)
        return 2
    except Exception as error:  # noqa: BLE001: whatever ended the job, its status must not be that of a good run
        print(f"solieu: the job did not finish: {error}", file=sys.stderr)
        return 2
    print(f"solieu: {total['facts']} facts from {total['pages']} pages ({total['bytes']} bytes) in "
          f"{total['files']} files, {total['read_now']} of them read now, {total['problems']} problems", file=sys.stderr)
    return 1 if total["problems"] else 0


if __name__ == "__main__":
    # Under its own name, by which workers find the functions that are sent to them.
    from solieu import spark

    sys.exit(spark.main())
