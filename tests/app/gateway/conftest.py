"""One running system for all tests of the gateway; each test brings its own devices."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from coso.devices.models import EnrolmentMiss
from coso.registry.models import SpeakerCluster, Station
from tests.app.gateway import system as systems
from tests.app.gateway.system import Client, System

_numbers = itertools.count(1)


@pytest.fixture(scope="package")
def _system(tmp_path_factory, django_db_blocker) -> Iterator[System]:  # type: ignore[no-untyped-def]
    from django.conf import settings

    data: Path = tmp_path_factory.mktemp("gateway")
    before = settings.DATA
    with django_db_blocker.unblock():
        settings.DATA = data
        try:
            with systems.running(data) as running:
                yield running
        finally:
            settings.DATA = before


@pytest.fixture
def system(_system, settings, django_db_blocker) -> Iterator[System]:  # type: ignore[no-untyped-def]
    """Give the running system, with this test's database connection on its database."""
    settings.DATA, settings.MEDIA = _system.data, _system.data / "media"
    with django_db_blocker.unblock(), systems.connected(_system.database):
        yield _system


@pytest.fixture
def cluster(system) -> SpeakerCluster:  # type: ignore[no-untyped-def]
    """Give a cluster of its own in a commune of its own, with one village."""
    from coso.places.models import Level
    from tests.support.world import place

    EnrolmentMiss.objects.all().delete()  # wrong codes of other tests came from this address too
    number = next(_numbers)
    commune = place(f"9{number:04d}", f"Xã Thử {number}", Level.COMMUNE, system.world.province)
    village = place(f"9{number:04d}-01", "Thôn 1", Level.VILLAGE, commune)
    station = Station.objects.create(name=f"Đài {number}", place=commune)
    made = SpeakerCluster.objects.create(code=f"T-{number}", name=f"Cụm {number}", station=station)
    made.villages.add(village)
    return made


@pytest.fixture
def client(system, cluster) -> Client:  # type: ignore[no-untyped-def]
    """Give an enrolled device of that cluster."""
    from coso.devices import actions

    code = actions.make_enrolment_code(cluster_id=cluster.pk, by=system.world.administrator)
    return Client.enrol(system.url, code, f"hop-{cluster.code}")
