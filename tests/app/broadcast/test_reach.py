"""Every village accounted for: from what devices report and sign and what people state, each with its ground."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.broadcast import actions, queries
from coso.broadcast.models import LogEntry, PlayReport, Slot
from coso.broadcast.queries import reach
from coso.channels import actions as channels
from coso.channels.ports import channel
from coso.channels.testing import ChannelContract
from coso.devices.models import Device
from coso.kit import clock
from coso.newsroom.models import BulletinClass, BulletinState
from coso.places.models import Level
from coso.registry.models import SpeakerCluster
from coso_wire import LogKind, ReportKind
from coso_wire import PlayReport as Report
from tests.app.broadcast import support
from tests.support.world import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


@pytest.fixture
def boxes(world):
    return [support.box(cluster, world.officer) for cluster in world.clusters]


def past_slot(bulletin, where):
    """Put a bulletin on air in the past, as if it had been scheduled then."""
    end = clock.now() - timedelta(hours=1)
    return Slot.objects.create(bulletin=bulletin, place=where, starts_at=end - timedelta(seconds=20), ends_at=end)


def states(bulletin):
    return [(row.village.name, str(row.state), str(row.ground), str(row.why)) for row in queries.reach_of(bulletin)]


def take(box, *reports, **more):
    return actions.take_ask(box.device, support.ask(*reports, **more))


def test_before_anything_happens_each_village_says_why(world, bulletin, boxes):
    assert states(bulletin) == [
        ("Thôn 1", "not_reached", "none", "not_scheduled"),
        ("Thôn 2", "not_reached", "none", "not_scheduled"),
        ("Thôn 3", "not_reached", "none", "no_cluster"),
    ]


def test_what_is_scheduled_is_pending(world, bulletin, boxes):
    actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.villages[0].pk, starts_at=support.soon(), by=world.officer
    )

    assert [row[1] for row in states(bulletin)] == ["pending", "not_reached", "not_reached"]


def test_a_report_then_the_signed_log(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    report = support.report(bulletin)

    take(boxes[0], report)
    reported = states(bulletin)[0]
    boxes[0].entry(LogKind.END, bulletin, played_ms=20_000)
    take(boxes[0], log=boxes[0].batch())

    assert reported == ("Thôn 1", "played", "reported", "")
    assert states(bulletin)[0] == ("Thôn 1", "played", "signed", "")
    [row] = [row for row in queries.reach_of(bulletin) if row.village == world.villages[0]]
    assert (row.by_whom, row.clusters) == ("Cụm loa Thôn 1", ["Cụm loa Thôn 1"])
    assert row.played_at == boxes[0].entries[-1].at
    assert row.on_the_way == []


def test_a_device_whose_clock_runs_far_ahead_said_it_when_we_heard_it(world, bulletin, boxes, client):
    past_slot(bulletin, world.son_kim)
    last_day = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    heard_at = clock.now()
    entry = boxes[0].entry(LogKind.END, bulletin, played_ms=20_000)
    boxes[0].entries[-1] = replace(entry, at=last_day)

    actions.take_ask(
        boxes[0].device, support.ask(support.report(bulletin, at=last_day), log=boxes[0].batch()), at=heard_at
    )

    latest = heard_at + timedelta(minutes=10)
    assert (PlayReport.objects.get().at, LogEntry.objects.get().at) == (latest, latest)
    assert LogEntry.objects.get().body["at"].startswith("9999-12-31")
    assert queries.reach_of(bulletin)[0].played_at == latest
    client.force_login(world.officer)
    assert client.get(f"/ban-lam-viec/phat-song/ban-tin/{bulletin.pk}/toi-dau/").status_code == 200
    assert client.get(reverse("registry:cluster", args=[world.clusters[0].pk])).status_code == 200


def test_a_device_whose_clock_runs_a_little_ahead_is_believed(world, bulletin, boxes):
    heard_at = clock.now()
    soon = heard_at.replace(microsecond=0) + timedelta(minutes=9)

    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin, at=soon)), at=heard_at)

    assert PlayReport.objects.get().at == soon


@pytest.mark.parametrize(("played_ms", "state"), [(18_000, "played"), (17_999, "not_reached")])
def test_nine_tenths_of_the_seconds_count(world, bulletin, boxes, played_ms, state):
    past_slot(bulletin, world.son_kim)

    take(boxes[0], support.report(bulletin, ReportKind.CUT, played_ms=played_ms))

    assert states(bulletin)[0][1] == state


def test_halves_from_two_clusters_of_a_village_make_no_whole(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    world.clusters[1].villages.add(world.villages[0])

    for box in boxes:
        take(box, support.report(bulletin, ReportKind.CUT, played_ms=10_000))

    assert states(bulletin)[0] == ("Thôn 1", "not_reached", "none", "cut")


def test_one_whole_cluster_of_two_is_enough(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    world.clusters[1].villages.add(world.villages[0])

    take(boxes[1], support.report(bulletin))

    assert states(bulletin)[0][:2] == ("Thôn 1", "played")


def test_another_sound_or_another_revision_counts_for_nothing(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    report = support.report(bulletin).to_json()

    take(boxes[0], Report.from_json({**report, "report_id": "a", "media_sha256": "ab" * 32}))
    take(boxes[0], Report.from_json({**report, "report_id": "b", "revision": 7}))

    assert states(bulletin)[0][1:] == ("not_reached", "none", "no_report")


@pytest.mark.parametrize(("kind", "why"), [(ReportKind.CUT, "cut"), (ReportKind.MISSED, "missed")])
def test_trouble_that_a_device_reports_is_the_reason(world, bulletin, boxes, kind, why):
    past_slot(bulletin, world.son_kim)

    take(boxes[0], support.report(bulletin, kind, played_ms=0))

    assert states(bulletin)[0][1:] == ("not_reached", "none", why)


@pytest.mark.parametrize(("kind", "why"), [(LogKind.REFUSED, "refused"), (LogKind.MEDIA_BAD, "media_bad")])
def test_trouble_that_its_log_tells_is_the_reason(world, bulletin, boxes, kind, why):
    past_slot(bulletin, world.son_kim)
    boxes[0].entry(kind, bulletin)

    take(boxes[0], log=boxes[0].batch())

    assert states(bulletin)[0][1:] == ("not_reached", "none", why)


def test_a_silent_device_is_told_since_when(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    since = clock.now() - timedelta(hours=2)
    Device.objects.filter(pk=boxes[0].device.pk).update(heard_at=since)

    row = queries.reach_of(bulletin)[0]

    assert (row.why, row.since) == ("silent", since)
    assert row.sentence == f"Cụm loa mất liên lạc từ {clock.local(since):%H:%M %d/%m/%Y}."


def test_a_cluster_without_a_device_says_so(world, bulletin):
    past_slot(bulletin, world.son_kim)

    assert states(bulletin)[0][1:] == ("not_reached", "none", "no_device")


def test_what_a_communicator_tells_is_stated_and_what_a_speaker_plays_goes_before(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    for village in (world.villages[0], world.villages[2]):
        channels.tell_village(bulletin_id=bulletin.pk, village_id=village.pk, by=world.officer)
    told = states(bulletin)

    take(boxes[0], support.report(bulletin))

    assert told[0] == ("Thôn 1", "told", "stated", "")
    assert states(bulletin)[0] == ("Thôn 1", "played", "reported", "")
    assert queries.reach_of(bulletin)[2].by_whom == "Lê Thị Đào"


def test_those_nearest_are_on_the_way_to_a_village_not_reached(world, bulletin):
    rows = {row.village.name: row.on_the_way for row in queries.reach_of(bulletin)}

    assert rows == {"Thôn 1": ["Đặng Văn Ấm"], "Thôn 2": ["Lê Thị Đào"], "Thôn 3": ["Lê Thị Đào"]}


def test_an_emergency_is_pending_while_it_may_still_sound(world, boxes):
    emergency = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader, rank=BulletinClass.EMERGENCY)
    Device.objects.filter(pk=boxes[1].device.pk).update(heard_at=None)

    actions.release_alert(emergency, by=world.leader)

    assert [row[1:] for row in states(emergency)] == [
        ("pending", "none", ""),
        ("not_reached", "none", "silent"),
        ("not_reached", "none", "no_cluster"),
    ]


def test_a_withdrawn_bulletin_still_tells_who_heard_it(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    take(boxes[0], support.report(bulletin))
    bulletin.state = BulletinState.WITHDRAWN
    bulletin.save()

    assert [row[1:] for row in states(bulletin)] == [
        ("played", "reported", ""),
        ("not_reached", "none", "not_approved"),
        ("not_reached", "none", "no_cluster"),
    ]


def test_the_summary_counts_what_the_villages_say(world, bulletin, boxes):
    past_slot(bulletin, world.son_kim)
    take(boxes[0], support.report(bulletin))
    channels.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[2].pk, by=world.officer)

    summary = queries.reach_summary(bulletin)

    assert summary == {
        "played": 1, "told": 1, "shown": 0, "pending": 0, "not_reached": 1, "signed": 0, "reported": 1, "stated": 1,
        "villages": 3, "reached": 2, "fraction": pytest.approx(2 / 3),
    }  # fmt: skip


def test_a_bulletin_for_no_village_has_an_empty_reach(world):
    lonely = support.bulletin(world.editor, [], approved_by=world.approver)

    assert queries.reach_summary(lonely)["fraction"] == 0.0


def test_a_thousand_villages_take_as_many_queries_as_three(world, bulletin, boxes):
    take(boxes[0], support.report(bulletin))
    past_slot(bulletin, world.son_kim)
    with CaptureQueriesContext(connection) as few:
        queries.reach_of(bulletin)

    for i in range(40):
        village = place(f"18196-1{i:02d}", f"Thôn Mới {i}", Level.VILLAGE, world.son_kim)
        made = SpeakerCluster.objects.create(code=f"M-{i}", name=f"Cụm {i}", station=world.clusters[0].station)
        made.villages.add(village)
        channels.tell_village(bulletin_id=bulletin.pk, village_id=village.pk, by=world.officer)
    with CaptureQueriesContext(connection) as many:
        rows = queries.reach_of(bulletin)

    assert len(rows) == 43
    assert len(many) == len(few) <= 16


def test_the_version_stays_while_nothing_happens_and_changes_when_something_does(world, bulletin, boxes, monkeypatch):
    monkeypatch.setattr(reach, "_TICK_S", 10**9)
    seen = [queries.reach_version(bulletin)]

    def changed():
        seen.append(queries.reach_version(bulletin))
        return seen[-1] != seen[-2]

    assert not changed()
    take(boxes[0], support.report(bulletin))
    assert changed()
    boxes[0].entry(LogKind.END, bulletin, played_ms=20_000)
    take(boxes[0], log=boxes[0].batch())
    assert changed()
    channels.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[2].pk, by=world.officer)
    assert changed()
    channels.withdraw_telling(bulletin_id=bulletin.pk, village_id=world.villages[2].pk, by=world.officer)
    assert changed()
    slot = actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    assert changed()
    actions.cancel_slot(slot_id=slot.pk, by=world.officer, reason="Hoãn.")
    assert changed()


class TestLoudspeaker(ChannelContract):
    @pytest.fixture
    def villages(self, world):
        return [village.pk for village in world.villages]

    @pytest.fixture
    def channel(self):
        return channel("loudspeaker")

    @pytest.fixture
    def reach(self, world, bulletin, boxes):
        return lambda village: take(boxes[0], support.report(bulletin))


# --- what devices hand in ---------------------------------------------------------------------------


def test_asks_of_many_devices_are_kept_in_as_many_queries_as_of_one(world, bulletin, boxes):
    def queries_for(chosen):
        taken = [
            actions.Taken(
                box.device.pk, box.device.cluster_id, clock.now(), support.ask(support.report(bulletin)), is_heard=False
            )
            for box in chosen
        ]
        with CaptureQueriesContext(connection) as seen:
            kept = actions.take_asks(taken)
        assert all(len(one.acked_reports) == 1 for one in kept)
        return len(seen)

    assert queries_for(boxes[:1]) == queries_for(boxes) <= 5


def test_the_same_report_id_of_another_device_is_another_report(world, bulletin, boxes):
    report = support.report(bulletin)

    for box in (*boxes, *boxes):
        take(box, report)

    assert PlayReport.objects.count() == 2


def test_a_report_about_an_unknown_bulletin_is_kept_and_acknowledged(world, bulletin, boxes):
    report = Report.from_json({**support.report(bulletin).to_json(), "bulletin_id": "never heard of it"})

    kept = take(boxes[0], report)

    assert kept.acked_reports == (report.report_id,)
    assert PlayReport.objects.get().bulletin is None


def test_the_largest_numbers_and_texts_of_the_wire_can_be_stored(world, bulletin, boxes):
    most = 2**53 - 1
    report = Report.from_json(
        {**support.report(bulletin).to_json(), "played_ms": most, "revision": most, "item_id": "ậ" * 100,
         "report_id": "x" * 64, "reason": "r" * 60}
    )  # fmt: skip

    take(boxes[0], report)

    row = PlayReport.objects.get()
    assert (row.played_ms, row.revision, row.item_id) == (most, most, "ậ" * 100)


def test_two_batches_of_one_device_in_one_transaction_follow_each_other(world, bulletin, boxes):
    box = boxes[0]
    box.entry(LogKind.BOOT)
    first = box.batch()
    box.entry(LogKind.BOOT)
    second = box.batch(first=2)

    kept = actions.take_asks(
        [
            actions.Taken(box.device.pk, box.device.cluster_id, clock.now(), support.ask(), log=one)
            for one in (first, second)
        ]
    )

    assert [one.acked_log_seq for one in kept] == [2, 2]
    assert list(LogEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
