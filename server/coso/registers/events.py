"""What can happen to an import that others have to do something about."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class WorkAsked:
    """A file is too large to be worked on while a person waits: check it, write it or take it back."""

    import_id: UUID
