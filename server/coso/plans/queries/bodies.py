"""Which bodies of today stand for those that a document names, and who speaks for them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q, QuerySet

from coso.kit import clock
from coso.organizations import policies, rules
from coso.organizations import queries as bodies
from coso.organizations.models import Organization, Person, Post
from coso.places import queries as places
from coso.plans.models import Task
from coso.plans.policies import place_of

REPORT = "task.report"


class Heirs:
    """The bodies of today that hold the duties of others, read once for many of them."""

    @cached_property
    def _single(self) -> dict[int, int | None]:
        return bodies.heirs_on(clock.today())

    @cached_property
    def _units(self) -> dict[int, list[int]]:
        return places.all_successors(clock.today())

    @cached_property
    def _committees(self) -> dict[int, int]:
        """Map each unit of today to its people's committee."""
        kinds = ("commune_authority", "district_authority", "provincial_authority")
        found = bodies.organizations_on(clock.today()).filter(kind__in=kinds).exclude(place=None)
        return {place: pk for pk, place in found.values_list("pk", "place_id") if place is not None}

    def of(self, body: Organization) -> tuple[int, ...]:
        """Give the bodies that hold today what was this one's: itself, what followed it, or nobody known.

        The people's committee of an abolished district has no single heir: the committees of the communes that lie
        there today hold its duties.
        """
        heir = self._single.get(body.pk)
        if heir is not None:
            return (heir,)
        if body.place_id is None or not body.kind.endswith("_authority"):
            return ()
        units = self._units.get(body.place_id, [])
        return tuple(self._committees[unit] for unit in units if unit in self._committees)


def reporters_of(body: Organization) -> QuerySet[Person]:
    """List the active people who report for a body: by a post for it, else by one for nobody in particular there."""
    return _speaking(body, REPORT)


def readers_of(body: Organization) -> QuerySet[Person]:
    """List the active people who hold a post for a body and read its tasks, its leaders among them."""
    return _speaking(body, "task.read")


def leaders_of(body: Organization) -> QuerySet[Person]:
    """List the active people who lead a body: whoever approves its papers."""
    return _speaking(body, "paper.approve")


def _speaking(body: Organization, right: str) -> QuerySet[Person]:
    today = clock.today()
    for_it = Q(organization__in=[one.pk for one in bodies.held_by(body.on(today) or body)])
    if body.place is not None:
        for_it |= Q(organization=None, place__current=body.place.current_id or body.place_id)
    able = _posts_with(right).filter(for_it)
    stand_ins = policies.deputies_on(today).filter(post__in=able)
    return Person.objects.filter(Q(pk__in=able.values("person")) | Q(pk__in=stand_ins.values("person")), is_active=True)


def _posts_with(right: str) -> QuerySet[Post]:
    roles = [str(role) for role in rules.roles_with(right)]
    return Post.objects.filter(policies.held_on(clock.today()), role__in=roles)


def reporters_of_many(wanted: Iterable[int]) -> dict[int, set[int]]:
    """Map each of some bodies of today to the people, by id, who report for it; in a few questions for all of them."""
    found = {body.pk: body for body in Organization.objects.filter(pk__in=set(wanted)).select_related("place")}
    at_place: dict[int | None, list[int]] = defaultdict(list)
    for pk, body in found.items():
        if body.place is not None:
            at_place[body.place.current_id or body.place_id].append(pk)
    heirs = bodies.heirs_on(clock.today())
    people: dict[int, set[int]] = {pk: set() for pk in found}
    stand_ins: dict[int, set[int]] = defaultdict(set)
    for post, person in policies.deputies_on(clock.today()).values_list("post_id", "person_id"):
        stand_ins[post].add(person)
    posts = _posts_with(REPORT).filter(person__is_active=True)
    for pk, holder, body_id, place in posts.values_list("pk", "person_id", "organization_id", "place__current_id"):
        for heir in at_place[place] if body_id is None else [heirs.get(body_id) or body_id]:
            if heir in people:
                people[heir] |= {holder} | stand_ins[pk]
    return people


def owners_of(task: Task) -> QuerySet[Person]:
    """List the people who share a task out."""
    return policies.people_with("task.assign", place_of(task))


def bodies_that_may_help(words: Iterable[str] = ()) -> QuerySet[Organization]:
    """List the bodies of today, those whose names hold some folded words."""
    found = bodies.organizations_on(clock.today())
    for word in words:
        found = found.filter(folded__contains=word)
    return found
