"""How a copy stands, for who sent it and for who received it."""

from django.utils.translation import gettext as _

from coso.documents.models import Copy, CopyForm
from coso.kit import clock
from coso.ui.chips import Chip, Tone


def for_sender(copy: Copy) -> Chip:
    """Give the chip of a copy as its sender sees it: amber or red where somebody must be reminded."""
    if copy.answered_at is not None:
        return Chip(_("Answered"), Tone.DONE)
    if copy.received_at is None and copy.read_at is None:
        by_hand = copy.form == CopyForm.PAPER or copy.organization_id is None
        return Chip(_("Not handed over yet") if by_hand else _("Not received yet"), Tone.NEED)
    if copy.answer_due is not None:
        return _awaited(copy, Tone.WAITING)
    if copy.read_at is not None:
        return Chip(_("Was read"), Tone.DONE)
    return Chip(_("Was received"), Tone.ACTIVE)


def for_receiver(copy: Copy) -> Chip:
    """Give the chip of a copy as its body sees it: amber where it is its turn."""
    if copy.answered_at is not None:
        return Chip(_("Answered"), Tone.DONE)
    if copy.read_at is None:
        return Chip(_("Not read yet"), Tone.NEED)
    if copy.answer_due is not None:
        return _awaited(copy, Tone.NEED)
    return Chip(_("Was read"), Tone.DONE)


def _awaited(copy: Copy, tone: Tone) -> Chip:
    if copy.answer_due is not None and copy.answer_due < clock.today():
        return Chip(_("Answer is late"), Tone.DANGER, "late")
    return Chip(_("Waits for an answer"), tone)
