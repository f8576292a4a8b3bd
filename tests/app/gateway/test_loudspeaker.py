"""The real loudspeaker program over the real wire: what it plays comes back as reach, on its ground."""

import subprocess
from datetime import timedelta

import pytest
from django.db import transaction

from coso.broadcast import actions, queries
from coso.devices.actions import make_enrolment_code
from coso.journal.bus import publish
from coso.kit import clock
from coso.newsroom.events import BulletinApproved, BulletinWithdrawn
from coso.newsroom.models import BulletinClass, BulletinState
from tests.app.broadcast import support
from tests.app.gateway.system import BIN, events, tone, wait_until


@pytest.fixture
def home(system, cluster, tmp_path):
    """Give the home of a loudspeaker that runs."""
    folder = tmp_path / "loa"
    code = make_enrolment_code(cluster_id=cluster.pk, by=system.world.administrator)
    subprocess.run(
        [
            str(BIN / "coso-agent"), "enrol", "--server", system.url, "--code", code,
            "--serial", f"loa-{cluster.code}", "--home", str(folder),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )  # fmt: skip
    agent = system.start(
        str(BIN / "coso-agent"), "run", "--home", str(folder), "--output", f"wav:{folder / 'heard.wav'}"
    )
    wait_until(lambda: _events(folder, "manifest"), 30)
    yield folder
    agent.terminate()
    agent.wait(timeout=10)


def _events(home, name):
    return [event for event in events(home) if event.get("event") == name]


def _bulletin(system, cluster, rank, *, seconds=1.5):
    made = support.bulletin(
        system.world.editor, [cluster.station.place], approved_by=system.world.approver, rank=rank, title="Xả lũ"
    )
    made.sounds.all().delete()
    support.sound(made, duration_ms=int(seconds * 1000), data=tone(seconds))
    return made


def _announce(event):
    """Publish as the newsroom does: in a transaction."""
    with transaction.atomic():
        publish(event)


def _reach(bulletin):
    [row] = queries.reach_of(bulletin)
    return (row.state, row.ground)


def test_a_scheduled_bulletin_is_played_and_the_village_accounted_for(system, cluster, home):
    bulletin = _bulletin(system, cluster, BulletinClass.NORMAL)

    slot = actions.schedule_bulletin(
        bulletin_id=bulletin.pk,
        place_id=cluster.station.place.pk,
        starts_at=clock.now() + timedelta(seconds=3),
        by=system.world.editor,
    )

    assert _reach(bulletin) == ("pending", "none")
    wait_until(lambda: _reach(bulletin) == ("played", "signed"), 30)
    [first] = _events(home, "first_sample")
    assert first["item_id"] == str(slot.pk)
    [row] = queries.reach_of(bulletin)
    assert row.by_whom == cluster.name
    assert abs(row.played_at - slot.ends_at) < timedelta(seconds=10)


def test_an_emergency_sounds_at_once_and_stops_when_it_is_withdrawn(system, cluster, home):
    bulletin = _bulletin(system, cluster, BulletinClass.EMERGENCY, seconds=60)

    _announce(BulletinApproved(bulletin_id=bulletin.pk, by_id=system.world.approver.pk))
    wait_until(lambda: _events(home, "first_sample"), 15)
    bulletin.state = BulletinState.WITHDRAWN
    bulletin.save()
    _announce(BulletinWithdrawn(bulletin_id=bulletin.pk, by_id=system.world.approver.pk))

    wait_until(lambda: _events(home, "cut"), 15)
    [cut] = _events(home, "cut")
    assert cut["reason"] == "cancelled"
    assert _events(home, "refused") == []
    wait_until(lambda: bulletin.reports.filter(kind="cut").exists(), 15)
    assert _reach(bulletin) == ("not_reached", "none")
