"""The package from outside: records, threads, Arrow, archives."""

import datetime
import gzip
import io
import json
import os
import pathlib
import subprocess
import threading
from decimal import Decimal

import pytest
import solieu

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "fixtures" / "cases").iterdir())
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
# Every page that lies in the repository, text and HTML.
PAGES = SEEDS + sorted(page for end in ("txt", "html") for page in (ROOT / "fixtures").rglob(f"*.{end}"))


def sidecar(page):
    meta = page.with_name(page.stem + ".meta.json")
    return json.loads(meta.read_text("utf-8")) if meta.exists() else {}


def lines(page, name):
    facts = solieu.extract(page.read_bytes(), path=name, **sidecar(page))
    return "".join(fact.to_json() + "\n" for fact in facts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fixtures_give_the_records_of_the_program(case):
    assert lines(case / "page.txt", "page.txt") == (case / "facts.jsonl").read_text("utf-8")


def binary():
    name = os.environ.get("SOLIEU")
    return name or pytest.skip("SOLIEU does not name the program")


def test_records_are_those_of_the_command_line():
    done = subprocess.run([binary(), "extract", *map(str, PAGES)], capture_output=True, check=True)
    assert "".join(lines(page, str(page)) for page in PAGES).encode() == done.stdout


def test_tables_hold_the_records_of_the_command_line():
    import pyarrow

    columns = {"text": pyarrow.array([page.read_bytes() for page in PAGES], pyarrow.binary()), "path": [*map(str, PAGES)]}
    for name in ("uri", "title", "published"):
        columns[name] = pyarrow.array([sidecar(page).get(name) for page in PAGES], pyarrow.string())
    table = pyarrow.table(solieu.extract_batch(pyarrow.table(columns)))
    done = subprocess.run([binary(), "extract", *map(str, PAGES)], capture_output=True, check=True)
    facts = [json.loads(line, parse_float=Decimal) for line in done.stdout.splitlines()]
    want = [(fact["source"]["path"], *fact["source"]["bytes"], fact["id"], fact["value"]) for fact in facts]
    names = ("path", "byte_start", "byte_end", "id", "value")
    assert [*zip(*(table.column(name).to_pylist() for name in names))] == want


def test_articles_are_those_of_the_command_line():
    for page in PAGES:
        done = subprocess.run([binary(), "strip", str(page)], capture_output=True)
        assert solieu.strip(page.read_bytes()).encode() == done.stdout, page


def test_facts_are_typed():
    text = "Năm 2023, doanh thu của tỉnh Long An tăng 5,25% so với cùng kỳ năm trước."
    [fact] = solieu.extract(text, published=datetime.date(2024, 1, 3), uri="https://a.vn/1", title="T")
    assert (fact.value, fact.unit, fact.is_change, fact.direction) == (Decimal("5.25"), "%", True, "increase")
    assert fact.time.start == datetime.date(2023, 1, 1)
    assert fact.source.published == datetime.date(2024, 1, 3) and fact.source.uri == "https://a.vn/1"
    start, end = fact.source.bytes
    assert text.encode()[start:end].decode() == fact.source.quote
    assert fact.to_dict()["value"] == Decimal("5.25") and fact.value_max is None
    assert fact == solieu.extract(text, published="2024-01-03", uri="https://a.vn/1", title="T")[0]


def test_str_and_bytes_are_the_same():
    text = "Có 5 nghìn hộ."
    assert solieu.extract(text) == solieu.extract(text.encode())


def test_eight_threads_with_one_extractor():
    extractor = solieu.Extractor()
    pages = [page.read_bytes() for page in SEEDS] * 4
    want = [extractor.extract(page) for page in pages]
    got = [None] * 8

    def work(i):
        got[i] = [extractor.extract(page) for page in pages]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert all(facts == want for facts in got)


def table():
    import pyarrow

    return pyarrow.table({
        "text": [page.read_text("utf-8") for page in SEEDS],
        "path": [page.name for page in SEEDS],
        "published": [datetime.date(2020, 7, 1)] * len(SEEDS),
    })


def row_ids(facts):
    import pyarrow

    return pyarrow.table(facts).column("id").to_pylist()


def test_batches_of_every_library():
    import duckdb
    import pandas
    import polars
    import pyarrow

    pages = table()
    want = [
        fact.id
        for page in SEEDS
        for fact in solieu.extract(page.read_text("utf-8"), path=page.name, published="2020-07-01")
    ]
    assert want
    big = pages.set_column(0, "text", pages.column("text").cast(pyarrow.large_binary()))
    relation = duckdb.connect().sql("select text, path, published::varchar as published from pages")
    for given in (pages, pages.to_batches()[0], polars.from_arrow(pages), pages.to_pandas(), big, relation):
        assert row_ids(solieu.extract_batch(given, text="text")) == want, type(given)
    facts = solieu.extract_batch(pages, jobs=1)
    assert row_ids(facts) == want
    assert polars.DataFrame(facts).height == len(want)
    frame = pandas.DataFrame.from_arrow(facts) if hasattr(pandas.DataFrame, "from_arrow") else None
    assert frame is None or len(frame) == len(want)
    arrow = pyarrow.table(facts)
    assert duckdb.connect().sql("select count(*) from arrow").fetchall() == [(len(want),)]
    with pytest.raises(KeyError):
        solieu.extract_batch(pages, text="nothing")
    with pytest.raises(TypeError):
        solieu.extract_batch(pages, text="published")


def test_batches_hold_what_records_hold():
    import pyarrow

    text = "Giá tăng từ 0,1234567891 đến 5 USD/kg. Thu 48,8 tỉ đồng năm 2020."
    facts = solieu.extract(text)
    rows = pyarrow.table(solieu.extract_batch(pyarrow.table({"text": [text, None]}))).to_pylist()
    assert len(rows) == len(facts)
    for fact, row in zip(facts, rows):
        assert Decimal(row["value_exact"] or row["value"]) == fact.value
        assert row["quote"] == fact.source.quote and row["time_end"] == (fact.time and fact.time.end)


def test_archives_from_paths_and_streams(tmp_path):
    import pyarrow

    rows = [json.dumps({"text": page.read_text("utf-8"), "url": f"https://a.vn/{i}"}) for i, page in enumerate(SEEDS)]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(rows + ["{broken"]).encode()))
    whole = solieu.extract_archive(path)
    facts = pyarrow.RecordBatchReader.from_stream(whole).read_all()
    assert whole.summary["pages"] == len(SEEDS) and whole.summary["facts"] == facts.num_rows > 100
    assert len(whole.problems) == whole.summary["problems"] == 1
    with pytest.raises(ValueError):
        pyarrow.RecordBatchReader.from_stream(whole)
    streamed = solieu.extract_archive(io.BytesIO(path.read_bytes()), path=str(path), jobs=2)
    assert pyarrow.RecordBatchReader.from_stream(streamed).read_all() == facts

    class Broken:
        def read(self, size):
            raise OSError("the line is down")

    broken = solieu.extract_archive(Broken(), path="x")
    assert pyarrow.RecordBatchReader.from_stream(broken).read_all().num_rows == 0
    assert "the line is down" in broken.problems[0]["what"]
