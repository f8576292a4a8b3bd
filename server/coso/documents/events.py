"""What can happen to a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentConfirmed:
    """A person confirmed what the reader found; upper apps may now build on it."""

    document_id: str
    by_id: int


@dataclass(frozen=True)
class PaperIssued:
    """A paper that we wrote got its number and day; `about` is what it was written for ('task:12'), or empty."""

    paper_id: str
    document_id: str
    about: str
    by_id: int


@dataclass(frozen=True)
class PaperWithdrawn:
    """An issued paper was withdrawn; the number that it had is not given again."""

    paper_id: str
    document_id: str
    about: str
    by_id: int
