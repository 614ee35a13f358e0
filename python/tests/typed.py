"""Uses every part of the package, for type checkers: what must pass, and what must not."""

import datetime
import pathlib
from decimal import Decimal
from typing import Any, Optional

import polars
import pyarrow
import solieu

extractor = solieu.Extractor(rules=pathlib.Path("rules"))
facts: list[solieu.Fact] = extractor.extract("a", published=datetime.date(2024, 1, 31), path=pathlib.Path("a"))
for fact in solieu.extract(b"a", published="2024-01-31", uri="u", title="t", record="r", rules="rules"):
    value: Decimal = fact.value
    most: Optional[Decimal] = fact.value_max
    entity: Optional[solieu.Label] = fact.entity
    start: Optional[datetime.date] = fact.time.start if fact.time else None
    quote: str = fact.source.quote
    first: int = fact.source.bytes[0]
    record: dict[str, Any] = fact.to_dict()
    line: str = fact.to_json()
article: str = solieu.strip(bytearray(b"a"))
table = polars.DataFrame({"text": ["a"]})
stream: solieu.ArrowStream = solieu.extract_batch(table, text="text", jobs=2)
again: solieu.ArrowStream = extractor.extract_batch(stream)
frame = polars.DataFrame(stream)
arrow = pyarrow.table(stream)
archive: solieu.ArchiveFacts = solieu.extract_archive(open("a", "rb"), path="a", sidecar=b"{}")
pages: int = archive.summary["pages"]
whats: list[str] = [problem["what"] for problem in archive.problems]
as_table: solieu.ArrowStream = archive

solieu.extract(5)  # error
solieu.extract("a", published=5)  # error
solieu.extract("a", unknown="")  # error
solieu.extract_batch([{"text": "a"}])  # error
solieu.extract_archive(open("a"))  # error
solieu.Extractor(rules=5)  # error
facts[0].value = Decimal(1)  # error
archive.summary["page"]  # error
