"""Who may: the only place where a person's posts are compared with a right and a place.

Whoever stands in for the holder of a post has its rights while the period runs, as if the post were his. What takes
two people looks at the person, never at the post: nobody approves by another's post what he wrote himself.
"""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.organizations import rules
from coso.organizations.models import Deputy, Person, Post
from coso.places.models import Level, Place


def held_on(day: date) -> Q:
    """Give the filter of posts held on a day."""
    return (Q(held_to=None) | Q(held_to__gte=day)) & Q(held_from__lte=day)


def deputies_on(day: date) -> QuerySet[Deputy]:
    """List who stands in for whom on a day: named for it, not ended early, and the post still held."""
    held = Post.objects.filter(held_on(day), person__is_active=True)
    return Deputy.objects.filter(from_on__lte=day, to_on__gte=day, ended_at=None, post__in=held)


def posts_of(person: object) -> list[Post]:
    """List the posts whose rights a person has today, read once for each object (that is, once a request).

    His own come first; then those of others for whom he stands in (`stands_in` tells them apart).
    """
    if not isinstance(person, Person) or not person.is_active:
        return []
    held = cast("list[Post] | None", getattr(person, "_posts_today", None))
    if held is None:
        today = clock.today()
        deputised = deputies_on(today).filter(person=person).values("post")
        found = Post.objects.filter(held_on(today), Q(person=person) | Q(pk__in=deputised))
        held = sorted(found.select_related("place", "organization", "person"), key=lambda post: stands_in(person, post))
        person._posts_today = held  # type: ignore[attr-defined]
    return held


def stands_in(person: object, post: Post) -> bool:
    """Tell whether a post is another's, whose holder this person stands in for."""
    return post.person_id != getattr(person, "pk", None)


def may_by_own_post(person: object, right: str, place: Place) -> bool:
    """Tell whether a person has a right at a place by a post of his own: a deputy names no deputy."""
    own = (post for post in posts_of(person) if not stands_in(person, post))
    return _granted(person, (post for post in own if rules.may(post.role, right) and place.is_within(post.place)))


def forget(person: object) -> None:
    """Read a person's posts anew at the next question; for actions that change them."""
    vars(person).pop("_posts_today", None)


def may(person: object, right: str, place: Place | None = None) -> bool:
    """Tell whether a person has a right at a place (one of his posts covers it); without a place, anywhere."""
    if place is None:
        return any(rules.may(post.role, right) for post in posts_of(person))
    return _granted(
        person, (post for post in posts_of(person) if rules.may(post.role, right) and place.is_within(post.place))
    )


def _granted(person: object, giving: Iterable[Post]) -> bool:
    """Tell whether any post gives a right, and keep whose it is: the journal says for whom somebody stood in.

    His own come first in `posts_of`, so that nobody stands in for another where his own post is enough.
    """
    post = next(iter(giving), None)
    if post is not None and isinstance(person, Person):
        person._acts_by = post  # type: ignore[attr-defined]
    return post is not None


def post_in_stead(person: object) -> str:
    """Give the post of another by which a person got the last right that he was asked about; empty for his own.

    An action asks for the right at its place, then records what it did: the post named is that of this right.
    """
    post: Post | None = getattr(person, "_acts_by", None)
    return f"post:{post.pk}" if post is not None and stands_in(person, post) else ""


def may_name_deputy(person: object, post: Post) -> bool:
    """Tell whether a person may say who stands in: the holder, or who manages accounts there by a post of his own."""
    if not isinstance(person, Person):
        return False
    own = (one for one in posts_of(person) if one.pk == post.pk and not stands_in(person, one))
    return _granted(person, own) or post.person_id == person.pk or may_by_own_post(person, "account.manage", post.place)


def may_manage(person: object, other: Person, place: Place) -> bool:
    """Tell whether a person manages what another is at a place: by a right of his own, or in the stead of a third.

    Nobody manages himself; nor does a deputy, by the post that was lent to him, manage the one who holds it.
    """
    giving = (post for post in posts_of(person) if rules.may(post.role, "account.manage"))
    return getattr(person, "pk", None) != other.pk and _granted(
        person, (post for post in giving if place.is_within(post.place) and post.person_id != other.pk)
    )


def require(person: object, right: str, place: Place | None = None) -> None:
    """Raise NotAllowed unless the person has the right at the place."""
    if not may(person, right, place):
        raise NotAllowed(right)


def may_throughout(person: object, right: str) -> bool:
    """Tell whether a person has a right in the whole province: what is kept once for all is no commune's own."""
    giving = (post for post in posts_of(person) if rules.may(post.role, right))
    return _granted(person, (post for post in giving if post.place.level == Level.PROVINCE))


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
    """List the active people who have a right at a place, by a post there or above, or in another's stead."""
    above = [int(part) for part in place.current_path.strip("/").split("/")]
    today = clock.today()
    roles = [str(role) for role in rules.roles_with(right)]
    able = Post.objects.filter(held_on(today), role__in=roles, place__current__in=above)
    stand_ins = deputies_on(today).filter(post__in=able)
    return Person.objects.filter(Q(pk__in=able.values("person")) | Q(pk__in=stand_ins.values("person")), is_active=True)
