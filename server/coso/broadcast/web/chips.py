"""How slots and villages look."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coso.broadcast.models import Slot
from coso.broadcast.queries import VillageReach
from coso.channels.rules import Ground, State
from coso.ui.chips import Chip, Tone

TONES = {
    State.PLAYED: Tone.DONE,
    State.TOLD: Tone.DONE,
    State.SHOWN: Tone.DONE,
    State.PENDING: Tone.WAITING,
    State.NOT_REACHED: Tone.NEED,
}


def state_words() -> dict[State, str]:
    """Name each state of a village."""
    return {
        State.PLAYED: _("Played"),
        State.TOLD: _("Told"),
        State.SHOWN: _("Shown"),
        State.PENDING: _("Pending"),
        State.NOT_REACHED: _("Not reached"),
    }


def ground_words() -> dict[Ground, str]:
    """Say on what ground a village counts as reached."""
    return {
        Ground.SIGNED: _("signed by the device"),
        Ground.REPORTED: _("reported by the device, signature still to come"),
        Ground.STATED: _("stated by a named person"),
        Ground.NONE: "",
    }


def reach_chip(row: VillageReach) -> Chip:
    """Give the chip of a village."""
    return Chip(state_words()[row.state], TONES[row.state])


def slot_chip(slot: Slot, now: datetime) -> Chip:
    """Give the chip of a slot."""
    if slot.cancelled_at:
        return Chip(_("Taken off"), Tone.OFF)
    if slot.starts_at > now:
        return Chip(_("To come"), Tone.WAITING, icon="scheduled")
    if slot.ends_at > now:
        return Chip(pgettext("slot", "On air"), Tone.ACTIVE)
    return Chip(_("Over"), Tone.OFF, icon="done")
