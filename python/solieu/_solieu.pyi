import os
from typing import IO, Any, Optional, Union

__version__: str

class ArchiveFacts:
    @property
    def summary(self) -> dict[str, int]: ...
    @property
    def problems_json(self) -> list[str]: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class Engine:
    def __init__(self, rules: Union[str, os.PathLike[str], None] = None) -> None: ...
    def lines(
        self, page: Union[str, bytes], *, published: Optional[str] = None, uri: Optional[str] = None,
        title: Optional[str] = None, path: Optional[str] = None, record: Optional[str] = None,
    ) -> list[str]: ...
    def strip(self, page: Union[str, bytes]) -> str: ...
    def table(
        self, pages: Any, *, text: str, path: Optional[str] = None, record: Optional[str] = None,
        uri: Optional[str] = None, title: Optional[str] = None, published: Optional[str] = None,
        jobs: Optional[int] = None,
    ) -> Any: ...
    def extract_archive(
        self, source: Union[str, os.PathLike[str], IO[bytes]], *, path: Optional[str] = None,
        text: Optional[str] = None, jobs: Optional[int] = None,
    ) -> ArchiveFacts: ...
