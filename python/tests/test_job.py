"""What the job does with each input file, without Spark."""

import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

pyarrow = pytest.importorskip("pyarrow")

import pyarrow.parquet
import solieu
import solieu._reading
import solieu.spark
from job_output import ROOT, SEEDS, files, rows, written


def test_wrong_arguments_are_told_before_the_job_runs(monkeypatch):
    class Frame:
        columns = ["text", "n"]
        mapInArrow = None

    with pytest.raises(TypeError, match="df must be a data frame of Spark, not list"):
        solieu.spark.extract([])
    with pytest.raises(KeyError, match="text_col: df has no column 'body', only text, n"):
        solieu.spark.extract(Frame(), text_col="body")
    with pytest.raises(TypeError, match="uri_col must be the name of a column, not int"):
        solieu.spark.extract(Frame(), uri_col=1)
    with pytest.raises(ValueError, match="needs a column that names its pages"):
        solieu.spark.extract(Frame())


def test_parquet_inputs(tmp_path):
    path = str(tmp_path / "pages.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"text": [*SEEDS, None], "url": [f"u{i}" for i in range(6)]}), path)
    mark = solieu.spark.process(path, str(tmp_path / "out"))
    assert mark["summary"]["pages"] == 5 and mark["summary"]["facts"] == written(tmp_path / "out").num_rows > 100
    assert set(written(tmp_path / "out").column("path").to_pylist()) == {path}


def test_broken_parquet_is_a_problem_of_its_own(tmp_path):
    path = tmp_path / "pages.parquet"
    path.write_bytes(b"PAR1" + b"nothing that could be read" * 40)
    mark = solieu.spark.process(str(path), str(tmp_path / "out"))
    assert mark["summary"]["facts"] == 0 and mark["summary"]["problems"] == len(mark["problems"]) == 1
    assert mark["problems"][0]["path"] == str(path) and "build" not in mark["problems"][0]["what"]


def test_pages_with_sidecars_are_those_of_the_program(tmp_path):
    for page in sorted((ROOT / "seeds").iterdir()):
        shutil.copy(page, tmp_path)
    text = "Xã có 5 nghìn hộ dân."
    pages = {
        "broken": (text.encode(), "{"),
        "day": (text.encode(), '{"title": "T", "published": "hôm qua"}'),
        "gzip": (gzip.compress(text.encode()), '{"uri": "https://a.vn/1"}'),
        "key": (text.encode(), '{"pubished": "2021-03-04"}'),
        "list": (text.encode(), "[]"),
        "noise": (text.encode() + b" \xff\xfe", '{"uri": "https://a.vn/2"}'),
        "lines": (b'{"text": "%s"}\n' % text.encode(), '{"uri": "https://a.vn/3"}'),
        "table": (f"a,b\n1,{text}\n2,{text}\n3,{text}\n".encode(), '{"uri": "https://a.vn/4"}'),
        "page": (f"<title>T</title><p>{text}</p>".encode(), '{"published": "2021-03-04T07:00:00+07:00"}'),
    }
    for name, (page, sidecar) in pages.items():
        (tmp_path / f"{name}.txt").write_bytes(page)
        (tmp_path / f"{name}.meta.json").write_text(sidecar, "utf-8")
    single = solieu.extract_archive(tmp_path)
    want = pyarrow.RecordBatchReader.from_stream(single).read_all()
    assert single.summary["replaced"] == 2 and len(single.problems) == 4
    output = str(tmp_path / "_out")
    marks = [solieu.spark.process(path, output) for path in solieu.spark.list_inputs([str(tmp_path)])]
    assert written(tmp_path / "_out").equals(rows(want))
    for name, count in single.summary.items():
        assert sum(mark["summary"][name] for mark in marks) == count, name
    assert [problem for mark in marks for problem in mark["problems"]] == single.problems


def test_a_page_that_is_too_large_is_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Xã có 5 nghìn hộ dân.".encode() + b" " * (65 << 20))
    (tmp_path / "a.meta.json").write_text("{}")
    single = solieu.extract_archive(path)
    assert pyarrow.RecordBatchReader.from_stream(single).read_all().num_rows == 0
    mark = solieu.spark.process(str(path), str(tmp_path / "out"))
    assert mark["problems"] == single.problems and "64 MiB" in mark["problems"][0]["what"]


def test_all_counts_are_summed_up(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Xã có 5 nghìn hộ dân."}\n{"url": "https://a.vn/1"}\n')
    single = solieu.extract_archive(tmp_path / "a.jsonl")
    pyarrow.RecordBatchReader.from_stream(single).read_all()
    total = solieu.spark.run(context(), [str(tmp_path / "a.jsonl")], str(tmp_path / "out"))
    assert single.summary["without_text"] == 1
    assert {name: total[name] for name in single.summary} == single.summary


def warc(kind, body, headers=""):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.vn/{kind}\r\nWARC-Date: 2021-03-04T00:00:00Z\r\n"
    return gzip.compress(f"{head}{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")


def test_files_are_those_of_the_program(tmp_path):
    """Archives of every kind: the same columns and rows as the program's own Parquet files."""
    program = os.environ.get("SOLIEU") or pytest.skip("SOLIEU does not name the program")
    folder = tmp_path / "in"
    folder.mkdir()
    html = f"<title>T</title><article><h1>T</h1><p>{SEEDS[2]}</p></article>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    response = warc("response", answer, "Content-Type: application/http; msgtype=response\r\n")
    (folder / "a.warc.gz").write_bytes(response + b"broken")
    (folder / "b.warc.wet.gz").write_bytes(warc("conversion", SEEDS[0].encode(), "Content-Type: text/plain\r\n"))
    (folder / "c.html").write_bytes(html)
    (folder / "d.txt").write_text(SEEDS[1], "utf-8")
    pyarrow.parquet.write_table(pyarrow.table({"text": SEEDS, "url": list("abcde")}), folder / "e.parquet")
    command = [program, "extract", str(folder), "--to", f"parquet:{tmp_path / 'one'}"]
    done = subprocess.run(command, capture_output=True, text=True)

    total = solieu.spark.run(context(), solieu.spark.list_inputs([str(folder)]), str(tmp_path / "many"))
    said = f"{total['facts']} facts from {total['pages']} pages ({total['bytes']} bytes), {total['problems']} problem"
    assert said in done.stderr and done.returncode == 1 and total["problems"] == 1
    one, many = tmp_path / "one", tmp_path / "many"
    assert written(one).num_rows > 150 and written(one).equals(written(many))
    assert written(one).schema.equals(written(many).schema)
    described = [{stated(file) for file in files(output)} for output in (one, many)]
    assert described[0] == described[1] and len(described[0]) == 1


def stated(file):
    """What a file says of itself that readers go by."""
    metadata = pyarrow.parquet.read_metadata(file)
    return metadata.metadata[b"solieu.schema"], *(metadata.row_group(i).sorting_columns for i in range(metadata.num_row_groups))


def test_rows_and_groups_are_those_of_the_program(tmp_path):
    """Of one input file: in each year the same rows in the same order, and groups of the same size."""
    program = os.environ.get("SOLIEU") or pytest.skip("SOLIEU does not name the program")
    path = tmp_path / "a.jsonl"
    years = ("2019-07-01", "2020-07-01")
    pages = [{"text": text, "url": f"u{n}", "date": years[n % 2]} for n, text in enumerate(SEEDS)]
    # More facts of one year than are in a row group.
    pages += [{"text": f"Xã có {n} hộ dân.", "url": f"many{n}", "date": years[1]} for n in range(1000, 22_000)]
    path.write_text("".join(json.dumps(page) + "\n" for page in pages))
    subprocess.run([program, "extract", str(path), "--to", f"parquet:{tmp_path / 'one'}"], check=True)
    solieu.spark.process(str(path), str(tmp_path / "many"))
    one, many = files(tmp_path / "one"), files(tmp_path / "many")
    assert [file.parent.name for file in one] == [file.parent.name for file in many]
    groups = []
    for ours, theirs in zip(many, one):
        ours, theirs = pyarrow.parquet.ParquetFile(ours), pyarrow.parquet.ParquetFile(theirs)
        assert ours.read().equals(theirs.read())
        assert sizes(ours) == sizes(theirs)
        groups.append(len(sizes(ours)))
    assert max(groups) > 1


def sizes(file):
    return [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]


def context():
    """A SparkContext of one process: what tasks do, without Spark."""

    class Local:
        def parallelize(self, items, slices):
            self.items = list(items)
            return self

        def flatMap(self, work):
            self.items = [one for item in self.items for one in work(item)]
            return self

        def collect(self):
            return self.items

    return Local()


def test_a_file_that_cannot_be_read_is_left_for_the_next_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(solieu.spark, "_WAIT", 0)
    paths = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    for path in paths:
        pathlib.Path(path).write_text('{"text": "Xã có 5 nghìn hộ dân."}\n' * 3)
    # So many attempts to read the second file fail.
    failures = iter([True] * 4)

    class Stream(solieu._reading._Source):
        def __init__(self, stream):
            super().__init__(self if next(failures, False) else stream)

        def read(self, size):
            if self._stream is self:
                self.error = OSError("the line is down")
                raise self.error
            return super().read(size)

    output = str(tmp_path / "out")
    first = solieu.spark.run(context(), paths[:1], output)
    assert (first["facts"], first["problems"], first["read_now"]) == (3, 0, 1)
    monkeypatch.setattr(solieu._reading, "_Source", Stream)
    second = solieu.spark.run(context(), paths, output)
    assert (second["facts"], second["problems"], second["read_now"], second["files"]) == (3, 1, 0, 2)
    assert "b.jsonl: error: cannot be read, will be tried again by the next run" in capsys.readouterr().err
    # One more failure, after which the same run tries again.
    third = solieu.spark.run(context(), paths, output)
    assert (third["facts"], third["problems"], third["read_now"]) == (6, 0, 1)
    (tmp_path / "gone").mkdir()
    fourth = solieu.spark.run(context(), [*paths, str(tmp_path / "gone" / "c.jsonl")], output)
    assert (fourth["facts"], fourth["problems"]) == (6, 1)


def test_a_job_without_its_packages_says_which(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert solieu.spark.main(["--input", "a", "--output", "b"]) == 2
    assert "pip install 'solieu[spark]'" in capsys.readouterr().err
