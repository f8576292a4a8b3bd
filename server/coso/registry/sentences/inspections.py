"""How the journal's entries and the notices about rounds, inspections and defects read."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref, number_in
from coso.notices.models import Notice
from coso.notices.ports import register_wording
from coso.registry.models import Defect, DefectState, Facility, InspectionRound


def _filled(entry: Entry) -> str:
    count = entry.data["findings"]
    if not entry.data["done"]:
        return _("A part of the questions was answered (version %(version)s).") % {"version": entry.data["version"]}
    return ngettext(
        "The inspection was filled in: %(count)s finding (version %(version)s).",
        "The inspection was filled in: %(count)s findings (version %(version)s).",
        count,
    ) % {"count": count, "version": entry.data["version"]}


def _moved(entry: Entry) -> str:
    return _("Noted the state “%(state)s”.") % {"state": dict(DefectState.choices).get(entry.data.get("to", ""), "")}


def _changed(entry: Entry) -> str:
    due = date.fromisoformat(entry.data["due_on"])
    return _("Changed who mends it or by when; the deadline is %(due)s.") % {"due": f"{due:%d/%m/%Y}"}


def _climbed(entry: Entry) -> str:
    return {
        1: _("It is overdue: the officer of the commune was told."),
        2: _("It is overdue: the leader of the commune was told."),
        3: _("It is overdue: the province was told."),
    }[entry.data["level"]]


SENTENCES: dict[str, Callable[[Entry], str]] = {
    "inspection.round_made": lambda entry: _("The round of inspection was prepared."),
    "inspection.round_edited": lambda entry: _("The round of inspection was changed."),
    "inspection.round_opened": lambda entry: (
        _("The round of inspection was opened again.")
        if entry.data.get("from") == "closed"
        else _("The round of inspection was opened; the officers of its communes were told.")
    ),
    "inspection.round_closed": lambda entry: _("The round of inspection was closed."),
    "inspection.filled": _filled,
    "inspection.conflict_kept": lambda entry: _("Other answers came; both were kept until a person chooses."),
    "inspection.conflict_settled": lambda entry: _("Chose which of two people's answers are true."),
    "inspection.photo_taken": lambda entry: _("A photo was added."),
    "inspection.photo_removed": lambda entry: _("A photo was taken away."),
    "defect.found": lambda entry: _("The inspection found it."),
    "defect.entered": lambda entry: _("The defect was noted."),
    "defect.noted": lambda entry: _("Wrote into the repair log."),
    "defect.moved": _moved,
    "defect.changed": _changed,
    "defect.climbed": _climbed,
}


def _round_opened(notice: Notice) -> str:
    found = InspectionRound.objects.filter(pk=number_in(Ref.parse(notice.ref).id)).first()
    if found is None:
        return _("A round of inspection was opened.")
    return _("Look at the facilities by %(day)s.") % {"day": f"{found.closes_on:%d/%m/%Y}"}


def _overdue(notice: Notice) -> str:
    found = Defect.objects.select_related("facility").filter(pk=number_in(Ref.parse(notice.ref).id)).first()
    facility: Facility | None = found.facility if found else None
    days = notice.data["days"]
    return ngettext(
        "A defect at %(facility)s is overdue by %(count)s day.",
        "A defect at %(facility)s is overdue by %(count)s days.",
        days,
    ) % {"facility": facility.name if facility else "", "count": days}


def _erased(entry: Entry) -> str:
    count = entry.data["files"]
    return ngettext(
        "%(count)s file that nobody keeps was erased: a photo taken off, or boundaries that were not used.",
        "%(count)s files that nobody keeps were erased: photos taken off, or boundaries that were not used.",
        count,
    ) % {"count": count}


def register() -> None:
    """Tell the journal and the notices."""
    register_sentence("registry.files_erased", _erased)
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, sentence)
    register_wording("inspection.round_opened", _round_opened)
    register_wording("defect.overdue", _overdue)
