"""How the journal's entries and the notices about reminders read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.notices.models import Notice
from coso.notices.ports import register_wording, send_along
from coso.organizations.models import Organization
from coso.plans.models import ReminderLevel
from coso.plans.words import rule_words

REMINDED = "part.reminded"


def _reminded(entry: Entry) -> str:
    body = Organization.objects.filter(pk=entry.data.get("body") or 0).first()
    count = entry.data.get("told", 0)
    if not count:
        return _("%(body)s was to be reminded, but nobody there has an account.") % {"body": body or ""}
    return ngettext(
        "Reminded %(body)s of its part; %(count)s person was told.",
        "Reminded %(body)s of its part; %(count)s people were told.",
        count,
    ) % {"body": body or "", "count": count}


def _rule_set(entry: Entry) -> str:
    level = dict(ReminderLevel.choices).get(entry.data["level"], "")
    return _("Reminders go out %(day)s; told: %(level)s.") % {"day": rule_words(entry.data["days"]), "level": level}


def _rule_dropped(entry: Entry) -> str:
    return _("No reminders go out %(day)s any more.") % {"day": rule_words(entry.data["days"])}


def _told(notice: Notice) -> str:
    """Say how much time is left, as it was when the reminder went out; its own words follow."""
    days, body, words = notice.data.get("days"), notice.data.get("body", ""), notice.data.get("words", "")
    if days is None:
        said = _("Reminder: %(body)s has a part to do.") % {"body": body}
    elif days > 0:
        said = ngettext(
            "Reminder: the part of %(body)s is due in %(count)s day.",
            "Reminder: the part of %(body)s is due in %(count)s days.",
            days,
        ) % {"body": body, "count": days}
    elif days == 0:
        said = _("Reminder: the part of %(body)s is due today.") % {"body": body}
    else:
        said = ngettext(
            "Reminder: the part of %(body)s is %(count)s day late.",
            "Reminder: the part of %(body)s is %(count)s days late.",
            -days,
        ) % {"body": body, "count": -days}
    return f"{said} “{words}”" if words else said


def register() -> None:
    """Tell the journal and the notices; reminders go out by other routes too, unless a person turns them off."""
    register_sentence(REMINDED, _reminded)
    register_sentence("reminder.rule_set", _rule_set)
    register_sentence("reminder.rule_dropped", _rule_dropped)
    register_sentence("calendar.address_made", lambda _entry: _("Made the address of the own calendar."))
    register_sentence("calendar.address_withdrawn", lambda _entry: _("Withdrew the address of the own calendar."))
    register_sentence("task.commitment_opened", lambda _entry: _("Opened the task to residents as a commitment."))
    register_sentence("task.commitment_withdrawn", lambda _entry: _("Withdrew the commitment from the public page."))
    register_wording(REMINDED, _told)
    send_along(REMINDED)
