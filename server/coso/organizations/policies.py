"""Who may: the only place where a person's posts are compared with a right and a place."""

from collections.abc import Iterable
from typing import cast

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.organizations import rules
from coso.organizations.models import Person, Post
from coso.places.models import Level, Place


def posts_of(person: object) -> list[Post]:
    """List the posts a person holds today, read once for each object (that is, once a request)."""
    if not isinstance(person, Person) or not person.is_active:
        return []
    held = cast("list[Post] | None", getattr(person, "_posts_today", None))
    if held is None:
        today = clock.today()
        held = list(
            person.posts.filter(Q(held_to=None) | Q(held_to__gte=today), held_from__lte=today).select_related(
                "place", "organization"
            )
        )
        person._posts_today = held  # type: ignore[attr-defined]
    return held


def forget(person: object) -> None:
    """Read a person's posts anew at the next question; for actions that change them."""
    vars(person).pop("_posts_today", None)


def may(person: object, right: str, place: Place | None = None) -> bool:
    """Tell whether a person has a right at a place (one of his posts covers it); without a place, anywhere."""
    return any(
        rules.may(post.role, right) and (place is None or place.is_within(post.place)) for post in posts_of(person)
    )


def require(person: object, right: str, place: Place | None = None) -> None:
    """Raise NotAllowed unless the person has the right at the place."""
    if not may(person, right, place):
        raise NotAllowed(right)


def may_throughout(person: object, right: str) -> bool:
    """Tell whether a person has a right in the whole province: what is kept once for all is no commune's own."""
    return any(rules.may(post.role, right) and post.place.level == Level.PROVINCE for post in posts_of(person))


def require_throughout(person: object, right: str) -> None:
    """Raise NotAllowed unless the person has the right in the whole province."""
    if not may_throughout(person, right):
        raise NotAllowed(right)


def may_everywhere(person: object, right: str, places: Iterable[Place]) -> bool:
    """Tell whether a person has a right at each of several places, at least one."""
    listed = list(places)
    return bool(listed) and all(may(person, right, place) for place in listed)


def places_with(person: object, right: str) -> list[Place]:
    """List the places at which a person has a right by a post of his; everything under them is meant too."""
    return [post.place for post in posts_of(person) if rules.may(post.role, right)]


def scope(person: object, right: str, path_field: str) -> Q:
    """Give the filter of records whose place lies within the person's right; empty when he has it nowhere.

    `path_field` names the place's path from the filtered model: 'path', 'place__path'. What hangs on a unit of then
    belongs to whoever has the unit of today.
    """
    here = f"{path_field.removesuffix('path')}current_path__startswith"
    inside = Q(pk__in=[])
    for place in places_with(person, right):
        inside |= Q(**{here: place.current_path})
    return inside


def scope_overlap(person: object, right: str, prefix: str) -> Q:
    """Give the filter of records whose place lies within the person's right, or contains it.

    A provincial bulletin concerns a commune officer too. `prefix` names the place from the filtered model: 'areas'.
    """
    inside = scope(person, right, f"{prefix}__path")
    above = {
        int(part)
        for place in places_with(person, right)
        for part in place.current_path.strip("/").split("/")
        if part.isdigit()
    }
    return inside | Q(**{f"{prefix}__current__in": above})


def people_with(right: str, place: Place) -> QuerySet[Person]:
    """List the active people who have a right at a place, by a post there or above."""
    above = [int(part) for part in place.current_path.strip("/").split("/")]
    today = clock.today()
    return Person.objects.filter(
        Q(posts__held_to=None) | Q(posts__held_to__gte=today),
        is_active=True,
        posts__held_from__lte=today,
        posts__role__in=[str(role) for role in rules.roles_with(right)],
        posts__place__current__in=above,
    ).distinct()
