"""Figures of places, stations and clusters, by the unit on which each was recorded."""

from collections import Counter
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coso.places.models import Level
from coso.places.ports import Figure, register_figure
from coso.places.queries import figures
from coso.registry.models import SpeakerCluster, Station


def stations(day: date) -> dict[int, int]:
    """Count the stations that stood on a day; one whose opening is not known, since its unit began."""
    standing = Station.objects.filter(
        Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gte=day), place__valid_from__lte=day
    )
    return dict(Counter(standing.order_by().values_list("place_id", flat=True)))


def clusters(day: date) -> dict[int, int]:
    """Count the loudspeaker clusters that stood on a day, each at its station's unit."""
    standing = SpeakerCluster.objects.filter(
        Q(installed_on=None) | Q(installed_on__lte=day),
        Q(retired_on=None) | Q(retired_on__gte=day),
        station__place__valid_from__lte=day,
    )
    return dict(Counter(standing.order_by().values_list("station__place_id", flat=True)))


def register() -> None:
    """Called from `AppConfig.ready`."""
    for figure in (
        Figure("thon", _("Villages and groups"), lambda day: figures.units_of(day, Level.VILLAGE), order=10),
        Figure("xa", _("Communes and wards"), lambda day: figures.units_of(day, Level.COMMUNE), order=20),
        Figure("dan-so", _("Population"), lambda day: figures.people(day, "population"), order=30),
        Figure("so-ho", _("Households"), lambda day: figures.people(day, "households"), order=40),
        Figure("dai", _("Stations"), stations, order=50),
        Figure("cum-loa", _("Loudspeaker clusters"), clusters, order=60),
    ):
        register_figure(figure)
