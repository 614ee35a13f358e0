"""The record, typed. A fact keeps the line that the program writes and reads its fields when asked."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Optional, TypedDict


@dataclass(frozen=True)
class Time:
    """What a value is dated to: first and last day, the words, and where they come from."""

    role: str
    source: str
    start: Optional[datetime.date] = None
    end: Optional[datetime.date] = None
    text: Optional[str] = None


@dataclass(frozen=True)
class Base:
    """What a change or multiple is measured against."""

    text: str
    start: Optional[datetime.date] = None
    end: Optional[datetime.date] = None


@dataclass(frozen=True)
class Label:
    """Words of the page, with the canonical identifier they stand for where there is one."""

    text: str
    id: Optional[str] = None


@dataclass(frozen=True)
class Source:
    """Where a fact stands. ``bytes`` is the half-open range of the quote in the page as stored."""

    path: str
    sha256: str
    bytes: tuple[int, int]
    line: int
    column: int
    quote: str
    sentence: str
    record: Optional[str] = None
    uri: Optional[str] = None
    title: Optional[str] = None
    published: Optional[datetime.date] = None


def _days(part: dict[str, Any]) -> dict[str, Any]:
    days = ("start", "end", "published")
    return {key: datetime.date.fromisoformat(value) if key in days else value for key, value in part.items()}


class Fact:
    """One dated, cited figure. What the page does not state is ``None``."""

    __slots__ = ("_line", "_record")

    def __init__(self, line: str) -> None:
        self._line = line
        self._record: Optional[dict[str, Any]] = None

    def to_json(self) -> str:
        """The record as the program writes it, byte for byte, without the end of line."""
        return self._line

    def to_dict(self) -> dict[str, Any]:
        """The record as a new dictionary; numbers with a point are decimals, days are texts, absent keys absent."""
        record: dict[str, Any] = json.loads(self._line, parse_float=Decimal)
        return record

    def _get(self) -> dict[str, Any]:
        if self._record is None:
            self._record = self.to_dict()
        return self._record

    def _decimal(self, key: str) -> Optional[Decimal]:
        value = self._get().get(key)
        return None if value is None else Decimal(value)

    @property
    def id(self) -> str:
        """Stable name of the fact."""
        return str(self._get()["id"])

    @property
    def kind(self) -> str:
        """percentage, count, money …"""
        return str(self._get()["kind"])

    @property
    def value(self) -> Decimal:
        """The exact value with its magnitude applied; the lower end of a range."""
        return Decimal(self._get()["value"])

    @property
    def value_max(self) -> Optional[Decimal]:
        """The upper end of a range."""
        return self._decimal("value_max")

    @property
    def denominator(self) -> Optional[Decimal]:
        """Of a rank or share: 193 in 86/193."""
        return self._decimal("denominator")

    @property
    def unit(self) -> Optional[str]:
        """%, the ISO 4217 code of money, what is counted, or the physical unit."""
        return self._get().get("unit")

    @property
    def per(self) -> Optional[str]:
        """What the value is per."""
        return self._get().get("per")

    @property
    def qualifier(self) -> Optional[str]:
        """about, nearly, over, under, at_least, at_most."""
        return self._get().get("qualifier")

    @property
    def direction(self) -> Optional[str]:
        """increase or decrease."""
        return self._get().get("direction")

    @property
    def is_change(self) -> bool:
        """Whether the value is the amount of change, not the level."""
        return bool(self._get().get("is_change", False))

    @property
    def status(self) -> str:
        """actual, target or estimate."""
        return str(self._get()["status"])

    @property
    def time(self) -> Optional[Time]:
        """What the value is dated to."""
        part = self._get().get("time")
        return None if part is None else Time(**_days(part))

    @property
    def base(self) -> Optional[Base]:
        """What a change is measured against."""
        part = self._get().get("base")
        return None if part is None else Base(**_days(part))

    @property
    def metric(self) -> Optional[Label]:
        """What is measured."""
        part = self._get().get("metric")
        return None if part is None else Label(**part)

    @property
    def entity(self) -> Optional[Label]:
        """Of whom or where."""
        part = self._get().get("entity")
        return None if part is None else Label(**part)

    @property
    def theme(self) -> Optional[str]:
        """savings, and others that rules define."""
        return self._get().get("theme")

    @property
    def source(self) -> Source:
        """Where it stands."""
        part = _days(self._get()["source"])
        part["bytes"] = tuple(part["bytes"])
        return Source(**part)

    @property
    def rule(self) -> str:
        """The rule that read it."""
        return str(self._get()["rule"])

    def __repr__(self) -> str:
        unit = "" if self.unit is None else f" {self.unit}"
        return f"<Fact {self.kind} {self.value}{unit}: {self.source.quote!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and self._line == other._line

    def __hash__(self) -> int:
        return hash(self._line)


class Summary(TypedDict):
    """Counts of an archive. ``replaced``: characters that could not be decoded; ``without_text``: records without a page;
    ``problems``: warnings and errors."""

    pages: int
    bytes: int
    facts: int
    replaced: int
    without_text: int
    problems: int


class _Where(TypedDict, total=False):
    record: str
    offset: int


class Problem(_Where):
    """What kept a page, or the rest of an archive, from being read. ``severity``: note, warning or error."""

    path: str
    what: str
    severity: str
