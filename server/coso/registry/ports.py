"""What upper apps tell of clusters and places on the registry's pages: a state, panels, ways on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from coso.places.models import Place
from coso.registry.models import Facility, SpeakerCluster
from coso.ui.chips import Chip
from coso.ui.lists import Action

Clusters = QuerySet[SpeakerCluster]


@dataclass(frozen=True)
class Condition:
    """How clusters are doing, as the app that hears their devices knows it."""

    choices: Callable[[], Sequence[tuple[str, str]]]
    """(value, word) of each state, for a filter."""
    prepare: Callable[[Clusters], Clusters]
    """Join what `chip` reads, so that a list stays at few queries."""
    chip: Callable[[SpeakerCluster], Chip]
    narrow: Callable[[Clusters, str], Clusters]
    """Keep the clusters in one state."""
    sentence: Callable[[Clusters], tuple[int, str]]
    """Count these clusters and say how they are doing, "" when nothing is wrong: both by one question."""
    working: Callable[[Clusters], Clusters] = lambda rows: rows
    """Keep the clusters that can be heard now. One on no network nobody asks: it counts as it was stated.

    The rows may be part of a larger question (`OuterRef`): only filter them.
    """


Panel = Callable[[HttpRequest, SpeakerCluster], str]
FacilityPanel = Callable[[HttpRequest, Facility], str]
PlaceLink = Callable[[HttpRequest, Place], Action | None]
PlacePanel = Callable[[HttpRequest, Place], str]

_condition: Condition | None = None
_panels: list[tuple[int, Panel]] = []
_facility_panels: list[tuple[int, FacilityPanel]] = []
_links: list[PlaceLink] = []
_place_panels: list[tuple[int, PlacePanel]] = []


def register_condition(condition: Condition) -> None:
    """Let an app tell how clusters are doing; called from `AppConfig.ready`."""
    global _condition
    _condition = condition


def condition() -> Condition | None:
    """Give what tells how clusters are doing, when an app does."""
    return _condition


def register_cluster_panel(panel: Panel, *, order: int = 100) -> None:
    """Let an app add a panel (safe HTML; "" for none) to a cluster's page."""
    if not any(known is panel for _, known in _panels):
        _panels.append((order, panel))
        _panels.sort(key=lambda pair: pair[0])


def cluster_panels(request: HttpRequest, cluster: SpeakerCluster) -> list[str]:
    """Draw the panels that have something to say about a cluster."""
    return [html for _, panel in _panels if (html := panel(request, cluster))]


def working(clusters: Clusters) -> Clusters:
    """Keep the clusters that can be heard now, as far as an app knows; all of them when none does."""
    return _condition.working(clusters) if _condition else clusters


def register_place_panel(panel: PlacePanel, *, order: int = 100) -> None:
    """Let an app add a panel (safe HTML; "" for none) to a place's page."""
    if not any(known is panel for _, known in _place_panels):
        _place_panels.append((order, panel))
        _place_panels.sort(key=lambda pair: pair[0])


def place_panels(request: HttpRequest, place: Place) -> list[str]:
    """Draw the panels that have something to say about a place."""
    return [html for _, panel in _place_panels if (html := panel(request, place))]


def register_facility_panel(panel: FacilityPanel, *, order: int = 100) -> None:
    """Let an app, or a folder of this one, add a panel (safe HTML; "" for none) to a facility's page."""
    if not any(known is panel for _, known in _facility_panels):
        _facility_panels.append((order, panel))
        _facility_panels.sort(key=lambda pair: pair[0])


def facility_panels(request: HttpRequest, facility: Facility) -> list[str]:
    """Draw the panels that have something to say about a facility."""
    return [html for _, panel in _facility_panels if (html := panel(request, facility))]


def register_place_link(link: PlaceLink) -> None:
    """Let an app offer a way on from a place's page: its bulletins, its opinions."""
    if link not in _links:
        _links.append(link)


def place_links(request: HttpRequest, place: Place) -> list[Action]:
    """Give the ways on from a place that this person may take."""
    return [action for link in _links if (action := link(request, place)) is not None]
