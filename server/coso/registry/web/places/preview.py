"""The page between filling in and confirming: what ends, what begins, who is counted where, what hangs on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from coso.kit import clock
from coso.organizations.doors import StaffRequest
from coso.places import queries as units
from coso.places.actions.changes import words
from coso.places.models import Place
from coso.places.rules.changes import New, Plan
from coso.registry.web.places import history
from coso.ui import show
from coso.ui.parts import Crumb


@dataclass(frozen=True)
class Beginning:
    """One unit that begins, and of what it is made."""

    new: New
    above: str
    origins: str
    divided: str
    """The units below a divided one that this one takes; empty when nothing is divided."""


def preview(request: StaffRequest, plan: Plan, title: str | Promise, crumbs: list[Crumb]) -> HttpResponse:
    """Show a plan; the form's own values go along hidden, so that confirming says the same again."""
    old = Place.objects.select_related("parent").in_bulk(plan.ends)
    beginnings = _beginnings(plan, old)
    named = [old[ident] for ident in plan.about]
    context = {
        "title": title,
        "sentence": _sentence(plan),
        "plan": plan,
        "ends": [(one, history.span_words(one)) for one in named],
        "beginnings": beginnings,
        "is_divided": any(one.divided for one in beginnings),
        "along": along_words(along) if (along := len(plan.ends) - len(plan.about)) else "",
        "sums": _sums(named, beginnings),
        "notes": [words.note(note) for note in plan.notes],
        "hanging": units.hanging_on(plan.ends),
        "is_planned": plan.from_on > clock.today(),
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "confirmed", "again"}
            for value in values
        ],
        "crumbs": crumbs,
    }
    return render(request, "registry/places/preview.html", context)


def _sentence(plan: Plan) -> str:
    day = {"day": f"{plan.from_on:%d/%m/%Y}"}
    if plan.from_on > clock.today():
        return gettext("Nothing is changed yet. Confirmed, it takes force by itself on %(day)s.") % day
    return gettext("Nothing is changed yet. Confirmed, it is in force at once, from %(day)s.") % day


def _beginnings(plan: Plan, old: dict[int, Place]) -> list[Beginning]:
    above = Place.objects.in_bulk({new.parent for new in plan.begins if new.parent is not None})
    found = []
    taken = _taken(plan)
    for key in plan.leads:
        new = plan.new(key)
        origins = [
            f"{old[link.old].name} ({show.number(round(link.share * 100, 1))} %)"
            if link.share is not None
            else old[link.old].name
            for link in plan.links
            if link.new == key
        ]
        lies_under = above[new.parent].name if new.parent in above else ""
        divided = [old[ident].name for ident in taken.get(key, ())]
        found.append(Beginning(new, lies_under, ", ".join(origins), ", ".join(divided)))
    return found


def _taken(plan: Plan) -> dict[int, list[int]]:
    """Say which units that lay under a divided one go under which lead (its key)."""
    parts = Counter(link.old for link in plan.links if link.old in plan.about)
    divided = {ident for ident, many in parts.items() if many > 1}
    from_them = {link.new for link in plan.links if link.old in divided}
    if not divided:
        return {}
    under = {new.key: new.parent_key for new in plan.begins if new.parent_key in from_them}
    taken: dict[int, list[int]] = {}
    own = set(Place.objects.filter(parent__in=divided).values_list("pk", flat=True))
    for link in plan.links:
        if link.old in own and (lead := under.get(link.new)) is not None:
            taken.setdefault(lead, []).append(link.old)
    return taken


def _sums(named: list[Place], beginnings: list[Beginning]) -> list[tuple[str, float | None, float | None]]:
    """Give population, households and area before and after; None where one of them is unknown."""
    if not beginnings:
        return []
    return [
        (gettext("Population"), _sum([p.population for p in named]), _sum([b.new.population for b in beginnings])),
        (gettext("Households"), _sum([p.households for p in named]), _sum([b.new.households for b in beginnings])),
        (gettext("Area, km²"), _sum([p.area_km2 for p in named]), _sum([b.new.area_km2 for b in beginnings])),
    ]


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def along_words(count: int) -> str:
    """Say how many units go along under the new ones."""
    return ngettext(
        "%(count)s unit under them goes along, with its code and name.",
        "%(count)s units under them go along, with their codes and names.",
        count,
    ) % {"count": count}
