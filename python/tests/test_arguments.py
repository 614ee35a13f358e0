"""What is wrong with an argument is said by its name, with what was given and what is wanted."""

import io
import os
import pathlib
import pickle
import threading
import time

import pytest
import solieu

TEXT = "Có 5 nghìn hộ dùng điện."


@pytest.mark.parametrize(("arguments", "message"), [
    (lambda: solieu.extract(None), "page must be str or bytes, not None"),
    (lambda: solieu.extract(5), "page must be str or bytes, not int"),
    (lambda: solieu.extract([TEXT]), "page must be str or bytes, not list"),
    (lambda: solieu.extract(pathlib.PurePosixPath("a.txt")), "page must be str or bytes, not pathlib.PurePosixPath"),
    (lambda: solieu.strip(None), "page must be str or bytes, not None"),
    (lambda: solieu.extract(TEXT, published=2024), "published must be a date, a str such as '2024-01-31', or None, not int"),
    (lambda: solieu.extract(TEXT, uri=b"https://a.vn"), "uri must be str or None, not bytes"),
    (lambda: solieu.extract(TEXT, title=1), "title must be str or None, not int"),
    (lambda: solieu.extract(TEXT, record=1), "record must be str or None, not int"),
    (lambda: solieu.extract(TEXT, path=b"a"), "path must be a path or None, not bytes"),
    (lambda: solieu.extract(TEXT, rules=["a"]), "rules must be the path of a folder, or None, not list"),
    (lambda: solieu.Extractor(rules=3), "rules must be the path of a folder, or None, not int"),
    (lambda: solieu.extract_batch([{"text": TEXT}]), "pages must be a table with the Arrow PyCapsule interface"),
    (lambda: solieu.extract_batch(None), "from 2.2 on), not None"),
    (lambda: solieu.extract_batch(pages(), text=0), "text must be the name of a column, not int"),
    (lambda: solieu.extract_batch(pages(), uri=0), "uri must be the name of a column, or None, not int"),
    (lambda: solieu.extract_batch(pages(), jobs="2"), "jobs must be int or None, not str"),
    (lambda: solieu.extract_batch(pages(), text="n"), 'column "n" must hold text or bytes, not Int64'),
    (lambda: solieu.extract_batch(pages(), published="n"), 'column "n" must hold dates, timestamps, or text such as'),
    (lambda: solieu.extract_batch(pages(), title="list"), 'column "list" must hold text, not List'),
    (lambda: solieu.extract_archive(5), "source must be a path, or a file opened in binary mode ('rb'), not int"),
    (lambda: solieu.extract_archive(io.BytesIO(), sidecar="{}"), "sidecar must be bytes or None, not str"),
    (lambda: solieu.extract_archive(io.StringIO(TEXT)), "source must be a path, or a file opened in binary mode ('rb')"),
])
def test_wrong_types(arguments, message):
    with pytest.raises(TypeError) as error:
        arguments()
    assert message in str(error.value)


@pytest.mark.parametrize(("arguments", "kind", "message"), [
    (lambda: solieu.extract(TEXT, published="hôm qua"), ValueError, 'such as 2024-01-31, not "hôm qua"'),
    (lambda: solieu.extract(TEXT, published="2024-02-31"), ValueError, "published must begin with a day"),
    (lambda: solieu.extract(TEXT, published=""), ValueError, "published must begin with a day"),
    (lambda: solieu.extract("a\ud800b"), ValueError, "page has a lone surrogate at character 1"),
    (lambda: solieu.Extractor("/nowhere"), FileNotFoundError, "rules: No such file or directory: '/nowhere'"),
    (lambda: solieu.extract(TEXT, rules=__file__), NotADirectoryError, "rules: Not a directory"),
    (lambda: solieu.extract_archive("/nowhere/a.warc"), FileNotFoundError, "/nowhere/a.warc"),
    (lambda: solieu.extract_archive(__file__, path="b"), ValueError, "source is a path already"),
    (lambda: solieu.extract_archive(__file__, sidecar=b"{}"), ValueError, "sidecar belongs to a file object"),
    (lambda: solieu.extract_batch(pages(), jobs=0), ValueError, "jobs must be between 1 and 1024, not 0"),
    (lambda: solieu.extract_batch(pages(), jobs=1025), ValueError, "jobs must be between 1 and 1024, not 1025"),
    (lambda: solieu.extract_batch(pages(), text="body"), KeyError, 'pages has no column "body", only text, n, list'),
])
def test_wrong_values(arguments, kind, message):
    with pytest.raises(kind) as error:
        arguments()
    # The text of a KeyError is its argument as a literal.
    said = error.value.args[0] if kind is KeyError else str(error.value)
    assert message in said


