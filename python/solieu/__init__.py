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

import datetime
import functools
import os
from typing import IO, Any, Optional, Union

from ._fact import Base, Fact, Label, Source, Time
from ._solieu import ArchiveFacts, Engine, __version__

__all__ = [
    "ArchiveFacts", "Base", "Extractor", "Fact", "Label", "Source", "Time", "__version__",
    "extract", "extract_archive", "extract_batch", "strip",
]

Page = Union[str, bytes]
Day = Union[str, datetime.date, None]


class Extractor:
    """All rules compiled, ready to read pages. Make one and share it between threads: it does not change.

    ``rules`` is a folder of rule files that extend the built-in ones or replace them by name.

    >>> extractor = Extractor()
    >>> [fact.unit for fact in extractor.extract("Năm qua huyện trồng 40 ha rừng.")]
    ['ha']
    """

    def __init__(self, rules: Union[str, os.PathLike[str], None] = None) -> None:
        self._engine = Engine(rules)

    def extract(
        self,
        page: Page,
        *,
        published: Day = None,
        uri: Optional[str] = None,
        title: Optional[str] = None,
        path: Optional[str] = None,
        record: Optional[str] = None,
    ) -> list[Fact]:
        """The facts of a page, in the order of the text.

        ``page`` is text, or the bytes of a text or HTML page as stored, in any encoding that the program knows; byte
        ranges of facts are ranges of these bytes (of a ``str``: of its UTF-8). ``published`` dates the page.

        >>> [fact] = Extractor().extract("Quý 1 năm nay, xã thu 300 triệu đồng.", published="2021-05-02")
        >>> fact.time.start, fact.time.end
        (datetime.date(2021, 1, 1), datetime.date(2021, 3, 31))
        """
        day = published.isoformat()[:10] if isinstance(published, datetime.date) else published
        lines = self._engine.lines(page, published=day, uri=uri, title=title, path=path, record=record)
        return [Fact(line) for line in lines]

    def strip(self, page: Page) -> str:
        """The article of a page, a line a block, without menus, footers, forms and spam.

        >>> Extractor().strip("Hôm qua trời mưa to ở nhiều nơi trong tỉnh.")
        'Hôm qua trời mưa to ở nhiều nơi trong tỉnh.\\n'
        """
        return self._engine.strip(page)

    def extract_batch(
        self,
        pages: Any,
        *,
        text: str = "text",
        path: Optional[str] = None,
        record: Optional[str] = None,
        uri: Optional[str] = None,
        title: Optional[str] = None,
        published: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> Any:
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
        return self._engine.table(
            pages, text=text, path=path, record=record, uri=uri, title=title, published=published, jobs=jobs
        )

    def extract_archive(
        self,
        source: Union[str, os.PathLike[str], IO[bytes]],
        *,
        path: Optional[str] = None,
        text: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> ArchiveFacts:
        """The facts of an archive or folder, as an Arrow stream that is read as it is taken.

        ``source`` is a path, or a binary file object (then ``path`` is the name in the citations); what it is shows
        in its bytes: WARC, WET, JSON Lines, CSV, Parquet, ZIP, tar, text, HTML, also compressed. ``text`` names the
        field or column that holds a page, where it has no usual name. After the stream has been taken, ``summary`` has the counts and ``problems_json`` what went wrong.

        >>> import io, pyarrow
        >>> archive = Extractor().extract_archive(io.BytesIO('{"text": "Có 5 nghìn hộ."}'.encode()), path="a.jsonl")
        >>> pyarrow.RecordBatchReader.from_stream(archive).read_all().num_rows, archive.summary["pages"]
        (1, 1)
        """
        return self._engine.extract_archive(source, path=path, text=text, jobs=jobs)


@functools.cache
def _extractor(rules: Union[str, os.PathLike[str], None] = None) -> Extractor:
    return Extractor(rules)


def extract(
    page: Page,
    *,
    published: Day = None,
    uri: Optional[str] = None,
    title: Optional[str] = None,
    path: Optional[str] = None,
    record: Optional[str] = None,
    rules: Union[str, os.PathLike[str], None] = None,
) -> list[Fact]:
    """The facts of a page; see :meth:`Extractor.extract`. The rules are compiled once.

    >>> [fact.kind for fact in extract("Tỷ lệ hộ nghèo giảm còn 3,2%.")]
    ['percentage']
    """
    extractor = _extractor(rules)
    return extractor.extract(page, published=published, uri=uri, title=title, path=path, record=record)


def strip(page: Page, *, rules: Union[str, os.PathLike[str], None] = None) -> str:
    """The article of a page; see :meth:`Extractor.strip`."""
    return _extractor(rules).strip(page)


def extract_batch(pages: Any, *, rules: Union[str, os.PathLike[str], None] = None, **columns: Any) -> Any:
    """The facts of an Arrow table; see :meth:`Extractor.extract_batch`."""
    return _extractor(rules).extract_batch(pages, **columns)


def extract_archive(
    source: Union[str, os.PathLike[str], IO[bytes]],
    *,
    path: Optional[str] = None,
    text: Optional[str] = None,
    jobs: Optional[int] = None,
    rules: Union[str, os.PathLike[str], None] = None,
) -> ArchiveFacts:
    """The facts of an archive; see :meth:`Extractor.extract_archive`."""
    return _extractor(rules).extract_archive(source, path=path, text=text, jobs=jobs)
