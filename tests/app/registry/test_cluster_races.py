"""A station is closed while a cluster is put up under it: one is told, and no cluster stands at a closed station."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from coso.kit.errors import BadInput, WrongState
from coso.registry import actions
from coso.registry.models import Facility, SpeakerCluster
from tests.support.races import Other, database_of_two
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def two(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Let two connections meet."""
    with database_of_two(tmp_path):
        yield


def _station(world: World) -> Facility:
    """Give the station, on which nothing stands any more."""
    for cluster in SpeakerCluster.objects.filter(station=world.clusters[0].station):
        actions.retire_cluster(by=world.officer, cluster=cluster, retired_on=TODAY)
    return Facility.objects.get(pk=world.clusters[0].station_id)


def _adds(world: World) -> Other:
    station = world.clusters[0].station
    return Other(
        lambda: actions.add_cluster(
            by=world.officer, station=station, code="SK1-09", name="Cụm mới", villages=world.villages[:1]
        )
    )


def test_a_cluster_put_up_while_its_station_is_being_closed_is_refused(world: World) -> None:
    station, other = _station(world), _adds(world)

    with transaction.atomic():
        actions.close_facility(by=world.officer, facility=station, closed_on=TODAY)
        assert other.begin().waits

    assert isinstance(other.done(), BadInput)
    assert not SpeakerCluster.objects.filter(code="SK1-09").exists()


def test_a_station_closed_while_a_cluster_is_being_put_up_stays_open(world: World) -> None:
    station = _station(world)
    other = Other(lambda: actions.close_facility(by=world.officer, facility=station, closed_on=TODAY))

    with transaction.atomic():
        actions.add_cluster(
            by=world.officer, station=world.clusters[0].station, code="SK1-09", name="Cụm mới",
            villages=world.villages[:1],
        )  # fmt: skip
        assert other.begin().waits

    assert isinstance(other.done(), BadInput)
    assert Facility.objects.get(pk=station.pk).closed_on is None


def test_a_cluster_put_up_again_while_its_station_is_being_closed_is_refused(world: World) -> None:
    station, cluster = _station(world), SpeakerCluster.objects.get(pk=world.clusters[0].pk)
    other = Other(lambda: actions.restore_cluster(by=world.officer, cluster=cluster))

    with transaction.atomic():
        actions.close_facility(by=world.officer, facility=station, closed_on=TODAY)
        assert other.begin().waits

    assert isinstance(other.done(), WrongState)
    assert SpeakerCluster.objects.get(pk=cluster.pk).is_retired