def pages():
    pyarrow = pytest.importorskip("pyarrow")
    return pyarrow.table({"text": [TEXT], "n": [1], "list": [[1]]})


def test_broken_rules_name_file_and_line(tmp_path):
    (tmp_path / "units.toml").write_text("[[unit]]\nname = 5\n")
    with pytest.raises(ValueError, match=r"units\.toml:\d+"):
        solieu.Extractor(tmp_path)
    (tmp_path / "units.toml").rename(tmp_path / "unitts.toml")
    with pytest.raises(ValueError, match="unitts"):
        solieu.extract(TEXT, rules=tmp_path)


def test_what_is_no_text_gives_no_facts_and_no_errors():
    for page in ("", b"", b"\xff\xfe\x00", b"\x00" * 100, bytes(range(256)) * 10, "\x00", "\ufeff"):
        assert solieu.extract(page) == []
    assert solieu.strip("") == ""
    # Bytes that are not UTF-8 cost themselves alone.
    [fact] = solieu.extract(b"\xc3\x28 " + TEXT.encode() + b" \xff")
    assert fact.value == 5000


def test_all_kinds_of_bytes_are_taken():
    want = solieu.extract(TEXT)
    for page in (TEXT.encode(), bytearray(TEXT.encode()), memoryview(TEXT.encode()), TEXT.encode("utf-16")):
        assert [fact.value for fact in solieu.extract(page)] == [want[0].value]
    assert solieu.extract(TEXT, path=pathlib.Path("a.txt"))[0].source.path == "a.txt"
    assert solieu.extract(TEXT, published="2024-01-31T07:00:00+07:00")[0].source.published.day == 31


def test_a_huge_page():
    page = (TEXT + " Hôm nay trời nắng.\n") * 100_000
    assert len(solieu.extract(page)) == 100_000


def test_others_run_while_a_page_is_read():
    page = (TEXT + " Hôm nay trời nắng.\n") * 100_000
    thread = threading.Thread(target=solieu.strip, args=(page,))
    thread.start()
    began = time.monotonic()
    # Whoever held the interpreter's lock meanwhile would let this thread on only when the page is read.
    time.sleep(0.01)
    assert thread.is_alive(), f"nothing else ran for {time.monotonic() - began} s"
    thread.join()


def test_extractors_and_facts_go_to_other_processes():
    extractor = pickle.loads(pickle.dumps(solieu.Extractor()))
    facts = extractor.extract(TEXT)
    assert pickle.loads(pickle.dumps(facts)) == facts


def test_columns_that_hold_nothing_or_numbers():
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table({"text": [TEXT, TEXT], "title": [None, None], "date": [None, None], "record": [7, 8]})
    assert pyarrow.table(solieu.extract_batch(table)).column("record").to_pylist() == ["7", "8"]
    empty = pyarrow.table({"text": pyarrow.array([], pyarrow.string())})
    assert pyarrow.table(solieu.extract_batch(empty)).num_rows == 0
    nothing = pyarrow.table({"text": pyarrow.nulls(3)})
    assert pyarrow.table(solieu.extract_batch(nothing)).num_rows == 0


def test_a_closed_file_is_a_problem_of_the_archive(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    file = open(__file__, "rb")
    file.close()
    archive = solieu.extract_archive(file)
    assert pyarrow.RecordBatchReader.from_stream(archive).read_all().num_rows == 0
    [problem] = archive.problems
    assert problem["path"] == os.fspath(__file__) and "closed" in problem["what"]
