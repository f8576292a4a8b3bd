"""The journal joined with what the apps know: which records an entry concerns, by name; which entries a name finds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from coso.broadcast.models import Slot
from coso.devices.models import Device
from coso.documents.models import Document
from coso.journal.models import Entry
from coso.journal.ports import STEAD, actor_name, with_stead
from coso.kit.refs import Ref
from coso.newsroom.models import Bulletin
from coso.organizations.models import Organization, Person, Post
from coso.places.models import Place
from coso.plans.models import Task
from coso.registry.models import Equipment, Facility, SpeakerCluster, Station, Transfer

MOST_FOUND = 200
"""Records of a kind that one search looks into; whoever types less than a word of a name finds nothing useful."""

_BY_NAME: dict[str, type[Model]] = {
    "bulletin": Bulletin,
    "document": Document,
    "task": Task,
    "place": Place,
    "person": Person,
    "cluster": SpeakerCluster,
    "facility": Facility,
    "equipment": Equipment,
    "organization": Organization,
}
# The code of an opinion opens the sender's page, so that an opinion is never named here, nor found by its code.
_ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    **{kind: (lambda model=model: model._default_manager.all()) for kind, model in _BY_NAME.items()},  # type: ignore[misc]
    "station": lambda: Station.objects.all(),
    "device": lambda: Device.objects.all(),
    "post": lambda: Post.objects.select_related("person", "place"),
    "slot": lambda: Slot.objects.select_related("bulletin"),
    "transfer": lambda: Transfer.objects.all(),
}


def kind_words() -> dict[str, str]:
    """Give each kind of record in a word."""
    return {
        "bulletin": _("Bulletin"),
        "document": _("Document"),
        "task": _("Task"),
        "place": _("Place"),
        "person": _("Person"),
        "post": _("Post"),
        "cluster": _("Cluster"),
        "station": _("Station"),
        "facility": _("Facility"),
        "equipment": _("Equipment"),
        "transfer": _("Transfer of facilities"),
        "device": _("Device"),
        "slot": _("Time on air"),
        "organization": _("Organization"),
        "feedback": _("Opinion"),
        "entry": _("Entry of the journal"),
        "lexicon_word": _("Word of the lexicon"),
    }


class Told:
    """Entries whose subjects and actors are named together, a query a kind, whenever a page of them is read.

    It has the manners of a queryset that a list needs, so that a page of the journal costs the same at any length.
    """

    def __init__(self, entries: QuerySet[Entry]) -> None:
        self._entries = entries

    @property
    def ordered(self) -> bool:
        """Tell the paginator that the order is settled: newest first."""
        return self._entries.ordered

    def filter(self, *wanted: Q, **named: Any) -> "Told":
        """Keep some entries."""
        return Told(self._entries.filter(*wanted, **named))

    def order_by(self, *fields: str) -> "Told":
        """Put the entries in another order."""
        return Told(self._entries.order_by(*fields))

    def count(self) -> int:
        """Count the entries."""
        return self._entries.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Entry]:
        return named(self._entries[part])

    def iterator(self, chunk_size: int = 2000) -> Iterator[Entry]:
        """Go through the entries, naming each chunk together."""
        entries = self._entries.iterator(chunk_size=chunk_size)
        while chunk := list(islice(entries, chunk_size)):
            yield from named(chunk)


def named(entries: Iterable[Entry]) -> list[Entry]:
    """Give entries their `subject` (what they are about, in words) and `actor_words`."""
    listed = list(entries)
    subjects = {entry.pk: Ref.parse(entry.refs[0]) for entry in listed if entry.refs}
    actors = {entry.actor: Ref.parse(entry.actor) for entry in listed if ":" in entry.actor}
    names = names_of([*subjects.values(), *actors.values()])
    holders = _holders(listed)
    kinds = kind_words()
    for entry in listed:
        ref = subjects.get(entry.pk)
        kind = kinds.get(ref.kind, ref.kind) if ref else ""
        name = names.get(str(ref), "")
        entry.subject = _("%(kind)s: %(name)s") % {"kind": kind, "name": name} if name else kind  # type: ignore[attr-defined]
        who = names.get(entry.actor) or actor_name(entry.actor)
        entry.actor_words = with_stead(who, holders.get(str(entry.data.get(STEAD, "")), ""))  # type: ignore[attr-defined]
    return listed


def _holders(entries: Iterable[Entry]) -> dict[str, str]:
    """Name the holders of the posts by which somebody acted in their stead, by 'post:ID', in one question or none."""
    posts = {ref: _key(Ref.parse(ref).id) for entry in entries if (ref := str(entry.data.get(STEAD, "")))}
    if not posts:
        return {}
    idents = [ident for ident in posts.values() if isinstance(ident, int)]
    found = Post.objects.filter(pk__in=idents).values_list("pk", "person__full_name")
    return {f"post:{ident}": name for ident, name in found}


def names_of(refs: Iterable[Ref]) -> dict[str, str]:
    """Name records, one query a kind; what is gone, or is never named, is left out."""
    wanted: dict[str, set[Any]] = defaultdict(set)
    for ref in refs:
        if ref.kind in _ROWS and (ident := _key(ref.id)) is not None:
            wanted[ref.kind].add(ident)
    found = {}
    for kind, idents in wanted.items():
        rows = _ROWS[kind]()
        # A number is no id of a record whose ids are UUIDs, and the other way round.
        is_uuid = rows.model._meta.pk.get_internal_type() == "UUIDField"
        for row in rows.filter(pk__in=[ident for ident in idents if isinstance(ident, UUID) == is_uuid]):
            found[f"{kind}:{row.pk}"] = str(row)
    return found


def _key(ident: str) -> int | UUID | None:
    if ident.isascii() and ident.isdigit() and len(ident) < 19:
        return int(ident)
    try:
        return UUID(ident)
    except ValueError:
        return None


def concerning(entries: Told, folded: str) -> Told:
    """Keep the entries about, or by, a record that the words find: by its name, or written as 'kind:id'."""
    words = folded.split()[:8]
    refs = [folded] if ":" in folded else []
    for kind, model in _BY_NAME.items():
        rows: QuerySet[Any] = model._default_manager.order_by()
        for word in words:
            rows = rows.filter(folded__contains=word)
        refs += [f"{kind}:{ident}" for ident in rows.values_list("pk", flat=True)[:MOST_FOUND]]
    about = Entry.objects.filter(links__ref__in=refs).order_by().values("pk")
    return entries.filter(
        Q(pk__in=about) | Q(actor__in=[ref for ref in refs if ref.startswith(("person:", "device:"))])
    )
