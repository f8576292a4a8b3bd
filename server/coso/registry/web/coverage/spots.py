"""“Put a cluster here: who hears it?” Up to three spots side by side; the address is the question, nothing is kept."""

import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import text
from coso.organizations.doors import StaffRequest, staff
from coso.registry.queries import what_if as queries
from coso.registry.rules.coverage import RANGE_M
from coso.registry.rules.spots import Spot
from coso.registry.web.coverage.forms import LONGEST_M, SHORTEST_M, SpotForm
from coso.registry.web.coverage.ways import ways_for
from coso.registry.web.coverage.words import COVERAGE, speaker_chip, tone_of, village_chip
from coso.ui import show
from coso.ui.parts import Circle, Crumb, Point

MOST_SPOTS = 3
MOST_SUGGESTIONS = 10
MOST_FOUND = 10
LETTERS = "ABC"
_SPOT = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?),(\d{2,4})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """One spot that was asked about."""

    latitude: float
    longitude: float
    range_m: int

    def written(self) -> str:
        """Write it as the address holds it."""
        return f"{_degrees(self.latitude)},{_degrees(self.longitude)},{self.range_m}"


@dataclass(frozen=True)
class Shown:
    """A spot with its answer."""

    letter: str
    asked: Asked
    answer: queries.Answer
    without_url: str
    """The same question without this spot."""
    position: str
    gain: str
    rows: list[Any]
    """(Reached, Chip, metres) of the villages that gain, and of those whose loudspeakers are silent."""
    hearing: list[Any]
    """The same of those that hear a loudspeaker today."""


