"""A real cluster on loopback: a standalone master and two workers, processes of their own."""

import contextlib
import gzip
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

pyspark = pytest.importorskip("pyspark")
pyarrow = pytest.importorskip("pyarrow")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

import pyarrow.dataset
import pyarrow.parquet
import solieu
import solieu._reading
import solieu.spark
from solieu._parts import key_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEEDS = [page.read_text("utf-8") for page in sorted((ROOT / "seeds").glob("*.txt"))]
FILES, PAGES = 12, 200
ENVIRONMENT = {
    **os.environ,
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_SUBMIT_ARGS": "--conf spark.executor.memory=512m --conf spark.ui.enabled=false pyspark-shell",
}


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"spark://127.0.0.1:{self.port}"
        master = ["master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0"]
        self.processes = [self.start("master", master)]
        deadline = time.time() + 120
        while time.time() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                break
            time.sleep(0.3)
        for i in (1, 2):
            work = ["worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            self.processes.append(self.start(f"worker{i}", [*work, "--work-dir", str(folder / f"work{i}"), self.url]))

    def start(self, name, command):
        home = pathlib.Path(pyspark.__file__).parent
        command = [str(home / "bin" / "spark-class"), "org.apache.spark.deploy." + command[0], *command[1:]]
        log = open(self.folder / f"{name}.log", "wb")
        # A session of its own, so that a worker is killed together with its executors.
        return subprocess.Popen(
            command, stdout=log, stderr=log, env={**ENVIRONMENT, "SPARK_HOME": str(home)}, start_new_session=True
        )

    def session(self, i):
        """All processes that this one has started, by name: executors, and their Python workers in groups of their own."""
        found = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                name, rest = pathlib.Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
                if int(rest.split()[3]) == self.processes[i].pid and rest.split()[0] != "Z":
                    found[int(pid)] = name
        return found

    def kill(self, i):
        while killed := self.session(i):
            for pid in killed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self.processes[i].wait()

    def stop(self):
        for i in range(len(self.processes)):
            self.kill(i)


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "crawl"
    folder.mkdir()
    for n in range(FILES):
        pages = ({"text": SEEDS[(n + i) % 5], "url": f"https://a.vn/{n}/{i}", "date": f"{2019 + i % 3}-07-01"}
                 for i in range(PAGES))
        lines = "".join(json.dumps(page) + "\n" for page in pages)
        (folder / f"{n:02}.jsonl.gz").write_bytes(gzip.compress(lines.encode(), 1))
    return folder


def job(cluster, archive):
    """From the folder of the archive, by relative paths: workers are in others."""
    command = [sys.executable, "-m", "solieu.spark", "--master", cluster.url, "--input", f"{archive.name}/*.jsonl.gz"]
    pipes = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL, "text": True}
    return subprocess.Popen([*command, "--output", "facts"], env=ENVIRONMENT, cwd=archive.parent, **pipes)


def finish(process):
    said = process.communicate(timeout=600)[1]
    assert process.returncode == 0, said
    return said


def rows(table):
    names = [name for name in table.schema.names if name != "published_year"]
    return table.select(names).sort_by([("path", "ascending"), ("record", "ascending"), ("byte_start", "ascending")])


def written(output):
    files = sorted(str(path) for path in output.glob("published_year=*/*.parquet"))
    return rows(pyarrow.dataset.dataset(files).to_table())


