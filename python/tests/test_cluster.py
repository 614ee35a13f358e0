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

import solieu
import solieu.spark
from job_output import SEEDS, rows, written
from solieu._parts import key_of

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


def test_a_job_that_fails_says_so(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text("Xã có 5 nghìn hộ dân.")
    monkeypatch.setattr(solieu.spark, "run", lambda *_, **__: (_ for _ in ()).throw(OSError("no room")))
    inputs = ["--input", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out"), "--master", "local[1]"]
    assert solieu.spark.main(inputs) == 2
    assert "no room" in capsys.readouterr().err
    assert solieu.spark.main(["--input", str(tmp_path / "none*"), *inputs[2:]]) == 2
    assert f"no such input: {tmp_path}/none*" in capsys.readouterr().err
