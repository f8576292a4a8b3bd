"""How places and clusters look: whether loudspeakers are heard there, and what is only a sample."""

from django.utils.translation import gettext as _

from coso.places.models import Level, Place
from coso.registry.models import SpeakerCluster
from coso.ui.chips import Chip, Tone


def sample_chip(record: object) -> Chip | None:
    """Mark a record that is made up for a demonstration."""
    return Chip(_("Sample"), Tone.OFF, icon="tag") if getattr(record, "is_sample", False) else None


def retired_chip(cluster: SpeakerCluster) -> Chip | None:
    """Mark a cluster that was taken down."""
    return Chip(_("Retired"), Tone.OFF) if cluster.is_retired else None


def village_chip(heard: bool) -> Chip:
    """Tell whether a village hears a cluster."""
    if heard:
        return Chip(_("Has loudspeakers"), Tone.DONE, icon="speaker")
    return Chip(_("No loudspeaker"), Tone.NEED, icon="mute")


def coverage_chip(place: Place) -> Chip:
    """Tell how far the villages of a place hear a cluster; the place comes from `queries.communes_and_villages…`."""
    every: int = place.villages_all  # type: ignore[attr-defined]
    heard: int = place.villages_heard  # type: ignore[attr-defined]
    if place.level == Level.VILLAGE:
        return village_chip(heard > 0)
    if not every:
        return Chip(_("No village entered"), Tone.WAITING)
    words = _("%(heard)s of %(all)s villages") % {"heard": heard, "all": every}
    if not heard:
        return Chip(words, Tone.NEED, icon="mute")
    return Chip(words, Tone.DONE if heard == every else Tone.ACTIVE, icon="speaker")
