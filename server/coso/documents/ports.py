"""What upper apps hand to the writer: papers begun from their records."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from coso.documents.rules.papers import Content
from coso.organizations.models import Person


@dataclass(frozen=True)
class Begun:
    """A paper as begun for its writer, who may change all of it."""

    kind: str
    title: str
    content: Content = field(default_factory=Content)


@dataclass(frozen=True)
class PaperSource:
    """How papers about one kind of record begin."""

    label: str | Promise
    """What the record is called on the page of a new paper, such as "Begun from a task"."""
    begin: Callable[[Person, str], Begun | None]
    """(person, id) → the paper's beginning, or None when the person may not know of the record."""


_sources: dict[str, PaperSource] = {}


def register_paper_source(kind: str, source: PaperSource) -> None:
    """Let an app begin papers about its kind of record ('task'); called from `AppConfig.ready`."""
    _sources[kind] = source


def paper_source(kind: str) -> PaperSource | None:
    """Give the source for a kind of record, where an app registered one."""
    return _sources.get(kind)
