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
import solieu
import solieu.spark

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
        # A group of its own, so that a worker is killed together with its executors.
        return subprocess.Popen(
            command, stdout=log, stderr=log, env={**ENVIRONMENT, "SPARK_HOME": str(home)}, start_new_session=True
        )

    def kill(self, i):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.processes[i].pid, signal.SIGKILL)
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


def job(cluster, archive, output):
    command = [sys.executable, "-m", "solieu.spark", "--master", cluster.url, "--input", f"{archive}/*.jsonl.gz"]
    return subprocess.Popen(
        [*command, "--output", str(output)], env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )


def finish(process):
    said = process.communicate(timeout=600)[1]
    assert process.returncode == 0, said
    return said.strip().splitlines()[-1]


def rows(table):
    names = [name for name in table.schema.names if name != "published_year"]
    return table.select(names).sort_by([("path", "ascending"), ("record", "ascending"), ("byte_start", "ascending")])


def written(output):
    files = sorted(str(path) for path in output.glob("published_year=*/*.parquet"))
    return rows(pyarrow.dataset.dataset(files).to_table())


def test_a_killed_worker_changes_nothing(cluster, archive, tmp_path):
    output = tmp_path / "facts"
    process = job(cluster, archive, output)
    deadline = time.time() + 300
    while not list(output.glob("_done/*.json")):
        assert process.poll() is None and time.time() < deadline, process.communicate()[1]
        time.sleep(0.05)
    cluster.kill(1)
    done = len(list(output.glob("_done/*.json")))
    assert done < FILES, "the job was over before the worker was killed"
    said = finish(process)
    assert f"from {FILES * PAGES} pages" in said and " 0 problems" in said, said

    parts = [solieu.extract_archive(path) for path in sorted(archive.iterdir())]
    single = pyarrow.concat_tables(pyarrow.RecordBatchReader.from_stream(part).read_all() for part in parts)
    assert written(output).equals(rows(single))
    assert {path.name for path in output.glob("published_year=*")} == {f"published_year={y}" for y in (2019, 2020, 2021)}

    # Once more: nothing to do; then one file, which comes to the same.
    assert " 0 of them read now" in finish(job(cluster, archive, output))
    (output / "_done" / (solieu.spark.key_of(f"{archive}/03.jsonl.gz") + ".json")).unlink()
    assert " 1 of them read now" in finish(job(cluster, archive, output))
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


def test_inputs_are_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a/1.warc.gz", "a/b/2.warc.gz", "a/3.txt", "a/_done/x.warc.gz", "a/.hidden.warc.gz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert solieu.spark.list_inputs(["a/*.warc.gz"]) == ["a/1.warc.gz", "a/_done/x.warc.gz", "a/b/2.warc.gz"]
    assert solieu.spark.list_inputs(["a/3.txt", "a/3.txt"]) == ["a/3.txt"]
    assert f"file://{tmp_path}/a/3.txt" in solieu.spark.list_inputs([f"file://{tmp_path}/a"])


def test_parquet_inputs(tmp_path):
    import pyarrow.parquet

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


def test_a_job_that_fails_says_so(tmp_path, monkeypatch, capsys):
    pytest.importorskip("pyspark")
    (tmp_path / "a.txt").write_text("Xã có 5 nghìn hộ dân.")
    (tmp_path / "out").write_text("a file where the folder should be")
    monkeypatch.setattr(solieu.spark, "run", lambda *_, **__: (_ for _ in ()).throw(OSError("no room")))
    inputs = ["--input", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out"), "--master", "local[1]"]
    assert solieu.spark.main(inputs) == 2
    assert "no room" in capsys.readouterr().err