def test_a_killed_worker_changes_nothing(cluster, archive, tmp_path):
    output = tmp_path / "facts"
    process = job(cluster, archive)
    deadline = time.time() + 300
    while not (list(output.glob("_done/*.json")) and any(n.startswith("python") for n in cluster.session(1).values())):
        assert process.poll() is None and time.time() < deadline, process.communicate()[1]
        time.sleep(0.05)
    assert "java" in cluster.session(1).values()
    cluster.kill(1)
    done = len(list(output.glob("_done/*.json")))
    assert done < FILES, "the job was over before the worker was killed"
    said = finish(process)
    assert "Lost executor" in said, said
    assert f"from {FILES * PAGES} pages" in said and " 0 problems" in said, said
    assert not list(output.glob("*/.part-*"))

    parts = [solieu.extract_archive(path) for path in sorted(archive.iterdir())]
    single = pyarrow.concat_tables(pyarrow.RecordBatchReader.from_stream(part).read_all() for part in parts)
    assert written(output).equals(rows(single))
    assert {path.name for path in output.glob("published_year=*")} == {f"published_year={y}" for y in (2019, 2020, 2021)}

    # Once more: nothing to do; then one file, which comes to the same.
    assert " 0 of them read now" in finish(job(cluster, archive))
    (output / "_done" / (key_of(f"file://{archive}/03.jsonl.gz") + ".json")).unlink()
    stale = output / "published_year=2019" / f"part-{key_of(str(archive / '03.jsonl.gz'))}.parquet"
    assert stale.exists()
    (output / "published_year=1999").mkdir()
    stale.rename(output / "published_year=1999" / stale.name)
    assert " 1 of them read now" in finish(job(cluster, archive))
    assert written(output).equals(rows(single))


def test_data_frames(tmp_path, monkeypatch):
    from pyspark.sql import SparkSession

    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    pages = pyarrow.table({"page": SEEDS, "path": [f"{i}.txt" for i in range(5)]})
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame(pages.to_pylist())
        facts = solieu.spark.extract(frame.repartition(3), text_col="page")
        assert dict(facts.dtypes)["value"] == "decimal(38,9)" and dict(facts.dtypes)["time_end"] == "date"
        got = sorted((row["id"], row["value"], row["quote"]) for row in facts.collect())
    finally:
        spark.stop()
    table = pyarrow.table(solieu.extract_batch(pages, text="page"))
    want = sorted((row["id"], row["value"], row["quote"]) for row in table.to_pylist())
    assert got == want and want


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
    (tmp_path / "broken.txt").write_text("Xã có 5 nghìn hộ dân.")
    (tmp_path / "broken.meta.json").write_text("{")
    single = solieu.extract_archive(tmp_path)
    want = pyarrow.RecordBatchReader.from_stream(single).read_all()
    output = str(tmp_path / "_out")
    marks = [solieu.spark.process(path, output) for path in solieu.spark.list_inputs([str(tmp_path)])]
    assert written(tmp_path / "_out").equals(rows(want))
    for name in ("pages", "bytes", "facts", "problems"):
        assert sum(mark["summary"][name] for mark in marks) == single.summary[name], name


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
    tables, versions = [], set()
    for output in ("one", "many"):
        files = sorted((tmp_path / output).glob("published_year=*/*.parquet"))
        versions |= {pyarrow.parquet.read_schema(file).metadata[b"solieu.schema"] for file in files}
        tables.append(written(tmp_path / output))
    assert len(versions) == 1
    assert tables[0].num_rows > 150 and tables[0].equals(tables[1])
    assert tables[0].schema.equals(tables[1].schema)


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


def test_a_job_that_fails_says_so(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text("Xã có 5 nghìn hộ dân.")
    monkeypatch.setattr(solieu.spark, "run", lambda *_, **__: (_ for _ in ()).throw(OSError("no room")))
    inputs = ["--input", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out"), "--master", "local[1]"]
    assert solieu.spark.main(inputs) == 2
    assert "no room" in capsys.readouterr().err
    assert solieu.spark.main(["--input", str(tmp_path / "none*"), *inputs[2:]]) == 2
    assert f"no such input: {tmp_path}/none*" in capsys.readouterr().err


def test_a_job_without_its_packages_says_which(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert solieu.spark.main(["--input", "a", "--output", "b"]) == 2
    assert "pip install 'solieu[spark]'" in capsys.readouterr().err
