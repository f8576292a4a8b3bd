"""Reading organizations and people."""

from datetime import date

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.kit.text import fold, squeeze
from coso.organizations import policies
from coso.organizations.models import Organization, Person, Post


def person_name(actor: str) -> str | None:
    """Name an actor of the journal when it is a person."""
    kind, _, ident = actor.partition(":")
    if kind != "person" or not ident.isdigit():
        return None
    person = Person.objects.filter(pk=int(ident)).first()
    return person.full_name if person else None


def post_words(ident: str) -> tuple[str, str, str] | None:
    """Give a post's person, role and place in words, or None when there is no such post."""
    post = Post.objects.select_related("person", "place").filter(pk=ident).first()
    return (post.person.full_name, post.get_role_display(), post.place.name) if post else None


def organizations_on(day: date) -> QuerySet[Organization]:
    """List the organizations valid on a day (an empty date is open)."""
    return Organization.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )


def by_name(typed: str, day: date) -> QuerySet[Organization]:
    """Find the organizations whose whole name or short name is the typed one, with or without marks."""
    wanted = fold(typed)
    close = [o.pk for o in organizations_on(day).filter(folded__contains=wanted) if wanted in _names(o)]
    return Organization.objects.filter(pk__in=close)


def _names(organization: Organization) -> set[str]:
    return {fold(organization.name), fold(squeeze(organization.short_name))}


def posts_held(day: date | None = None) -> QuerySet[Post]:
    """List the posts held on a day (today) by people with an open account."""
    when = day or clock.today()
    return Post.objects.filter(
        Q(held_to=None) | Q(held_to__gte=when), held_from__lte=when, person__is_active=True
    ).select_related("person", "place", "organization")


def posts_not_over(person: Person) -> QuerySet[Post]:
    """List the posts that a person holds today or is to hold on a later day."""
    return person.posts.filter(Q(held_to=None) | Q(held_to__gte=clock.today())).select_related("place")


def people_managed_by(person: Person) -> QuerySet[Person]:
    """List the people whose accounts this person may manage: a post, of any time, within his places, or none at all."""
    inside = policies.scope(person, "account.manage", "posts__place__path")
    if policies.may(person, "account.manage"):
        inside |= Q(posts=None)
    return Person.objects.filter(inside).distinct()
