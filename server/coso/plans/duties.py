"""Tasks have no person of their own, only bodies that do them; what stays behind is a body nobody reports for.

Whoever takes it over gets the leaving person's post for that body: from then on he says how its tasks stand.
"""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.organizations import actions, policies, rules
from coso.organizations import queries as organizations
from coso.organizations.models import Person, Post
from coso.organizations.ports import OpenDuty
from coso.organizations.rules import Role
from coso.plans import queries

REPORT = "task.report"
RIGHT = "desk.use"
"""What a taker must have there already: anybody who works at the place may be given the post."""


def find(person: Person) -> list[OpenDuty]:
    """List the bodies with open tasks for which nobody else holds a post that reports on them."""
    mine = [post for post in _reporting(person) if post.organization_id is not None]
    bodies = {post.organization_id for post in mine} - _reported_by_others(person)
    standing = queries.open_parts(queries.all_parts()).filter(organization__in=bodies)
    # A part that is ahead is nothing anybody works on yet.
    begun = standing.filter(occurrence__period_from__lte=clock.today()).order_by()
    counts = dict(begun.values_list("organization").annotate(Count("occurrence__task", distinct=True)))
    return [
        OpenDuty(
            ref=Ref("post", str(post.pk)),
            words=ngettext(
                "%(count)s open task of %(body)s, on which nobody else reports",
                "%(count)s open tasks of %(body)s, on which nobody else reports",
                counts[post.organization_id],
            )
            % {"count": counts[post.organization_id], "body": post.organization},
            address=reverse("plans:mine"),
            place=post.place,
        )
        for post in mine
        if post.organization_id in counts
    ]


def hand_over(ref: Ref, to: Person, by: Person) -> None:
    """Give somebody the same post for the same body, beside the one who leaves; at the unit of today."""
    post = Post.objects.select_related("place__current", "organization").filter(pk=ref.id).first()
    if post is None:
        raise WrongState
    if to.pk == by.pk:
        raise BadInput(fields={"to": [_("Nobody gives a post to himself: choose somebody else.")]})
    # A commune that was merged goes on in another one; what became of a district is nobody's place.
    place = post.place.current or post.place
    actions.give_post(by=by, person=to, role=Role(post.role), place=place, organization=post.organization)


def _reporting(person: Person) -> list[Post]:
    held = organizations.posts_not_over(person).select_related("organization")
    return [post for post in held if rules.may(post.role, REPORT)]


def _reported_by_others(person: Person) -> set[int | None]:
    roles = [str(role) for role in rules.roles_with(REPORT)]
    others = Post.objects.filter(policies.held_on(clock.today()), role__in=roles, person__is_active=True)
    return set(others.exclude(person=person).values_list("organization", flat=True))
