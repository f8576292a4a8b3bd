"""What a label's square code opens: staff go on to the record, everybody else reads what it is and whom to ask."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coso.organizations import policies
from coso.places.models import Level, Place
from coso.registry import queries as registry
from coso.registry.models import Facility, SpeakerCluster


@require_safe
@never_cache
def label(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lead an officer to the facility or the cluster; tell a resident what stands here."""
    found = registry.by_shown_code(code.upper()) or registry.cluster_by_code(code.upper())
    if found is None:
        raise Http404
    if isinstance(found, Facility):
        page, place, what = reverse("registry:facility", args=[found.pk]), found.place, found.get_kind_display()
    else:
        page, place, what = reverse("registry:cluster", args=[found.pk]), found.station.place, _("Loudspeaker cluster")
    if policies.may(request.user, "registry.read", place):
        return redirect(page)
    return render(request, "portal/label.html", _context(request, found, place, what, page))


def _context(
    request: HttpRequest, found: Facility | SpeakerCluster, place: Place, what: str, page: str
) -> dict[str, object]:
    commune = registry.commune_of(place)
    return {
        "title": found.name,
        "sentence": f"{what} · {commune.name}",
        "found": found,
        "hours": getattr(found, "opening_hours", ""),
        "is_over": found.is_closed if isinstance(found, Facility) else found.is_retired,
        "commune": commune if commune.level == Level.COMMUNE else None,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': page})}",
        "signed_in": request.user.is_authenticated,
    }
