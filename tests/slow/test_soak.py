"""A thousand devices wait at one gateway: each hears the alert, each report is kept, also through its death."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import transaction

from coso.broadcast import actions
from coso.broadcast.models import Manifest, PlayReport
from coso.devices.models import Device
from coso.journal.bus import publish
from coso.newsroom.events import BulletinApproved
from coso.newsroom.models import BulletinClass
from coso.places.models import Level
from coso.registry.models import SpeakerCluster, Station
from coso_wire import ReportKind, SigningKey
from tests.app.broadcast import support
from tests.app.gateway.system import System, wait_until
from tests.slow.crowd import Crowd, Member
from tests.support.world import place

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]

DEVICES = 1000


def crowd(system: System, many: int) -> list[Member]:
    """Enrol many devices in one commune, without the talk."""
    assert system.world is not None
    commune = place("90001", "Xã Đông", Level.COMMUNE, system.world.province)
    village = place("90001-01", "Thôn 1", Level.VILLAGE, commune)
    station = Station.objects.create(name="Đài", place=commune)
    clusters = []
    for number in range(many):
        cluster = SpeakerCluster.objects.create(code=f"D-{number:05d}", name=f"Cụm {number}", station=station)
        clusters.append(cluster)
    SpeakerCluster.villages.through.objects.bulk_create(
        SpeakerCluster.villages.through(speakercluster=cluster, place=village) for cluster in clusters
    )
    key = SigningKey.generate().verify_key.public
    devices = [
        Device(serial=cluster.code, cluster=cluster, secret=bytes([number % 256]) * 32, public_key=key)
        for number, cluster in enumerate(clusters)
    ]
    Device.objects.bulk_create(devices)
    actions.refresh_manifests(clusters)
    wait_until(lambda: not Manifest.objects.filter(signed_at=None, refused="").exists(), 60)
    return [Member(str(device.pk), bytes(device.secret)) for device in devices]


def emergency(system: System):
    """Write an emergency for the crowd's commune that a second person approved; it is not released yet."""
    assert system.world is not None
    return support.bulletin(
        system.world.editor,
        [Station.objects.get(name="Đài").place],
        approved_by=system.world.approver,
        rank=BulletinClass.EMERGENCY,
        title="Xả lũ",
    )


def release(system: System, made) -> float:
    """Release it as the approval does; give when."""
    assert system.world is not None
    began = time.monotonic()
    with transaction.atomic():
        publish(BulletinApproved(bulletin_id=made.pk, by_id=system.world.approver.pk))
    return began


def kill_whole(process) -> None:
    """Kill a program and the workers that it started, as a power cut does; a worker left alive would go on serving."""
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in [process.pid, *map(int, workers)]:
        os.kill(pid, signal.SIGKILL)
    process.wait()
    assert workers


def reported(made) -> int:
    """Count the devices whose report is kept."""
    return PlayReport.objects.filter(bulletin=made).values("device").distinct().count()


def test_a_thousand_waiting_devices_hear_an_alert_and_each_report_is_kept(system, figure):
    members = crowd(system, DEVICES)
    made = emergency(system)
    devices = Crowd(members, [support.report(made, ReportKind.START, played_ms=0) for _ in members], system.port, 120)
    wait_until(devices.are_waiting, 60)

    began = release(system, made)
    devices.join(timeout=120)

    assert len(devices.came) == DEVICES
    assert reported(made) == DEVICES
    figure("devices", DEVICES)
    figure("seconds from release to the last device", f"{max(devices.came) - began:.2f}")


def test_a_gateway_that_is_killed_during_an_alert_loses_nothing(system, figure):
    members = crowd(system, 200)
    made = emergency(system)
    gateway = system.processes[-1]
    devices = Crowd(members, [support.report(made, ReportKind.START, played_ms=0) for _ in members], system.port, 120)
    wait_until(devices.are_waiting, 60)

    release(system, made)
    kill_whole(gateway)
    system.start_gateway()
    devices.join(timeout=120)

    assert len(devices.came) == 200
    assert reported(made) == 200
    figure("devices", 200)
