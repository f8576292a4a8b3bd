"""What can happen to a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentConfirmed:
    """A person confirmed what the reader found; upper apps may now build on it."""

    document_id: str
    by_id: int
