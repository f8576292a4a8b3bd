"""How labels of areas read on a page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coso.places.models import AreaLabel, LabelKind
from coso.places.queries import Ground, Held
from coso.registry.web.chips import sample_chip
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Line


def verified_chip(kind: LabelKind) -> Chip | None:
    """Mark a label whose document nobody has looked at."""
    return None if kind.is_verified else Chip(_("not verified"), Tone.WAITING, icon="help")


def known_chip(kind: LabelKind) -> Chip:
    """Tell whether somebody has looked at a label's document."""
    return verified_chip(kind) or Chip(_("verified"), Tone.DONE)


def label_chip(label: AreaLabel) -> Chip:
    """Tell whether a label holds, ended, or stays as that of a unit of then."""
    if label.valid_to is not None:
        return Chip(_("Holds no longer"), Tone.OFF)
    if label.place.valid_to is not None:
        return Chip(_("Of a unit of then"), Tone.NEED, icon="archive")
    return Chip(_("Holds"), Tone.DONE)


def held_line(held: Held) -> Line:
    """Tell one label of an area, with the decision that gives it."""
    label = held.label
    about = _("%(decision)s, since %(day)s") % {
        "decision": label.decision,
        "day": f"{label.valid_from:%d/%m/%Y}",
    }
    if held.ground == Ground.ABOVE:
        about = _("of the whole %(place)s: %(about)s") % {"place": label.place.name, "about": about}
    chip = sample_chip(label) or verified_chip(label.kind)
    if held.ground == Ground.THEN:
        about = _("of the former %(place)s: %(about)s") % {"place": label.place.name, "about": about}
        chip = Chip(_("Of a unit of then"), Tone.NEED, icon="archive")
    return Line(label.kind.name, reverse("places:label", args=[label.pk]), about, chip, label.kind.get_family_display())
