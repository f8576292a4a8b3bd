"""Puts places and clusters on the rail, and answers for references to them."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from coso.kit.refs import Kind, number_in, register_kind
from coso.organizations.policies import may
from coso.places.models import Change, ChangeState, Place
from coso.registry import queries
from coso.registry.models import Equipment, Facility, SpeakerCluster, Station, Transfer
from coso.registry.web.places import words
from coso.registry.web.places.changes import changes_seen_by
from coso.ui.ports import NavItem, register_nav


def _place_name(ident: str) -> str | None:
    place = Place.objects.filter(pk=number_in(ident)).first()
    return place.name if place else None


def _cluster_name(ident: str) -> str | None:
    cluster = SpeakerCluster.objects.filter(pk=number_in(ident)).first()
    return cluster.name if cluster else None


def _change_name(ident: str) -> str | None:
    change = Change.objects.filter(pk=number_in(ident)).first()
    if change is not None and change.state == ChangeState.UNDONE:
        return gettext("%(change)s, undone") % {"change": change}
    return _name_of(change)


def _name_of(record: object | None) -> str | None:
    return str(record) if record is not None else None


def _station(ident: str) -> Station | None:
    return Station.objects.select_related("place").filter(pk=number_in(ident)).first()


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_kind(
        "place",
        Kind(
            name=_place_name,
            address=lambda ident: reverse("places:place", args=[ident]),
            visible=lambda person, ident: queries.places_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "cluster",
        Kind(
            name=_cluster_name,
            address=lambda ident: reverse("registry:cluster", args=[ident]),
            visible=lambda person, ident: queries.clusters_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "station",
        Kind(
            name=lambda ident: station.name if (station := _station(ident)) else None,
            address=lambda ident: reverse("registry:facility", args=[ident]),
            visible=lambda person, ident: bool(
                (station := _station(ident)) and may(person, "registry.read", station.place)
            ),
        ),
    )
    register_kind(
        "facility",
        Kind(
            name=lambda ident: _name_of(Facility.objects.filter(pk=number_in(ident)).first()),
            address=lambda ident: reverse("registry:facility", args=[ident]),
            visible=lambda person, ident: queries.facilities_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "equipment",
        Kind(
            name=lambda ident: _name_of(Equipment.objects.filter(pk=number_in(ident)).first()),
            address=lambda ident: reverse("registry:equipment", args=[ident]),
            visible=lambda person, ident: queries.equipment_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "transfer",
        Kind(
            name=lambda ident: _name_of(Transfer.objects.filter(pk=number_in(ident)).first()),
            address=lambda ident: reverse("registry:transfer", args=[ident]),
            visible=lambda person, ident: queries.transfers_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    register_kind(
        "change",
        Kind(
            name=_change_name,
            address=lambda ident: reverse("places:change", args=[ident]),
            visible=lambda person, ident: changes_seen_by(person).filter(pk=number_in(ident)).exists(),
        ),
    )
    words.register()
    register_nav(
        NavItem(
            key="registry",
            label=gettext_lazy("Registry"),
            icon="facility",
            url_name="registry:facilities",
            order=70,
            right=lambda request: may(request.user, "registry.read"),
        )
    )
    register_nav(
        NavItem(
            key="places",
            label=gettext_lazy("Places"),
            icon="place",
            url_name="places:places",
            order=80,
            right=lambda request: may(request.user, "place.read"),
        )
    )
