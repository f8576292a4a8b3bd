"""How the journal's entries and the notices about tasks, occurrences and parts read."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref, number_in
from coso.notices.models import Notice
from coso.notices.ports import register_wording
from coso.organizations.models import Organization
from coso.plans.models import Part, TaskState
from coso.plans.rules import shape_of
from coso.plans.words import period_words


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d/%m/%Y}" if written else ""


def _body(entry: Entry) -> str:
    """Name the body that an entry is about, as it is called now."""
    found = Organization.objects.filter(pk=entry.data.get("body") or 0).first()
    return found.name if found else ""


def _moved(entry: Entry) -> str:
    return _("Noted the state “%(state)s”.") % {"state": dict(TaskState.choices).get(entry.data.get("to", ""), "")}


def _opened(entry: Entry) -> str:
    told = []
    for first, last in entry.data["periods"]:
        begins, ends = date.fromisoformat(first), date.fromisoformat(last) if last else None
        told.append(period_words(begins, ends) if ends and shape_of(begins, ends) else "")
    named = "; ".join(one for one in told if one)
    parts = {"count": entry.data["parts"], "periods": named}
    if not named:
        return ngettext("Opened with %(count)s part.", "Opened with %(count)s parts.", parts["count"]) % parts
    return (
        ngettext(
            "Opened for %(periods)s, with %(count)s part in all.",
            "Opened for %(periods)s, with %(count)s parts in all.",
            parts["count"],
        )
        % parts
    )


def _part_changed(entry: Entry) -> str:
    words = {"body": _body(entry), "due": _day(entry.data.get("due", ""))}
    if not words["due"]:
        return _("Changed the part of %(body)s; it has the deadline of the task.") % words
    return _("Changed the part of %(body)s; its deadline is %(due)s.") % words


SENTENCES: dict[str, Callable[[Entry], str]] = {
    "plan.tasks_made": lambda entry: _("%(count)s tasks and duties became work.") % {"count": entry.data.get("count")},
    "task.evidence_attached": lambda entry: _("Attached what was made for the task."),
    "task.moved": _moved,
    "task.occurrences_opened": _opened,
    "task.closed": lambda entry: _("The document was withdrawn: the task asks nothing of anybody any more."),
    "task.ended": lambda entry: _("%(document)s orders the task no more: it asks nothing of anybody.") % entry.data,
    "task.rhythm_set": lambda entry: (
        _("Set how often the task is reported on: from %(day)s.") % {"day": _day(entry.data["from"])}
    ),
    "task.period_added": lambda entry: _("Added an earlier period of the task."),
    "task.unit_named": lambda entry: (
        _("“%(name)s” stands for %(body)s.") % {"name": entry.data.get("name", ""), "body": _body(entry)}
    ),
    "part.given": lambda entry: _("Gave %(body)s a part of the task.") % {"body": _body(entry)},
    "part.changed": _part_changed,
    "part.dropped": lambda entry: _("Took the part of %(body)s away.") % {"body": _body(entry)},
    "part.reported": lambda entry: (
        _("%(body)s reported: %(percent)s %% done.") % {"body": _body(entry), "percent": entry.data["percent"]}
    ),
    "part.done": lambda entry: _("%(body)s reported its part as done.") % {"body": _body(entry)},
    "part.returned": lambda entry: _("Gave the part back to %(body)s: it is not done yet.") % {"body": _body(entry)},
    "part.file_added": lambda entry: (
        _("%(body)s handed in the file “%(file)s”.") % {"body": _body(entry), "file": entry.data["file"]}
    ),
    "part.file_removed": lambda entry: _("Took the file “%(file)s” away.") % {"file": entry.data["file"]},
    "part.blocked": lambda entry: _("%(body)s said what stands in its way.") % {"body": _body(entry)},
    "part.unblocked": lambda entry: _("What stood in the way of %(body)s is gone.") % {"body": _body(entry)},
    "part.extension_asked": lambda entry: (
        _("%(body)s asked for a deadline of %(day)s.") % {"body": _body(entry), "day": _day(entry.data["until"])}
    ),
    "part.extension_granted": lambda entry: (
        _("Granted %(body)s the deadline of %(day)s.") % {"body": _body(entry), "day": _day(entry.data["until"])}
    ),
    "part.extension_refused": lambda entry: (
        _("Refused %(body)s the deadline of %(day)s.") % {"body": _body(entry), "day": _day(entry.data["until"])}
    ),
}


def _unit(notice: Notice) -> str:
    part = Part.objects.select_related("organization").filter(pk=number_in(Ref.parse(notice.ref).id)).first()
    return part.organization.name if part else ""


def _shared(notice: Notice) -> str:
    count = notice.data["count"]
    return ngettext(
        "A plan was confirmed: %(count)s part of it falls to your unit.",
        "A plan was confirmed: %(count)s parts of it fall to your unit.",
        count,
    ) % {"count": count}


NOTICES: dict[str, Callable[[Notice], str]] = {
    "plan.parts_shared": _shared,
    "plan.closed": lambda notice: (
        _("%(document)s was withdrawn: your unit's parts of it need not be done any more.") % notice.data
    ),
    "task.came_up": lambda notice: _("A task of your unit came up again."),
    "part.given": lambda notice: _("Your unit was given a part of a task."),
    "part.changed": lambda notice: _("The part of your unit was changed; read it again."),
    "part.dropped": lambda notice: _("A part was taken away from your unit."),
    "part.returned": lambda notice: _("A part came back to your unit: it is not done yet."),
    "part.blocked": lambda notice: _("%(body)s asks for help with its part.") % {"body": _unit(notice)},
    "part.unblocked": lambda notice: _("What stood in the way of your unit's part is gone."),
    "part.extension_asked": lambda notice: (
        _("%(body)s asks for a later deadline; it waits for your answer.") % {"body": _unit(notice)}
    ),
    "part.extension_granted": lambda notice: (
        _("The later deadline was granted: %(day)s.") % {"day": _day(notice.data["until"])}
    ),
    "part.extension_refused": lambda notice: _("The later deadline was refused."),
}


def register() -> None:
    """Tell the journal and the notices."""
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, sentence)
    for kind, wording in NOTICES.items():
        register_wording(kind, wording)
