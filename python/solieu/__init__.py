"""Solieu turns archives of Vietnamese news into dated, cited figures.

>>> import solieu
>>> [fact] = solieu.extract("Năm 2023, sản lượng lúa của tỉnh Long An đạt 2,8 triệu tấn.")
>>> fact.value, fact.unit, fact.entity.id, fact.time.end
(Decimal('2800000'), 'tấn', 'VN-41', datetime.date(2023, 12, 31))
>>> fact.source.quote
'2,8 triệu tấn'

The same engine, rules and records as those of the program ``solieu``.
"""

from __future__ import annotations

import functools
import os
from typing import Any, Optional, Union

from . import _arguments
from ._arguments import Archive, ArrowArray, ArrowStream, Day, Folder, Page, Pages
from ._fact import Base, Fact, Label, Problem, Source, Summary, Time
from ._solieu import ArchiveFacts, Engine, __version__

__all__ = [
    "ArchiveFacts", "ArrowArray", "ArrowStream", "Base", "Extractor", "Fact", "Label", "Problem", "Source",
    "Summary", "Time", "__version__", "extract", "extract_archive", "extract_batch", "strip",
]


class Extractor:
    """All rules compiled, ready to read pages. Make one and share it between threads: it does not change.

    ``rules`` is a folder of rule files that extend the built-in ones or replace them by name.

    >>> extractor = Extractor()
    >>> [fact.unit for fact in extractor.extract("Năm qua huyện trồng 40 ha rừng.")]
    ['ha']
    """

    def __init__(self, rules: Folder = None) -> None:
        self._rules = _arguments.rules(rules)
        self._engine = Engine(self._rules)

    def __reduce__(self) -> tuple[Any, ...]:
        # For other processes, which compile the rules again.
        return Extractor, (self._rules,)

    def extract(
        self,
        page: Page,
        *,
        published: Day = None,
        uri: Optional[str] = None,
        title: Optional[str] = None,
        path: Union[str, os.PathLike[str], None] = None,
        record: Optional[str] = None,
    ) -> list[Fact]:
        """The facts of a page, in the order of the text.

        ``page`` is text, or the bytes of a text or HTML page as stored, in any encoding that the program knows; byte
        ranges of facts are ranges of these bytes (of a ``str``: of its UTF-8). ``published`` dates the page.

        >>> [fact] = Extractor().extract("Quý 1 năm nay, xã thu 300 triệu đồng.", published="2021-05-02")
        >>> fact.time.start, fact.time.end
        (datetime.date(2021, 1, 1), datetime.date(2021, 3, 31))
        """
        lines = self._engine.lines(
            _arguments.page(page),
            published=_arguments.day(published),
            uri=_arguments.text("uri", uri),
            title=_arguments.text("title", title),
            path=_arguments.path(path),
            record=_arguments.text("record", record),
        )
        return [Fact(line) for line in lines]

    def strip(self, page: Page) -> str:
        """The article of a page, a line a block, without menus, footers, forms and spam.

        >>> Extractor().strip("Hôm qua trời mưa to ở nhiều nơi trong tỉnh.")
        'Hôm qua trời mưa to ở nhiều nơi trong tỉnh.\\n'
        """
        return self._engine.strip(_arguments.page(page))

    def extract_batch(
        self,
        pages: Pages,
        *,
        text: str = "text",
        path: Optional[str] = None,
        record: Optional[str] = None,
        uri: Optional[str] = None,
        title: Optional[str] = None,
        published: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> ArrowStream:
        """The facts of all pages of an Arrow table, in the order of its rows.

        ``pages`` is anything with the Arrow PyCapsule interface: a pyarrow table or batch, a polars or pandas data
        frame, a DuckDB relation. ``text`` names the column of pages; the others are found by their usual names
        (``path``, ``record``, ``uri`` or ``url``, ``title``, ``published`` or ``date``) where none is given. What is
        returned has that interface too; its columns are those of the program's Parquet files. ``jobs`` is the number
        of threads, by default one a core. Texts are not copied on their way in.

        >>> import pyarrow
        >>> pages = pyarrow.table({"text": ["Có 5 nghìn hộ dùng điện.", "Không có gì."]})
        >>> facts = pyarrow.table(Extractor().extract_batch(pages))
        >>> facts.column("value").to_pylist(), facts.column("record").to_pylist()
        ([Decimal('5000.000000000')], ['0'])
        """
        if not isinstance(text, str):
            raise _arguments.wrong("text", "the name of a column", text)
        return self._engine.table(
            _arguments.pages(pages),
            text=text,
            path=_arguments.column("path", path),
            record=_arguments.column("record", record),
            uri=_arguments.column("uri", uri),
            title=_arguments.column("title", title),
            published=_arguments.column("published", published),
            jobs=_arguments.jobs(jobs),
        )

    def extract_archive(
        self,
        source: Archive,
        *,
        path: Union[str, os.PathLike[str], None] = None,
        sidecar: Optional[bytes] = None,
        text: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> ArchiveFacts:
        """The facts of an archive or folder, as an Arrow stream that is read as it is taken.

        ``source`` is a path or pattern, or a binary file object; then ``path`` is the name in the citations, and
        ``sidecar`` has the bytes of the sidecar, if the page has one. What it is shows in its bytes: WARC, WET, JSON
        Lines, CSV, Parquet, ZIP, tar, text, HTML, also compressed. ``text`` names the field or column that holds a page,
        where it has no usual name. After the stream has been taken, ``summary`` has
        the counts and ``problems`` what went wrong.

        >>> import io, pyarrow
        >>> archive = Extractor().extract_archive(io.BytesIO('{"text": "Có 5 nghìn hộ."}'.encode()), path="a.jsonl")
        >>> pyarrow.RecordBatchReader.from_stream(archive).read_all().num_rows, archive.summary["pages"]
        (1, 1)
        """
        name = _arguments.path(path)
        return self._engine.extract_archive(
            _arguments.archive(source, name, sidecar),
            path=name,
            sidecar=_arguments.sidecar(sidecar),
            text=_arguments.text("text", text),
            jobs=_arguments.jobs(jobs),
        )


@functools.cache
def _compiled(rules: Optional[str]) -> Extractor:
    return Extractor(rules)


def _extractor(rules: Folder) -> Extractor:
    return _compiled(_arguments.rules(rules))


def extract(
    page: Page,
    *,
    published: Day = None,
    uri: Optional[str] = None,
    title: Optional[str] = None,
    path: Union[str, os.PathLike[str], None] = None,
    record: Optional[str] = None,
    rules: Folder = None,
) -> list[Fact]:
    """The facts of a page; see :meth:`Extractor.extract`. The rules are compiled by the first call.

    >>> [fact.kind for fact in extract("Tỷ lệ hộ nghèo giảm còn 3,2%.")]
    ['percentage']
    """
    extractor = _extractor(rules)
    return extractor.extract(page, published=published, uri=uri, title=title, path=path, record=record)


def strip(page: Page, *, rules: Folder = None) -> str:
    """The article of a page; see :meth:`Extractor.strip`.

    >>> page = "<title>T</title><ul><li><a href=/>Trang chủ</a></ul><p>Hôm nay trời nắng ở khắp các huyện trong tỉnh.</p>"
    >>> strip(page.encode())
    'Hôm nay trời nắng ở khắp các huyện trong tỉnh.\\n'
    """
    return _extractor(rules).strip(page)


def extract_batch(
    pages: Pages,
    *,
    text: str = "text",
    path: Optional[str] = None,
    record: Optional[str] = None,
    uri: Optional[str] = None,
    title: Optional[str] = None,
    published: Optional[str] = None,
    jobs: Optional[int] = None,
    rules: Folder = None,
) -> ArrowStream:
    """The facts of an Arrow table; see :meth:`Extractor.extract_batch`.

    >>> import polars
    >>> pages = polars.DataFrame({"body": ["Xã có 312 hộ nghèo."], "url": ["https://a.vn/1"]})
    >>> polars.DataFrame(extract_batch(pages, text="body")).select("unit", "uri").rows()
    [('hộ nghèo', 'https://a.vn/1')]
    """
    return _extractor(rules).extract_batch(
        pages, text=text, path=path, record=record, uri=uri, title=title, published=published, jobs=jobs
    )


def extract_archive(
    source: Archive,
    *,
    path: Union[str, os.PathLike[str], None] = None,
    sidecar: Optional[bytes] = None,
    text: Optional[str] = None,
    jobs: Optional[int] = None,
    rules: Folder = None,
) -> ArchiveFacts:
    """The facts of an archive; see :meth:`Extractor.extract_archive`.

    >>> import io
    >>> archive = extract_archive(io.BytesIO('{"text": "Có 5 nghìn hộ."}\\n{'.encode()), path="a.jsonl")
    >>> import pyarrow
    >>> pyarrow.RecordBatchReader.from_stream(archive).read_all().column("value").to_pylist()
    [Decimal('5000.000000000')]
    >>> [(problem["path"], problem["severity"]) for problem in archive.problems]
    [('a.jsonl', 'error')]
    """
    return _extractor(rules).extract_archive(source, path=path, sidecar=sidecar, text=text, jobs=jobs)
