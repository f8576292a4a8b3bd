"""Reading and hearing: the home page, a place's page, a bulletin."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.broadcast.rules.manifests import ALERT_LIFE
from coso.kit import clock
from coso.kit.ranges import serve_blob
from coso.kit.text import fold
from coso.listening import queries as listening
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin, BulletinClass
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.ui.parts import Crumb

HEARD_AT = "coso_noi"
"""Cookie with the code of the place a visitor last opened; nothing else is kept about a visitor."""

MIMES = {"mp3": "audio/mpeg", "opus": "audio/ogg"}


SOUND_FRESH_S = 300
"""A withdrawn bulletin falls silent in every cache within so many seconds."""

PLACES = (Level.COMMUNE, Level.VILLAGE)


def place_of(code: str) -> Place | None:
    """Give the commune or village of today that has a code, its parent joined; None when there is none.

    A code of then, in a cookie or on a printed sheet, leads to what its last unit became.
    """
    if not code or "\0" in code:  # PostgreSQL takes no NUL
        return None
    here = places.now().filter(code=code, level__in=PLACES).select_related("parent").first()
    if here is not None:
        return here
    former = Place.objects.filter(code=code, level__in=PLACES, current__level__in=PLACES, valid_to__isnull=False)
    last = former.select_related("current__parent").order_by("-valid_to", "-pk").first()
    return last.current if last is not None else None


def urgent_of(bulletins: QuerySet[Bulletin]) -> Bulletin | None:
    """Give the newest emergency of some public bulletins that still holds.

    One without an end of its own warns as long as loudspeakers would still play it.
    """
    lately = Q(expires_at__isnull=False) | Q(approved_at__gt=clock.now() - ALERT_LIFE)
    return bulletins.filter(lately, rank=BulletinClass.EMERGENCY).first()


def whole_name() -> str:
    """Name the province, or the system while no place is known yet: the first minute of a new installation."""
    found = places.now().filter(level=Level.PROVINCE).first()
    return found.name if found else "Cơ Sở"


def bulletins_for(place: Place) -> QuerySet[Bulletin]:
    """List the public bulletins that concern a place: its own, those of units above it, those of units under it."""
    concerns = places.hung_above(place, "areas") | places.hung_on(place, "areas")
    return newsroom.public().filter(pk__in=Bulletin.objects.filter(concerns).values("pk"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Let a visitor choose the place where he lives, or go on to the one he chose before."""
    typed = request.GET.get("q", "").strip()[:80]
    known = request.COOKIES.get(HEARD_AT, "")
    if not request.GET and (here := place_of(known)):
        return redirect("portal:place", here.code)
    found: list[Place] = []
    if typed:
        near = places.search(typed).filter(level__in=PLACES)
        found = list(near.select_related("parent").order_by("level", "sort_key")[:60])
    context = {
        "title": _("Where do you live?"),
        "place_name": whole_name(),
        "typed": typed,
        "found": found,
        "communes": [] if typed else places.communes().order_by("sort_key"),
        "urgent": urgent_of(newsroom.public()),
    }
    return render(request, "portal/home.html", context)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what concerns one commune or village, the newest to be heard first."""
    here = place_of(code)
    if here is None:
        raise Http404
    if here.code != code:
        return redirect("portal:place", here.code)
    concerning = bulletins_for(here)
    page = Paginator(concerning, 12).get_page(request.GET.get("page"))
    audible = newsroom.audible(page) if page.number == 1 else set()
    newest = next((one for one in page if one.pk in audible), None)
    count = page.paginator.count
    context = {
        "title": here.name,
        "village": here,
        "sentence": ngettext("%(count)s bulletin for you.", "%(count)s bulletins for you.", count) % {"count": count}
        if count
        else _("There is no bulletin for this place yet."),
        "newest": newest,
        "page": page,
        "villages": places.villages_of([here]) if here.level == Level.COMMUNE else [],
        "answers": listening.published(here)[:3],
        "urgent": urgent_of(concerning),
        "home_url": reverse("portal:home") + "?q=",
    }
    response = render(request, "portal/place.html", context)
    response.set_cookie(
        HEARD_AT, here.code, max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """Search the public bulletins of the whole province."""
    typed = request.GET.get("q", "").strip()[:80]
    found = newsroom.public()
    for word in fold(typed).split()[:8]:
        found = found.filter(folded__contains=word)
    page = Paginator(found, 12).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "title": _("Bulletins"),
        "place_name": whole_name(),
        "sentence": ngettext("%(count)s bulletin.", "%(count)s bulletins.", count) % {"count": count},
        "typed": typed,
        "page": page,
    }
    return render(request, "portal/bulletins.html", context)


@require_safe
def bulletin(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Show one bulletin to read and to hear."""
    found = get_object_or_404(newsroom.public().select_related("organization"), pk=bulletin_id)
    home_place = place_of(request.COOKIES.get(HEARD_AT, ""))
    areas = list(found.areas.all())
    context = {
        "title": found.title,
        "place_name": home_place.name if home_place else whole_name(),
        "sentence": _("For %(areas)s") % {"areas": ", ".join(area.name for area in areas)},
        "bulletin": found,
        "sound": newsroom.current_sound(found),
        "crumbs": [Crumb(home_place.name, reverse("portal:place", args=[home_place.code]))] if home_place else [],
    }
    return render(request, "portal/bulletin.html", context)


@require_safe
def sound(request: HttpRequest, bulletin_id: UUID, suffix: str) -> HttpResponseBase:
    """Give the sound of a public bulletin, whole or in part."""
    found = get_object_or_404(newsroom.public(), pk=bulletin_id)
    current = newsroom.current_sound(found)
    file = getattr(current, suffix, None) if current and suffix in MIMES else None
    if file is None:
        raise Http404
    try:
        return serve_blob(request, file.sha256, MIMES[suffix], public=True, fresh_s=SOUND_FRESH_S)
    except FileNotFoundError:
        raise Http404 from None
