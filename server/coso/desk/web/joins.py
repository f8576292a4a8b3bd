"""What other apps know of a cluster or a place, joined onto the registry's pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from coso.broadcast.models import PlayReport
from coso.newsroom import queries as newsroom
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Level, Place
from coso.registry.models import SpeakerCluster
from coso.registry.ports import register_cluster_panel, register_place_link
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Line

MOST_PLAYS = 8


def last_plays(request: HttpRequest, cluster: SpeakerCluster) -> str:
    """Draw what a cluster last played, or did not, as its device reported it."""
    person = request.user
    if not isinstance(person, Person) or not policies.may(person, "reach.read", cluster.station.place):
        return ""
    reports = list(
        PlayReport.objects.filter(cluster=cluster, kind__in=["end", "cut", "missed"])
        .select_related("bulletin")
        .order_by("-at", "-pk")[:MOST_PLAYS]
    )
    asked = [report.bulletin_id for report in reports if report.bulletin_id is not None]
    visible = set(newsroom.visible_to(person).filter(pk__in=asked).values_list("pk", flat=True))
    context = {"plays": [(report.at, _line(report, report.bulletin_id in visible)) for report in reports]}
    return render_to_string("desk/last_plays.html", context, request)


def _line(report: PlayReport, visible: bool) -> Line:
    chips = {
        "end": Chip(_("Played"), Tone.DONE),
        "cut": Chip(_("Cut off"), Tone.NEED),
        "missed": Chip(_("Not played"), Tone.NEED),
    }
    if report.bulletin is None or not visible:
        return Line(_("A bulletin outside your scope"), chip=chips[report.kind])
    return Line(report.bulletin.title, reverse("broadcast:reach", args=[report.bulletin.pk]), chip=chips[report.kind])


def bulletins_of(request: HttpRequest, place: Place) -> Action | None:
    """Lead to the bulletins that a place's commune hears."""
    commune = place.parent if place.level == Level.VILLAGE else place
    commune = commune.current if commune is not None else None
    if commune is None or commune.level != Level.COMMUNE:
        return None
    if not policies.may(request.user, "bulletin.read", commune):
        return None
    return Action(_("Bulletins heard here"), f"{reverse('newsroom:list')}?noi={commune.pk}")


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_cluster_panel(last_plays, order=200)
    register_place_link(bulletins_of)
