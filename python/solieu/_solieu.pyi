from typing import Optional, final

from ._arguments import Archive, ArrowStream, Pages
from ._fact import Problem, Summary

__all__ = ["__version__", "Engine", "ArchiveFacts", "schema"]

__version__: str

class _Schema:
    def __arrow_c_schema__(self) -> object: ...

def schema() -> _Schema: ...

@final
class ArchiveFacts:
    @property
    def summary(self) -> Summary: ...
    @property
    def problems(self) -> list[Problem]: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...

@final
class Engine:
    def __new__(cls, rules: Optional[str] = None) -> Engine: ...
    def lines(
        self, page: str | bytes, *, published: Optional[str] = None, uri: Optional[str] = None,
        title: Optional[str] = None, path: Optional[str] = None, record: Optional[str] = None,
    ) -> list[str]: ...
    def strip(self, page: str | bytes) -> str: ...
    def table(
        self, pages: Pages, *, text: str, path: Optional[str] = None, record: Optional[str] = None,
        uri: Optional[str] = None, title: Optional[str] = None, published: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> ArrowStream: ...
    def extract_archive(
        self, source: Archive, *, path: Optional[str] = None, sidecar: Optional[bytes] = None,
        text: Optional[str] = None, jobs: Optional[int] = None,
    ) -> ArchiveFacts: ...
