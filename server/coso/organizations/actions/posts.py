"""Giving and ending posts."""

from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.events import PostEnded, PostGiven
from coso.organizations.models import Organization, Person, Post
from coso.organizations.rules import Role
from coso.places.models import Place

Actor = Person | Literal["system"]


@transaction.atomic
def give_post(
    *,
    by: Actor,
    person: Person,
    role: Role,
    place: Place,
    organization: Organization | None = None,
    held_from: date | None = None,
    decision: str = "",
) -> Post:
    """Give a person a role at a place and everything under it, from a day on (today).

    Nobody gives a post to himself: a right that decides over others comes from somebody else.
    """
    today = clock.today()
    locked = Person.objects.select_for_update().get(pk=person.pk)
    _require(by, locked, place)
    if not locked.is_active:
        raise WrongState(_("This account is closed already."))
    if not place.is_valid_on(today):
        raise BadInput(fields={"place": [_("%(place)s does not exist any more.") % {"place": place.name}]})
    if Post.objects.filter(person=locked, role=role, place=place, held_to=None).exists():
        raise BadInput(_("%(person)s holds this post already.") % {"person": locked.full_name})
    post = Post.objects.create(
        person=locked,
        role=role,
        place=place,
        organization=organization,
        held_from=held_from or today,
        decision=decision,
    )
    policies.forget(person)
    publish(PostGiven(post_id=post.pk))
    record("post.given", by=by, refs=_refs(post), data={"role": str(role)})
    return post


@transaction.atomic
def end_post(*, by: Actor, post: Post, last_day: date | None = None, reason: str = "") -> Post:
    """End a post. Without a last day its rights end at once."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    today = clock.today()
    _require(by, locked.person, locked.place)
    if locked.held_to is not None and locked.held_to < today:
        raise WrongState(_("This post has ended already."))
    if last_day is not None and last_day < today:
        raise BadInput(fields={"last_day": [_("The last day must not lie in the past.")]})
    # Last days count, so rights that must end at once ended yesterday, also those of a post given today.
    locked.held_to = last_day or today - timedelta(days=1)
    locked.save(update_fields=["held_to"])
    policies.forget(post.person)
    publish(PostEnded(post_id=locked.pk))
    record("post.ended", by=by, refs=_refs(locked), reason=reason)
    return locked


def _require(by: Actor, person: Person, place: Place) -> None:
    if by == "system":
        return
    if not policies.may_manage(by, person, place):
        raise NotAllowed("account.manage")


def _refs(post: Post) -> list[Ref]:
    return [
        Ref("post", str(post.pk)), Ref("person", str(post.person_id)), Ref("place", str(post.place_id)),
    ]  # fmt: skip
