"""What the page on the phone says; its scripts hold no sentence of their own."""

from django.utils.translation import gettext as _

from coso.registry.rules import answers
from coso.ui.chips import Chip, Tone


def phone() -> dict[str, str]:
    """Give every sentence by its name in the scripts; `{count}` and the like are filled in there."""
    return {
        "online": _("On the network."),
        "offline": _("Without a network. What you fill in is kept on this phone."),
        "waiting": _("{count} inspections and {photos} photos are not sent yet."),
        "nothing_waits": _("Everything is sent."),
        "sending": _("Sending…"),
        "send_now": _("Send now"),
        "kept": _("Kept on this phone at {time}."),
        "not_kept": _("This phone keeps nothing now: its memory is full or closed to pages. Do not leave this page."),
        "not_ready": _("This page works without a network after it was opened once with one."),
        "ready": _("This page works without a network now."),
        "signed_out": _("You were signed out meanwhile. Nothing is lost: sign in, then it is sent."),
        "sign_in": _("Sign in"),
        "server_away": _("The system does not answer now. It is sent later."),
        "refused": _("It was not taken: {reason}"),
        "too_big": _("It is too large to be sent."),
        "gone": _("This facility is no longer yours to fill in, or the round is gone."),
        "facilities": _("Facilities"),
        "search": _("Search by name or place"),
        "none_found": _("No facility matches."),
        "progress": _("{done} of {all} finished"),
        "back": _("Back to the list"),
        "note": _("Note"),
        "note_to": _("Note to question {number}"),
        "yes": _("Yes"),
        "no": _("No"),
        "na": _("Does not apply"),
        "optional": _("(may stay empty)"),
        "add_photo": _("Add a photo"),
        "add_photo_to": _("Add a photo to question {number}"),
        "photo_of": _("Photo {count} to question {number}"),
        "remove_photo": _("Take away"),
        "remove_photo_of": _("Take away photo {count} to question {number}"),
        "photo_too_big": _("The photo is larger than 12 MB. Take a smaller one."),
        "keep_position": _("Keep where photos are taken"),
        "keep_position_why": _("Only ticked, the place of a photo goes along; else it is removed."),
        "photos_there": _("{count} photos are with the system."),
        "missing": _("{count} questions are still open."),
        "whole": _("Every question is answered."),
        "conflict_title": _("Two people answered differently"),
        "conflict_why": _("{who} sent other answers at {time}. Choose question by question what is true."),
        "mine": _("On this phone"),
        "no_answer": _("no answer"),
        "choose": _("These answers are true"),
        "settled": _("It was settled at the desk meanwhile; what was decided there stands."),
        "other_round": _("This page was kept for somebody else. Open it with a network."),
    }


def chips() -> dict[str, Chip]:
    """Give the states that a facility has on the phone."""
    return {
        "none": Chip(_("Not looked at"), Tone.WAITING, icon="empty-circle"),
        "begun": Chip(_("Begun"), Tone.NEED, icon="draft"),
        "done": Chip(_("Finished"), Tone.DONE),
        "unsent": Chip(_("Not sent yet"), Tone.ACTIVE, icon="upload"),
        "refused": Chip(_("Not taken"), Tone.DANGER, icon="failed"),
        "conflict": Chip(_("Two versions"), Tone.DANGER, icon="split"),
        answers.YES: Chip(_("Yes"), Tone.DONE),
        answers.NO: Chip(_("No"), Tone.DANGER),
        answers.NOT_APPLICABLE: Chip(_("Does not apply"), Tone.OFF),
    }
