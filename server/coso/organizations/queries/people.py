"""Reading people, their posts, and whose accounts somebody manages."""

from datetime import date

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.organizations import policies
from coso.organizations.models import Person, Post


def person_name(actor: str) -> str | None:
    """Name an actor of the journal when it is a person."""
    kind, _, ident = actor.partition(":")
    if kind != "person" or not ident.isdigit():
        return None
    person = Person.objects.filter(pk=int(ident)).first()
    return person.full_name if person else None


def holder_name(actor: str) -> str | None:
    """Name the holder of a post, for whom somebody stood in ('post:12')."""
    kind, _, ident = actor.partition(":")
    if kind != "post" or not ident.isdigit():
        return None
    post = Post.objects.select_related("person").filter(pk=int(ident)).first()
    return post.person.full_name if post else None


def post_words(ident: str) -> tuple[str, str, str] | None:
    """Give a post's person, role and place in words, or None when there is no such post."""
    post = Post.objects.select_related("person", "place").filter(pk=ident).first()
    return (post.person.full_name, post.get_role_display(), post.place.name) if post else None


def posts_held(day: date | None = None) -> QuerySet[Post]:
    """List the posts held on a day (today) by people with an open account."""
    when = day or clock.today()
    return Post.objects.filter(policies.held_on(when), person__is_active=True).select_related(
        "person", "place", "organization"
    )


def people_in_role(role: str) -> Q:
    """Give the filter of people who have a role today, by a post of their own or in another's stead."""
    today = clock.today()
    held = posts_held(today).filter(role=role)
    return Q(pk__in=held.values("person")) | Q(
        pk__in=policies.deputies_on(today).filter(post__in=held).values("person")
    )


def posts_not_over(person: Person) -> QuerySet[Post]:
    """List the posts that a person holds today or is to hold on a later day."""
    return person.posts.filter(Q(held_to=None) | Q(held_to__gte=clock.today())).select_related("place")


def people_managed_by(person: Person) -> QuerySet[Person]:
    """List the people whose accounts this person may manage: a post, of any time, within his places, or none at all."""
    inside = policies.scope(person, "account.manage", "posts__place__path")
    if policies.may(person, "account.manage"):
        inside |= Q(posts=None)
    return Person.objects.filter(inside).distinct()
