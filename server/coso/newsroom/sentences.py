"""How the newsroom's entries of the journal, its notices and its records read to people."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Kind, register_kind
from coso.newsroom import queries
from coso.newsroom.models import Bulletin, BulletinClass, LexiconWord
from coso.notices.models import Notice
from coso.notices.ports import register_wording


def _written(entry: Entry) -> str:
    return _("Wrote the bulletin as a draft.")


def _edited(entry: Entry) -> str:
    if entry.data.get("text"):
        return _("Changed the text: revision %(revision)s.") % {"revision": entry.data.get("revision", "")}
    return _("Changed where, until when or how the bulletin goes out; the text stayed.")


def _submitted(entry: Entry) -> str:
    return _("Submitted revision %(revision)s for approval.") % {"revision": entry.data.get("revision", "")}


def _returned(entry: Entry) -> str:
    return _("Returned the bulletin for changes.")


def _approved(entry: Entry) -> str:
    return _("Approved revision %(revision)s.") % {"revision": entry.data.get("revision", "")}


def _withdrawn(entry: Entry) -> str:
    if entry.data.get("from") == "approved":
        return _("Withdrew the approved bulletin; it is not played any more.")
    return _("Dropped the bulletin before it was approved.")


def _requested(entry: Entry) -> str:
    return _("Asked for the sound of revision %(revision)s.") % {"revision": entry.data.get("revision", "")}


def _made(entry: Entry) -> str:
    return _("The sound is ready: %(seconds)s seconds.") % {"seconds": entry.data.get("seconds", "")}


def _failed(entry: Entry) -> str:
    return _("The sound could not be made.")


def _stopped(entry: Entry) -> str:
    return _("Stopped the making of the sound.")


def _recorded(entry: Entry) -> str:
    return _("Uploaded a recording for revision %(revision)s.") % {"revision": entry.data.get("revision", "")}


def _word_added(entry: Entry) -> str:
    return _("Added to the lexicon: “%(written)s” is read “%(spoken)s”.") % _word(entry)


def _word_changed(entry: Entry) -> str:
    return _("Changed the lexicon: “%(written)s” is read “%(spoken)s”.") % _word(entry)


def _word_removed(entry: Entry) -> str:
    return _("Removed from the lexicon: “%(written)s”, which was read “%(spoken)s”.") % _word(entry)


def _word(entry: Entry) -> dict[str, str]:
    return {"written": entry.data.get("written", ""), "spoken": entry.data.get("spoken", "")}


SENTENCES: dict[str, Callable[[Entry], str]] = {
    "bulletin.written": _written,
    "bulletin.edited": _edited,
    "bulletin.submitted": _submitted,
    "bulletin.returned": _returned,
    "bulletin.approved": _approved,
    "bulletin.withdrawn": _withdrawn,
    "sound.requested": _requested,
    "sound.made": _made,
    "sound.failed": _failed,
    "sound.stopped": _stopped,
    "sound.recorded": _recorded,
    "lexicon.added": _word_added,
    "lexicon.changed": _word_changed,
    "lexicon.removed": _word_removed,
}


def _notice_waiting(notice: Notice) -> str:
    if notice.data.get("rank") == BulletinClass.EMERGENCY:
        return _("An emergency bulletin waits for your approval: “%(title)s”.") % _title(notice)
    return _("A bulletin waits for your approval: “%(title)s”.") % _title(notice)


def _notice_returned(notice: Notice) -> str:
    return _("Your bulletin was returned for changes: “%(title)s”.") % _title(notice)


def _notice_approved(notice: Notice) -> str:
    return _("Your bulletin was approved: “%(title)s”.") % _title(notice)


def _notice_withdrawn(notice: Notice) -> str:
    return _("A bulletin was withdrawn: “%(title)s”.") % _title(notice)


def _notice_handed_over(notice: Notice) -> str:
    return _("A bulletin was handed over to you to go on with: “%(title)s”.") % _title(notice)


def _title(notice: Notice) -> dict[str, str]:
    return {"title": notice.data.get("title", "")}


WORDINGS: dict[str, Callable[[Notice], str]] = {
    "bulletin.waiting": _notice_waiting,
    "bulletin.returned": _notice_returned,
    "bulletin.approved": _notice_approved,
    "bulletin.withdrawn": _notice_withdrawn,
    "bulletin.handed_over": _notice_handed_over,
}


def _bulletin_name(ident: str) -> str | None:
    return Bulletin.objects.filter(pk=ident).values_list("title", flat=True).first()


def _bulletin_visible(person: object, ident: str) -> bool:
    return queries.visible_to(person).filter(pk=ident).exists()


def _bulletin_names(person: object, idents: Sequence[str]) -> dict[str, str]:
    found = queries.visible_to(person).filter(pk__in=idents).values_list("pk", "title")
    return {str(pk): title for pk, title in found}


def _word_name(ident: str) -> str | None:
    return LexiconWord.objects.filter(pk=ident).values_list("written", flat=True).first()


def register() -> None:
    """Tell the journal, the notices and the references how the newsroom's records read."""
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, sentence)
    for kind, wording in WORDINGS.items():
        register_wording(kind, wording)
    register_kind(
        "bulletin",
        Kind(
            name=_bulletin_name,
            address=lambda ident: reverse("newsroom:bulletin", args=[ident]),
            visible=_bulletin_visible,
            many=_bulletin_names,
        ),
    )
    register_kind(
        "lexicon_word",
        Kind(
            name=_word_name,
            address=lambda ident: reverse("newsroom:word", args=[ident]),
            visible=lambda person, ident: True,
        ),
    )
