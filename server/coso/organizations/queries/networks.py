"""Reading the three networks: within what a person may see, by village, and the areas that have nobody."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies
from coso.organizations.models import Communicator, InformationOfficer, NetworkMember, Person, Reporter
from coso.organizations.rules import Network
from coso.places import queries as places
from coso.places.models import Level, Place

MODELS: dict[Network, type[NetworkMember]] = {
    Network.COMMUNICATORS: Communicator,
    Network.REPORTERS: Reporter,
    Network.INFORMATION_OFFICERS: InformationOfficer,
}


def network_of(member: NetworkMember) -> Network:
    """Tell in which network somebody stands."""
    return next(network for network, model in MODELS.items() if isinstance(member, model))


def members(network: Network) -> QuerySet[NetworkMember]:
    """List everybody of a network, of any time, with place joined, areas and languages prefetched.

    Of place and areas the units of today are at hand too.
    """
    rows: QuerySet[Any] = MODELS[network]._default_manager.select_related("place__current")
    if network == Network.INFORMATION_OFFICERS:
        rows = rows.select_related("organization")
    return rows.prefetch_related(Prefetch("areas", Place.objects.select_related("current")), "languages")


def serving(day: date | None = None) -> Q:
    """Give the filter of the members who serve on a day (today): recognised by then, and not ended."""
    when = day or clock.today()
    return Q(Q(ended_on=None) | Q(ended_on__gte=when), decided_on__lte=when)


def members_seen_by(person: object, network: Network) -> QuerySet[NetworkMember]:
    """List the members of a network within a person's right to read it."""
    return members(network).filter(policies.scope(person, "network.read", "place__path"))


def get_member(person: object, network: Network, member_id: int) -> NetworkMember:
    """Give one member within a person's scope. Raise NotFound."""
    found = members_seen_by(person, network).select_related("person").filter(pk=member_id).first()
    if found is None:
        raise NotFound
    return found


def communicators_of(villages: Iterable[Place], day: date | None = None) -> QuerySet[Communicator]:
    """List the communicators who serve these villages of today on a day (today), their areas prefetched.

    Who serves a village of then is found under the one that followed it.
    """
    ids = [village.pk for village in villages]
    return Communicator.objects.filter(serving(day), areas__current__in=ids).distinct().prefetch_related("areas")


def villages_with_communicator(day: date | None = None) -> QuerySet[Place]:
    """List the villages valid on a day (today) that a communicator serves; one query, usable inside another."""
    when = day or clock.today()
    return places.at(when).filter(Q(level=Level.VILLAGE) & _has_member(Network.COMMUNICATORS, when))


def areas_without(network: Network, day: date | None = None) -> QuerySet[Place]:
    """List the areas of a day (today) that nobody of a network serves: villages, of reporters the communes.

    Who serves a whole commune serves its villages; who serves the whole province is counted for none of them.
    """
    when = day or clock.today()
    level = Level.COMMUNE if network == Network.REPORTERS else Level.VILLAGE
    rows = places.at(when).filter(level=level).exclude(_has_member(network, when)).select_related("parent")
    return rows.order_by("parent__sort_key", "sort_key", "pk")


def _has_member(network: Network, day: date) -> Q:
    """Give the filter of villages or communes that a member serves, by the units of today."""
    # `areas.through` has a column named after the model: communicator, reporter, informationofficer.
    model = MODELS[network]
    links = model.areas.through._default_manager
    name = model._meta.model_name
    held = Q(**{f"{name}__ended_on": None}) | Q(**{f"{name}__ended_on__gte": day})
    here = links.filter(held, **{f"{name}__decided_on__lte": day})
    if network == Network.REPORTERS:
        within = Q(place__current_id=OuterRef("current_id")) | Q(place__current__parent_id=OuterRef("current_id"))
    else:
        within = Q(place__current_id=OuterRef("current_id")) | Q(place__current_id=OuterRef("current__parent_id"))
    return Q(Exists(here.filter(within)))


def communicator_accounts(place: Place) -> QuerySet[Person]:
    """List the people who hold a communicator's post within a place today: whose account a member may be linked to."""
    today = clock.today()
    return Person.objects.filter(
        Q(posts__held_to=None) | Q(posts__held_to__gte=today),
        is_active=True,
        posts__role="communicator",
        posts__held_from__lte=today,
        posts__place__current_path__startswith=place.current_path,
    ).distinct()
