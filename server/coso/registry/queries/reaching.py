"""What reaches a village today: the cluster, the board, the communicator, the signal, each looked up in few steps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull

from coso.kit import clock
from coso.organizations.models import Communicator
from coso.places.models import Level, Place
from coso.registry import ports
from coso.registry.models import Facility, Signal, SignalStrength, SpeakerCluster
from coso.registry.queries.hardness import ranked
from coso.registry.rules.coverage import Channel
from coso.registry.rules.kinds import codes_of

FLAGS = {
    Channel.SPEAKER: "has_speaker",
    Channel.BOARD: "has_board",
    Channel.COMMUNICATOR: "has_communicator",
    Channel.SIGNAL: "has_signal",
}
"""The annotation that tells of each channel."""
IS_SILENT, WORKS = 0, 1
"""What `loudest` tells of a village where a cluster stands."""

# A station is heard through its clusters, a mobile team is there now and then: neither is a board or a house.
_SERVING = ("board", "house", "lending")


Villages = QuerySet[Any]
"""Places with what `annotated` tells of them; the annotations are beyond what types can say."""


@dataclass(frozen=True)
class By:
    """The villages that coverage is told by, and the communes that they are put under."""

    day: date | None = None
    """A past day whose villages are meant; None: those of today."""
    then: bool = False
    """Put the villages of a past day under their commune of that day, not under the one of today."""

    @property
    def today(self) -> str:
        """Lead from a village to what it is today, as the beginning of a lookup."""
        return "" if self.day is None else "current__"

    @property
    def commune(self) -> str:
        """Lead from a village to the commune that it is put under."""
        return "parent" if self.then else f"{self.today}parent"


TODAY = By()


def annotated(places: QuerySet[Place], by: By = TODAY) -> Villages:
    """Say of the villages among some places what reaches them; see `coverage.villages`."""
    today = clock.today()
    standing = _standing(today, by)
    rows = places.filter(level=Level.VILLAGE).annotate(
        has_speaker=Exists(ports.working(standing)),
        speaker_stands=_any(standing),
        has_board=_any(_boards(today, by)),
        has_communicator=Exists(_communicators(today, by)),
        has_signal=Exists(_signals(by)),
    )
    told: Villages = ranked(rows, today, by=by.today)
    return told


def channels_of(village: Place) -> frozenset[Channel]:
    """Give what reaches a village that `villages` gave."""
    return frozenset(channel for channel, flag in FLAGS.items() if getattr(village, flag))


def signal_of(village: Place) -> Signal | None:
    """Give what is known of the signal of a village, its own note before one of a village that it followed."""
    found = Signal.objects.filter(village__current=village.pk).order_by(
        Case(When(village=village.pk, then=Value(0)), default=Value(1)), "-noted_on"
    )
    return found.first()


def _any(rows: QuerySet[Any]) -> IsNull:
    """Tell whether there are any, by looking for the first.

    EXISTS with nothing but equal keys PostgreSQL may turn into a list of all villages of the country that have one,
    drawn up before the first row of a page; this it always looks up village by village.
    """
    return IsNull(Subquery(rows.annotate(there=Value(1)).values("there")[:1]), False)


def _standing(day: date, by: By) -> QuerySet[SpeakerCluster]:
    """List the clusters that stand for the village asked about; on its last day one is down: nothing plays there."""
    return SpeakerCluster.objects.filter(
        Q(retired_on=None) | Q(retired_on__gt=day),
        Q(installed_on=None) | Q(installed_on__lte=day),
        villages__current=OuterRef(f"{by.today}pk"),
    ).order_by()


def loudest(by: By) -> Subquery:
    """Tell of the clusters that stand for a village the one that does best; None where none stands.

    It says at once what `has_speaker` and `speaker_stands` say.
    """
    standing = _standing(clock.today(), by)
    works = Exists(ports.working(SpeakerCluster.objects.filter(pk=OuterRef("pk"))))
    told = standing.annotate(works=Case(When(works, then=Value(WORKS)), default=Value(IS_SILENT)))
    return Subquery(told.order_by("-works").values("works")[:1])


def _boards(day: date, by: By) -> QuerySet[Facility]:
    return Facility.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=day),
        Q(opened_on=None) | Q(opened_on__lte=day),
        kind__in=codes_of(*_SERVING),
        serves__current=OuterRef(f"{by.today}pk"),
    ).order_by()


def _signals(by: By) -> QuerySet[Signal]:
    """List the notes of a signal that hold: a village's own goes before those of what it followed (`signal_of`)."""
    village = f"{by.today}pk"
    own = Signal.objects.filter(village=OuterRef(OuterRef(village)))
    noted = Signal.objects.filter(Q(village=OuterRef(village)) | ~Exists(own), village__current=OuterRef(village))
    return noted.exclude(strength=SignalStrength.NONE)


def _communicators(day: date, by: By) -> QuerySet[Communicator]:
    village, commune = OuterRef(f"{by.today}pk"), OuterRef(f"{by.today}parent")
    return Communicator.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        Q(areas__current=village) | Q(areas__current=commune),
        decided_on__lte=day,
    ).order_by()
