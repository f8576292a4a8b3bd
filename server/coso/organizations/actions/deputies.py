"""Naming who stands in for the holder of a post for a period, and ending it early."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.journal.bus import publish
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.refs import Ref
from coso.organizations import policies, queries
from coso.organizations.events import DeputyEnded, DeputyNamed
from coso.organizations.models import Deputy, Person, Post


@transaction.atomic
def name_deputy(*, by: Person, post: Post, person: Person, from_on: date, to_on: date, decision: str = "") -> Deputy:
    """Let somebody stand in for the holder of a post, with its rights, from the first to the last day.

    The holder himself names him, or who manages accounts there by a post of his own: a deputy names no deputy.
    Nobody names himself. Raise BadInput with sentences by field.
    """
    locked = Post.objects.select_for_update(of=("self",)).select_related("person", "place").get(pk=post.pk)
    if not policies.may_name_deputy(by, locked):
        raise NotAllowed("account.manage")
    if not queries.posts_not_over(locked.person).filter(pk=locked.pk).exists() or not locked.person.is_active:
        raise WrongState(_("This post has ended already."))
    wrong = _wrong_days(locked, from_on, to_on)
    if faults := _wrong_person(by, locked, person):
        wrong["person"] = faults
    if wrong:
        raise BadInput(fields=wrong)
    deputy = Deputy.objects.create(
        post=locked, person=person, from_on=from_on, to_on=to_on, decision=decision.strip(), named_by=by
    )
    policies.forget(person)
    publish(DeputyNamed(deputy_id=deputy.pk))
    record("deputy.named", by=by, refs=_refs(deputy))
    return deputy


@transaction.atomic
def end_deputy(*, by: Person, deputy: Deputy, reason: str = "") -> Deputy:
    """End it at once, before its last day: by the holder, by who may name a deputy there, or by the deputy himself."""
    locked = (
        Deputy.objects.select_for_update(of=("self",)).select_related("post__place", "post__person").get(pk=deputy.pk)
    )
    if by.pk != locked.person_id and not policies.may_name_deputy(by, locked.post):
        raise NotAllowed("account.manage")
    if locked.ended_at is not None or locked.to_on < clock.today():
        raise WrongState(_("Nobody stands in by this any more."))
    return cut_short(locked, by=by, reason=reason)


def cut_short(deputy: Deputy, *, by: Person, reason: str = "") -> Deputy:
    """End a deputy that is not over; the rights end at once. Whoever calls has asked whether he may."""
    deputy.ended_at = clock.now()
    deputy.save(update_fields=["ended_at"])
    policies.forget(deputy.person)
    publish(DeputyEnded(deputy_id=deputy.pk))
    record("deputy.ended", by=by, refs=_refs(deputy), reason=reason)
    return deputy


def _wrong_days(post: Post, from_on: date, to_on: date) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if from_on < clock.today():
        wrong["from_on"] = [_("The first day must not lie in the past.")]
    elif from_on < post.held_from:
        wrong["from_on"] = [_("The post is not held before %(day)s.") % {"day": f"{post.held_from:%d/%m/%Y}"}]
    if to_on < from_on:
        wrong["to_on"] = [_("The last day must not lie before the first.")]
    elif post.held_to is not None and to_on > post.held_to:
        wrong["to_on"] = [_("The post itself ends on %(day)s.") % {"day": f"{post.held_to:%d/%m/%Y}"}]
    elif other := queries.deputies_not_over(post).filter(from_on__lte=to_on, to_on__gte=from_on).first():
        said = {"person": other.person.full_name, "from": f"{other.from_on:%d/%m/%Y}", "to": f"{other.to_on:%d/%m/%Y}"}
        wrong["from_on"] = [_("%(person)s stands in from %(from)s to %(to)s already.") % said]
    return wrong


def _wrong_person(by: Person, post: Post, person: Person) -> list[str]:
    if person.pk == post.person_id:
        return [_("Nobody stands in for himself.")]
    if person.pk == by.pk:
        return [_("Nobody names himself.")]
    if not person.is_active:
        return [_("This account is closed already.")]
    if not queries.may_stand_in(post).filter(pk=person.pk).exists():
        return [_("Choose somebody who holds a post there or in the same body.")]
    return []


def _refs(deputy: Deputy) -> list[Ref]:
    # The person who stands in, the post, its holder: on each of their pages it is told.
    return [
        Ref("deputy", str(deputy.pk)), Ref("person", str(deputy.person_id)),
        Ref("post", str(deputy.post_id)), Ref("person", str(deputy.post.person_id)),
    ]  # fmt: skip
