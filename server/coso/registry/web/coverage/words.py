"""How coverage reads: the chips of villages and channels, the colours of communes, the names of classes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coso.places.models import LabelKind
from coso.registry.models import Signal, SignalStrength
from coso.registry.queries import reaching
from coso.registry.rules.coverage import Channel, Tally
from coso.ui import show
from coso.ui.chips import Chip, Tone

CHANNELS = {
    Channel.SPEAKER: gettext_lazy("Loudspeaker that works"),
    Channel.BOARD: gettext_lazy("Board or house"),
    Channel.COMMUNICATOR: gettext_lazy("Communicator"),
    Channel.SIGNAL: gettext_lazy("Phone signal"),
}

HEARD, OTHERWISE, NOTHING = Tone.DONE, Tone.ACTIVE, Tone.NEED
COVERAGE = {
    HEARD: gettext_lazy("Hears a loudspeaker"),
    OTHERWISE: gettext_lazy("Other channels only"),
    NOTHING: gettext_lazy("Not covered"),
}

_ICONS = {HEARD: "speaker", OTHERWISE: "active", NOTHING: "mute"}
COMMUNES = {
    Tone.DONE: gettext_lazy("every village is reached"),
    Tone.ACTIVE: gettext_lazy("half of the villages or more are reached"),
    Tone.NEED: gettext_lazy("fewer than half of the villages are reached"),
}


def tone_of(village: Any) -> Tone:
    """Give the state of a village that `coverage.villages` gave."""
    if village.has_speaker:
        return HEARD
    return OTHERWISE if reaching.channels_of(village) else NOTHING


def village_chip(village: Any) -> Chip:
    """Tell in a word how a village is reached."""
    tone = tone_of(village)
    return Chip(COVERAGE[tone], tone, icon=_ICONS[tone])


def speaker_chip(village: Any) -> Chip:
    """Tell whether loudspeakers reach a village, and whether those that stand there work."""
    if village.has_speaker:
        return Chip(_("Works"), Tone.DONE, icon="speaker")
    if village.speaker_stands:
        return Chip(_("Stands, is silent"), Tone.NEED, icon="offline")
    return Chip(_("None"), Tone.OFF, icon="mute")


def signal_chip(signal: Signal | None) -> Chip:
    """Tell how well phones work in a village."""
    if signal is None:
        return Chip(_("Not noted yet"), Tone.WAITING, icon="help")
    tone = {SignalStrength.NONE: Tone.NEED, SignalStrength.WEAK: Tone.ACTIVE, SignalStrength.GOOD: Tone.DONE}
    known = SignalStrength(signal.strength)
    return Chip(known.label, tone[known], icon="offline" if known == SignalStrength.NONE else "online")


def class_of(rank: int, kinds: Sequence[LabelKind]) -> str:
    """Name a class of difficulty by its rank; "" for none."""
    return kinds[rank].name if rank < len(kinds) else ""


def commune_tone(tally: Tally) -> Tone:
    """Give the colour of a commune."""
    if not tally.missing:
        return Tone.DONE
    return Tone.ACTIVE if 2 * tally.covered >= tally.villages else Tone.NEED


def sentence(tally: Tally) -> str:
    """Say where coverage stands, with what is not known."""
    if not tally.villages:
        return _("No village is entered yet.")
    told = {
        "covered": show.number(tally.covered),
        "villages": show.number(tally.villages),
        "missing": show.number(tally.missing),
    }
    if tally.missing:
        said = _("%(covered)s of %(villages)s villages are reached by some channel; %(missing)s by none.") % told
    else:
        said = _("All %(villages)s villages are reached by some channel.") % told
    if tally.silent:
        said += " " + ngettext(
            "In %(count)s village loudspeakers stand and none works.",
            "In %(count)s villages loudspeakers stand and none works.",
            tally.silent,
        ) % {"count": show.number(tally.silent)}
    if tally.unknown:
        said += " " + ngettext(
            "The population of %(count)s village is not known; its people are in no figure here.",
            "The population of %(count)s villages is not known; their people are in no figure here.",
            tally.unknown,
        ) % {"count": show.number(tally.unknown)}
    if tally.samples:
        said += " " + _("There are samples among the villages.")
    return said
