"""Sample notes of the phone signal: the mountain communes have villages without any, some villages nobody has noted."""

from datetime import date

from coso.places import queries as places
from coso.places.models import Level, Place
from coso.registry.actions.coverage import note_signal
from coso.registry.models import Signal
from coso.site.demo.villages import SOURCE

# By commune: the signal in its villages one after the other; what is behind the end stays without a note.
SIGNALS = {
    "18196": "good weak weak weak good none none",
    "18199": "weak weak none weak none",
    "18073": "good good good good good good good good good",
    "18676": "good good good weak good good good",
}
ELSEWHERE = "good good weak"
DAY = date(2026, 10, 1)


def load_signals() -> None:
    """Note the sample signals that are missing; those of the communes that the demo plays in stand in the journal."""
    noted = set(Signal.objects.values_list("village_id", flat=True))
    by_commune: dict[str, list[Place]] = {}
    for village in places.now().filter(level=Level.VILLAGE).select_related("parent").order_by("code"):
        if village.parent is not None:
            by_commune.setdefault(village.parent.code, []).append(village)
    plain = []
    for commune, villages in by_commune.items():
        for village, word in zip(villages, SIGNALS.get(commune, ELSEWHERE).split(), strict=False):
            told = {"strength": word, "noted_on": DAY, "source": SOURCE, "is_sample": True}
            if village.pk in noted:
                continue
            if commune in SIGNALS:
                note_signal(by="system", village=village, **told)  # type: ignore[arg-type]
            else:
                plain.append(Signal(village=village, **told))
    Signal.objects.bulk_create(plain)
