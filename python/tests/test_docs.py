"""The examples of the documentation run as they stand."""

import gzip
import json
import pathlib
import re

import pytest

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("polars")
pytest.importorskip("duckdb")
pandas = pytest.importorskip("pandas")

import pyarrow.parquet

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = "Năm 2023, sản lượng lúa của tỉnh Long An đạt 2,8 triệu tấn. Tỉnh tiết kiệm được 40 tỷ đồng."


def blocks():
    for name in ("README.md", "docs/python.md", "python/README.md"):
        text = (ROOT / name).read_text("utf-8")
        for n, block in enumerate(re.findall(r"```python\n(.*?)```", text, re.DOTALL)):
            # What schedulers run is a shell command, and their own packages are large.
            if "BashOperator" not in block:
                yield pytest.param(block, id=f"{name}-{n}")


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages.jsonl").write_text(json.dumps({"text": TEXT, "url": "https://a.vn/1", "date": "2024-01-02"}))
    columns = {"body": [TEXT], "url": ["https://a.vn/1"], "published": ["2024-01-02"]}
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "pages.parquet")
    pandas.DataFrame({"content": [TEXT]}).to_csv(tmp_path / "pages.csv", index=False)
    body = TEXT.encode()
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.vn/1\r\nContent-Length: {len(body)}\r\n\r\n"
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(head.encode() + body + b"\r\n\r\n"))


@pytest.mark.parametrize("block", list(blocks()))
def test_examples_run(block, inputs):
    names = {}
    exec(compile(block, "example", "exec"), names)
    if "facts" in names:
        assert len(names["facts"]) > 0
    if "archive" in names:
        assert names["archive"].summary["facts"] > 0
