"""Labels: choosing what gets one, and the sheets as PDF."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.refs import number_in
from coso.organizations.doors import StaffRequest, staff
from coso.registry import queries
from coso.registry.adapters.labels import print_labels
from coso.registry.models import Facility, SpeakerCluster
from coso.registry.rules import labels as rules
from coso.registry.rules.labels import Label
from coso.registry.web.facilities.listing import communes_choices, in_commune
from coso.registry.web.facilities.page import facility_crumbs

LABEL_ADDRESS = "portal:label"
"""The name of the public page that a label leads to; a page of the portal, which stands above."""


@require_safe
@staff("registry.read")
def labels(request: StaffRequest) -> HttpResponse:
    """Offer the facilities and clusters of a commune to be ticked; what the address names is ticked already."""
    communes = communes_choices(request)
    asked = request.GET.get("commune", "")
    chosen = asked if any(str(pk) == asked for pk, _name in communes) else ""
    named = {number_in(one) for one in request.GET.getlist("f")}, {number_in(one) for one in request.GET.getlist("c")}
    facilities = queries.facilities_seen_by(request.person).filter(closed_on=None)
    clusters = queries.clusters_seen_by(request.person).filter(retired_on=None)
    if chosen:
        facilities = in_commune("place")(facilities, chosen)
        clusters = in_commune("station__place")(clusters, chosen)
    elif named[0] or named[1]:
        facilities, clusters = facilities.filter(pk__in=named[0]), clusters.filter(pk__in=named[1])
    elif len(communes) > 1:
        # A whole province on one page would be thousands of boxes: a commune comes first.
        facilities, clusters = facilities.none(), clusters.none()
    context: dict[str, Any] = {
        "title": gettext("Print labels"),
        "sentence": gettext("A4 sheets with 24 labels of 70 × 37 mm. Whoever scans one sees the page of the thing."),
        "communes": communes,
        "chosen": chosen,
        "facilities": list(facilities.order_by("place__sort_key", "sort_key", "pk")[: rules.MOST]),
        "clusters": list(clusters.order_by("code")[: rules.MOST]),
        "skips": range(rules.ON_A_SHEET),
        "nowhere": request.get_host() if _is_loopback(request) else "",
        "crumbs": facility_crumbs(),
    }
    return render(request, "registry/facilities/labels.html", context)


@require_safe
@staff("registry.read")
def labels_pdf(request: StaffRequest) -> HttpResponse:
    """Give the sheets of what was ticked. What lies outside the person's scope is not there."""
    facilities = queries.facilities_seen_by(request.person).filter(
        pk__in=[number_in(one) for one in request.GET.getlist("f")[: rules.MOST]]
    )
    clusters = queries.clusters_seen_by(request.person).filter(
        pk__in=[number_in(one) for one in request.GET.getlist("c")[: rules.MOST]]
    )
    wanted = [_of_facility(request, one) for one in facilities.order_by("place__sort_key", "sort_key", "pk")]
    wanted += [_of_cluster(request, one) for one in clusters.order_by("code")]
    if not wanted:
        raise BadInput(gettext("Choose at least one label."))
    count = len(wanted[: rules.MOST])
    title = ngettext("%(count)s label", "%(count)s labels", count) % {"count": count}
    skip = number_in(request.GET.get("skip", ""))
    made = print_labels(wanted[: rules.MOST], title=title, day=clock.today(), skip=skip)
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="nhan-{clock.today():%Y-%m-%d}.pdf"'},
    )


def _is_loopback(request: HttpRequest) -> bool:
    """Tell whether the page was opened by an address that leads nowhere from a phone."""
    return urlsplit(f"//{request.get_host()}").hostname in {"localhost", "127.0.0.1", "::1"}


def address_of(request: HttpRequest, code: str) -> str:
    """Give the short public address of a code, as a phone opens it."""
    return request.build_absolute_uri(reverse(LABEL_ADDRESS, args=[code]))


def _of_facility(request: HttpRequest, one: Facility) -> Label:
    place = queries.commune_of(one.place).name
    if one.place.name != place:
        place = f"{one.place.name}, {place}"
    return Label(one.shown_code, one.name, place, address_of(request, one.shown_code), one.get_kind_display())


def _of_cluster(request: HttpRequest, one: SpeakerCluster) -> Label:
    place = queries.commune_of(one.station.place).name
    return Label(one.code, one.name, place, address_of(request, one.code), gettext("Loudspeaker cluster"))
