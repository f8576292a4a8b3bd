"""How the journal's entries and the notices about copies read."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.notices.models import Notice
from coso.notices.ports import register_wording


def _sent(entry: Entry) -> str:
    count = entry.data.get("count", 0)
    return ngettext("Sent the document on: %(count)s copy.", "Sent the document on: %(count)s copies.", count) % {
        "count": count
    }


def _recipients(entry: Entry) -> str:
    count = entry.data.get("count", 0)
    return ngettext("Wrote to whom it goes: %(count)s line.", "Wrote to whom it goes: %(count)s lines.", count) % {
        "count": count
    }


def _reminded(entry: Entry) -> str:
    count = entry.data.get("count", 0)
    return ngettext(
        "Reminded %(count)s person at the bodies that have not received or answered it.",
        "Reminded %(count)s people at the bodies that have not received or answered it.",
        count,
    ) % {"count": count}


def _received(entry: Entry) -> str:
    body, number = entry.data.get("body", ""), entry.data.get("number", "")
    if not number:
        return _("%(body)s received the document.") % {"body": body}
    return _("%(body)s received the document as number %(number)s.") % {"body": body, "number": number}


def _of_body(words: str) -> dict[str, str]:
    return {"body": words}


def register() -> None:
    """Word the entries and the notices."""
    register_sentence("copy.recipients", _recipients)
    register_sentence("copy.sent", _sent)
    register_sentence("copy.reminded", _reminded)
    register_sentence("copy.received", _received)
    register_sentence(
        "copy.handed_over",
        lambda entry: _("Handed the copy for %(body)s over.") % _of_body(entry.data.get("to", "")),
    )
    register_sentence(
        "copy.read", lambda entry: _("%(body)s read the document.") % _of_body(entry.data.get("body", ""))
    )
    register_sentence("copy.answered", lambda entry: _("%(body)s answered.") % _of_body(entry.data.get("body", "")))
    register_sentence(
        "copy.climbed",
        lambda entry: _("Told that the answer of %(body)s is late.") % _of_body(entry.data.get("body", "")),
    )
    register_wording("copy_sent", _came)
    register_wording("copy_reminded", _remember)
    register_wording(
        "copy_overdue", lambda notice: _("The answer to %(document)s is %(days)s days late.") % _data(notice)
    )
    register_wording(
        "copy_overdue_sender",
        lambda notice: _("%(body)s has not answered %(document)s; its answer is %(days)s days late.") % _data(notice),
    )
    register_wording("copy_answered", lambda notice: _("%(body)s answered %(document)s.") % _data(notice))


def _data(notice: Notice) -> dict[str, object]:
    names = ("document", "title", "body", "days")
    return {name: notice.data.get(name, "") for name in names}


def _day(notice: Notice) -> str:
    return f"{date.fromisoformat(notice.data['answer_due']):%d/%m/%Y}" if notice.data.get("answer_due") else ""


def _came(notice: Notice) -> str:
    if day := _day(notice):
        words = _("%(document)s came in, “%(title)s”. An answer is asked until %(day)s.")
        return words % {**_data(notice), "day": day}
    return _("%(document)s came in, “%(title)s”.") % _data(notice)


def _remember(notice: Notice) -> str:
    if day := _day(notice):
        words = _("You are reminded of %(document)s: receive it, read it and answer until %(day)s.")
        return words % {**_data(notice), "day": day}
    return _("You are reminded of %(document)s: receive and read it.") % _data(notice)
