"""Where the Spark job reads and writes: patterns, ways to write a place, and S3, by a server of it on loopback."""

import gzip
import json
import os
import pathlib
import subprocess
import sys
import urllib.request

import pytest

pytest.importorskip("pyarrow")

import pyarrow
import pyarrow.dataset
import solieu
from pyarrow import fs
from solieu import _parts, _storage, spark

TEXT = "Năm 2023, sản lượng lúa của tỉnh Long An đạt 2,8 triệu tấn."


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")


@pytest.mark.parametrize(("pattern", "found"), [
    ("a/*.gz", ["a/1.gz"]),
    ("a/**/*.gz", ["a/1.gz", "a/b/2.gz"]),
    ("a/*/*.gz", ["a/b/2.gz"]),
    ("a", ["a/1.gz", "a/3.txt", "a/[1].txt", "a/b/2.gz"]),
    ("a/", ["a/1.gz", "a/3.txt", "a/[1].txt", "a/b/2.gz"]),
    ("*", ["a b/Tệp 100%#.txt", "a/1.gz", "a/3.txt", "a/[1].txt", "a/b/2.gz"]),
    ("./a/../a/3.txt", ["a/3.txt"]),
    ("a/{1,9}.gz", ["a/1.gz"]),
    ("a/[!1-3].txt", []),
    ("a/[1].txt", ["a/[1].txt"]),
    ("a/?.txt", ["a/3.txt"]),
    ("a/.hidden.gz", ["a/.hidden.gz"]),
    ("a b/Tệp 100%#.txt", ["a b/Tệp 100%#.txt"]),
    ("a?b/T*", ["a b/Tệp 100%#.txt"]),
    ("nothing", []),
])
def test_inputs_are_found(tmp_path, monkeypatch, pattern, found):
    monkeypatch.chdir(tmp_path)
    touch(tmp_path, "a/1.gz", "a/b/2.gz", "a/3.txt", "a/3.meta.json", "a/_done/x.gz", "a/.hidden.gz", "a/.git/y.gz")
    touch(tmp_path, "a/[1].txt", "a b/Tệp 100%#.txt")
    if not found:
        with pytest.raises(FileNotFoundError, match="no such input"):
            spark.list_inputs([pattern])
        return
    assert spark.list_inputs([pattern, pattern]) == [f"{tmp_path}/{name}" for name in found]
    if not pattern.startswith("."):
        for scheme in ("file://", "file:"):
            want = [f"{scheme}{tmp_path}/{name}" for name in found]
            assert spark.list_inputs([f"{scheme}{tmp_path}/{pattern}"]) == want


def test_one_key_for_one_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len({_parts.key_of(f"{head}a.gz") for head in ("", f"{tmp_path}/", f"file://{tmp_path}/", f"file:{tmp_path}/")}) == 1
    assert _parts.key_of("s3a://b/c") == _parts.key_of("s3://b/c") != _parts.key_of("gs://b/c")


def test_settings_of_hadoop_are_those_of_s3():
    settings = {"endpoint": "http://127.0.0.1:9000", "access.key": "A", "secret.key": "S", "bucket.b.access.key": "B"}
    assert _storage.s3_options("b", settings) == {
        "access_key": "B", "secret_key": "S", "endpoint_override": "127.0.0.1:9000", "scheme": "http",
    }
    assert _storage.s3_options("c", {"endpoint": "s3.eu-west-1.amazonaws.com"}) == {"region": "eu-west-1"}
    provider = "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider"
    assert _storage.s3_options("c", {"aws.credentials.provider": provider}) == {"anonymous": True}
    assert _storage.s3_options("c", {"endpoint": "h:1", "connection.ssl.enabled": "false"})["scheme"] == "http"


