"""What the side-by-side page shows of the earlier document: what became of each item, which are gone."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.documents import queries
from coso.documents.models import Document, Recurrence
from coso.documents.rules.versions import Difference, Kind
from coso.documents.web.review import Group
from coso.kit import dates
from coso.ui.chips import Chip, Tone

_CHIPS = {
    Kind.SAME: Chip(_("Unchanged"), Tone.WAITING, "check"),
    Kind.CHANGED: Chip(_("Changed"), Tone.NEED),
    Kind.NEW: Chip(_("New"), Tone.NEED, "add"),
}
_LABELS = {
    "title": _("What is to be done"),
    "lead": _("Lead units"),
    "unit": _("Units"),
    "coordinating": _("Coordinating units"),
    "implementing": _("Implementing units"),
    "items": _("What is to be done"),
    "time_text": _("Time, as the document says"),
    "due": _("Deadline"),
    "recurrence": _("Recurrence"),
}


@dataclass(frozen=True)
class Changed:
    """One value that differs: what it is, as the earlier document has it, as this one has it."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of one item."""

    chip: Chip
    values: tuple[Changed, ...] = ()
    is_same: bool = False


@dataclass(frozen=True)
class Earlier:
    """What the page says of the earlier document: chosen, proposed, or to be chosen among some."""

    chosen: Document | None
    proposed: Document | None
    choices: list[Document]
    gone: list[str]
    words: str

    @property
    def is_shown(self) -> bool:
        """Tell whether there is anything to say or to choose."""
        return bool(self.chosen or self.choices)


def compared(document: Document, shown: list[Group], editable: bool) -> tuple[list[Group], Earlier]:
    """Give the groups, each with what became of it, and what is to be said of the earlier document."""
    found = queries.differences(document)
    before = document.replaces.structure if document.replaces is not None else {}
    after = document.structure
    changes = {
        (key, one.after): _change(one, before.get(key, []), after.get(key, []))
        for key, some in found.items()
        for one in some
        if one.after is not None
    }
    gone = [
        _name(before[key][one.before])
        for key, some in found.items()
        for one in some
        if one.kind is Kind.GONE and one.before is not None
    ]
    likely = queries.likely_earlier(document) if editable and not document.earlier_decided else None
    choices = queries.amendable(document) if editable else []
    earlier = Earlier(document.replaces, likely, choices, gone, _words(found) if found else "")
    return [replace(group, change=changes.get(_place(group))) for group in shown], earlier


def _place(group: Group) -> tuple[str, int]:
    """Give which row of the structure a group shows; -1 for none."""
    origin = next((str(one.value()) for one in group.hidden if one.name == "origin"), "")
    return group.key.partition("-")[0], int(origin) if origin.isdecimal() else -1


def _change(one: Difference, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Change:
    if one.before is None or one.after is None:
        return Change(_CHIPS[one.kind])
    old, new = before[one.before], after[one.after]
    values = tuple(Changed(_LABELS[name], _said(name, old), _said(name, new)) for name in one.fields)
    return Change(_CHIPS[one.kind], values, one.kind is Kind.SAME)


def _said(name: str, row: dict[str, Any]) -> str:
    """Write a value as the form beside it does."""
    value = row.get(name) or ""
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if name == "due" and value:
        return dates.words(value)
    return str(dict(Recurrence.choices).get(value, value)) if name == "recurrence" else str(value)


def _name(row: dict[str, Any]) -> str:
    words = row.get("title") or "; ".join([*(row.get("unit") or []), *(row.get("items") or [])])
    return f"{row.get('ref') or ''} {words}".strip()


def _words(found: dict[str, list[Difference]]) -> str:
    count = Counter(one.kind for some in found.values() for one in some)
    return gettext("%(same)s unchanged, %(changed)s changed, %(new)s new, %(gone)s no longer there.") % {
        kind.value: count[kind] for kind in Kind
    }
