"""Noting the mobile signal of a village."""

from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Level, Place
from coso.registry.models import Signal, SignalStrength

Actor = Person | Literal["system"]
LONGEST_SOURCE = 200


@transaction.atomic
def note_signal(
    *,
    by: Actor,
    village: Place,
    strength: str,
    noted_on: date | None = None,
    source: str = "",
    is_sample: bool = False,
) -> Signal:
    """Say how well phones work in a village; what was noted before is replaced. Saying the same again writes nothing.

    Raise NotAllowed without `registry.edit` at the village, BadInput when it is none of today or the day is to come.
    """
    if by != "system":
        policies.require(by, "registry.edit", village)
    day, words = noted_on or clock.today(), squeeze(source)
    wrong: dict[str, list[str]] = {}
    if village.level != Level.VILLAGE or not village.is_valid_on(clock.today()):
        wrong[""] = [_("The signal is noted for a village or residential group of today.")]
    if strength not in SignalStrength.values:
        wrong["strength"] = [_("Choose one.")]
    if day > clock.today():
        wrong["noted_on"] = [_("Give a day that has come.")]
    if len(words) > LONGEST_SOURCE:
        wrong["source"] = [_("At most %(most)s characters.") % {"most": LONGEST_SOURCE}]
    if wrong:
        raise BadInput(fields=wrong)
    told = {"strength": strength, "noted_on": day, "source": words, "is_sample": is_sample}
    # The village's row is the lock: two people may note the first signal of one village at once.
    Place.objects.select_for_update(of=("self",)).get(pk=village.pk)
    known = Signal.objects.filter(village=village).first()
    if known is not None and all(getattr(known, name) == value for name, value in told.items()):
        return known
    signal, _made = Signal.objects.update_or_create(village=village, defaults=told)
    record("registry.signal_noted", by=by, refs=[Ref("place", str(village.pk))], data={"strength": signal.strength})
    return signal