@pytest.fixture
def s3():
    """Hadoop's settings of a server that speaks S3, and its file system."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = {"access.key": "a", "secret.key": "b", "endpoint": f"http://{host}:{port}", "endpoint.region": "us-east-1"}
    options = {"endpoint_override": f"{host}:{port}", "scheme": "http", "region": "us-east-1"}
    place = fs.S3FileSystem(access_key="a", secret_key="b", allow_bucket_creation=True, **options)
    place.create_dir("bucket")
    yield settings, place
    # What it holds outlives it.
    urllib.request.urlopen(f"http://{host}:{port}/moto-api/reset", data=b"").close()
    server.stop()


def put(place, name, data):
    with place.open_output_stream(name) as stream:
        stream.write(data)


def crawl(place):
    for n in range(3):
        pages = ({"text": TEXT, "url": f"https://a.vn/{n}/{i}", "date": f"{2023 + i % 2}-05-01"} for i in range(10))
        lines = "".join(json.dumps(page) + "\n" for page in pages)
        put(place, f"bucket/crawl/tháng 1/{n}.jsonl.gz", gzip.compress(lines.encode()))
    put(place, "bucket/crawl/a.txt", TEXT.encode())
    put(place, "bucket/crawl/a.meta.json", b'{"uri": "https://a.vn", "published": "2025-01-02"}')


def written(place, output="bucket/facts"):
    infos = place.get_file_info(fs.FileSelector(output, recursive=True))
    return sorted(info.path for info in infos if info.is_file)


def test_a_job_on_s3(s3, tmp_path):
    pytest.importorskip("pyspark")
    settings, place = s3
    crawl(place)
    conf = " ".join(f"--conf spark.hadoop.fs.s3a.{name}={value}" for name, value in settings.items())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": f"{conf} --conf spark.ui.enabled=false pyspark-shell",
    }
    command = [sys.executable, "-m", "solieu.spark", "--master", "local[2]", "--output", "s3a://bucket/facts"]

    def job(*inputs):
        given = [word for one in inputs for word in ("--input", one)]
        done = subprocess.run([*command, *given], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stderr.strip().splitlines()[-1]

    status, said = job("s3a://bucket/crawl/*/[01].jsonl.gz", "s3a://bucket/crawl/a.txt")
    assert (status, said) == (0, said) and "21 facts from 21 pages" in said and "3 files, 3 of them read now" in said, said
    # By another name of the same, and with what was missing.
    status, said = job("s3://bucket/crawl")
    assert status == 0 and "31 facts from 31 pages" in said and "4 files, 1 of them read now" in said, said
    files = written(place)
    assert not [name for name in files if "/." in name] and len([name for name in files if "/_done/" in name]) == 4
    assert {name.split("/")[2] for name in files} == {"_done", *(f"published_year={year}" for year in (2023, 2024, 2025))}
    parquet = [name for name in files if name.endswith(".parquet")]
    facts = pyarrow.dataset.dataset(parquet, filesystem=place, format="parquet").to_table()
    paths = {f"s3a://bucket/crawl/tháng 1/{n}.jsonl.gz" for n in (0, 1)}
    paths |= {"s3://bucket/crawl/tháng 1/2.jsonl.gz", "s3a://bucket/crawl/a.txt"}
    assert set(facts.column("path").to_pylist()) == paths and facts.num_rows == 31
    assert job("s3a://bucket/none/*")[0] == 2 and job("s3a://no-bucket/*")[0] == 2


def test_s3_is_that_of_the_environment_too(s3, monkeypatch, tmp_path):
    settings, place = s3
    crawl(place)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    monkeypatch.setenv("AWS_ENDPOINT_URL", settings["endpoint"])
    for path in spark.list_inputs(["s3a://bucket/crawl/**/*.gz"]):
        spark.process(path, "s3a://bucket/facts")
    [page] = spark.list_inputs(["s3a://bucket/crawl/*.txt"])
    assert spark.process(page, str(tmp_path))["summary"]["facts"] == 1
    assert len([name for name in written(place) if name.endswith(".parquet")]) == 6


def test_a_file_that_is_gone_is_left_for_the_next_run(s3, monkeypatch, tmp_path):
    settings, place = s3
    crawl(place)
    monkeypatch.setattr(spark, "_WAIT", 0)
    [problem] = spark._task("s3a://bucket/crawl/none.gz", str(tmp_path), s3=settings)
    assert problem["path"] == "s3a://bucket/crawl/none.gz" and "cannot be read" in problem["what"]
    assert not list(pathlib.Path(tmp_path).iterdir())