@require_safe
@staff("registry.read")
def what_if(request: StaffRequest) -> HttpResponseBase:
    """Answer who would hear a cluster at each spot, and offer the spots that would bring most."""
    asked = _asked(request)
    is_sent = "latitude" in request.GET or "longitude" in request.GET
    form = SpotForm(request.GET if is_sent else None, initial=_initial(asked))
    if is_sent and form.is_valid():
        made = Asked(
            round(form.cleaned_data["latitude"], 5),
            round(form.cleaned_data["longitude"], 5),
            form.cleaned_data["range_m"],
        )
        # The oldest goes when a fourth comes.
        return redirect(_address([one for one in asked if one != made][-(MOST_SPOTS - 1) :] + [made]))
    villages = queries.located_villages(request.person)
    shown = [_shown(letter, one, asked, villages) for letter, one in zip(LETTERS, asked, strict=False)]
    context = {
        "title": gettext("Where would a cluster help?"),
        "sentence": _sentence(shown),
        "crumbs": [Crumb(_("Coverage"), reverse("registry:coverage"))],
        "ways": ways_for(request),
        "form": form,
        "kept": [one.written() for one in asked],
        "is_full": len(asked) == MOST_SPOTS,
        "spots": shown,
        "circles": [Circle(one.letter, one.asked.latitude, one.asked.longitude, one.asked.range_m) for one in shown],
        "points": [_point(village) for village in villages],
        "keys": list(COVERAGE.items()),
        "areas_url": reverse("registry:map-areas"),
        "range_m": _range(request, asked),
        "find": (find := text.squeeze(request.GET.get("find", ""))[:100]),
        "found": _found(find, villages, asked, _range(request, asked)) if find else [],
        "suggestions": _suggestions(villages, asked, _range(request, asked)),
    }
    return render(request, "registry/coverage/what_if.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> list[Asked]:
    """Read the spots of the address; what makes no sense there is left aside."""
    found = []
    for written in request.GET.getlist("spot")[:20]:
        if match := _SPOT.fullmatch(written):
            one = Asked(float(match[1]), float(match[2]), int(match[3]))
            if abs(one.latitude) <= 90 and abs(one.longitude) <= 180 and SHORTEST_M <= one.range_m <= LONGEST_M:
                found.append(one)
    return list(dict.fromkeys(found))[:MOST_SPOTS]


def _range(request: HttpRequest, asked: list[Asked]) -> int:
    """Give the range that suggestions are sought for: the one typed, else that of the last spot."""
    typed = request.GET.get("range_m", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and SHORTEST_M <= int(typed) <= LONGEST_M:
        return int(typed)
    return asked[-1].range_m if asked else RANGE_M


def _initial(asked: list[Asked]) -> dict[str, Any]:
    return {"range_m": asked[-1].range_m if asked else RANGE_M}


def _address(asked: list[Asked]) -> str:
    written = urlencode([("spot", one.written()) for one in asked])
    return f"{reverse('registry:what-if')}?{written}" if written else reverse("registry:what-if")


def _with(asked: list[Asked], made: Asked) -> str:
    """Add a spot to the question; the oldest goes when a fourth comes."""
    return _address([*[one for one in asked if one != made][-(MOST_SPOTS - 1) :], made])


def _shown(letter: str, one: Asked, asked: list[Asked], villages: list[Any]) -> Shown:
    answer = queries.answer(Spot(one.latitude, one.longitude), one.range_m, villages)
    rows = [(found, speaker_chip(found.village), math.ceil(found.distance_m)) for found in answer.reached]
    return Shown(
        letter=letter,
        asked=one,
        answer=answer,
        without_url=_address([other for other in asked if other != one]),
        position=f"{show.number(one.latitude, 5)}; {show.number(one.longitude, 5)}",
        gain=_gain(answer.people, len(answer.gaining)),
        rows=[row for row in rows if not row[0].village.has_speaker],
        hearing=[row for row in rows if row[0].village.has_speaker],
    )


def _gain(people: int, villages: int) -> str:
    """Say how many gain; of villages whose population is not known only their number."""
    if not villages:
        return gettext("Nobody gains")
    told = {"people": show.number(people), "villages": show.number(villages)}
    if not people:
        return gettext("%(villages)s villages gain") % told
    return gettext("%(people)s people of %(villages)s villages gain") % told


def _sentence(shown: list[Shown]) -> str:
    if not shown:
        return gettext("Choose a spot and a range; nothing is stored, and the address can be sent to others.")
    best = max(shown, key=lambda one: one.answer.people)
    told = {"spot": best.letter, "people": show.number(best.answer.people), "villages": len(best.answer.gaining)}
    if not best.answer.gaining:
        return gettext("At none of these spots does anybody gain who has no loudspeaker.")
    if len(shown) == 1:
        return gettext("A cluster here brings a loudspeaker to %(people)s people of %(villages)s villages.") % told
    return gettext("Spot %(spot)s brings most: %(people)s people of %(villages)s villages.") % told


def _point(village: Any) -> Point:
    chip = village_chip(village)
    name = f"{village.name}, {village.parent.name}"
    return Point(village.code, name, village.latitude, village.longitude, tone_of(village), chip.word, shape="village")


def _found(find: str, villages: list[Any], asked: list[Asked], range_m: int) -> list[dict[str, Any]]:
    """Find villages by name, with or without marks, each with the address that asks about it."""
    terms = text.fold(find).split()[:8]
    hits = [one for one in villages if all(term in f"{one.folded} {one.parent.folded}" for term in terms)]
    hits.sort(key=lambda one: (one.parent.sort_key, one.sort_key))
    return [
        {"village": one, "url": _with(asked, _here(one, range_m)), "chip": village_chip(one)}
        for one in hits[:MOST_FOUND]
    ]


def _suggestions(villages: list[Any], asked: list[Asked], range_m: int) -> list[dict[str, Any]]:
    best = queries.suggestions(villages, range_m, MOST_SUGGESTIONS)
    return [
        {
            "village": village,
            "gain": _gain(found.people, len(found.gained)),
            "url": _with(asked, _here(village, range_m)),
        }
        for village, found in best
    ]


def _here(village: Any, range_m: int) -> Asked:
    return Asked(round(village.latitude, 5), round(village.longitude, 5), range_m)


def _degrees(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")
