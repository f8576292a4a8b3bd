"""A bulletin is given a time only by those who may, and the devices concerned get new manifests."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.broadcast import actions
from coso.broadcast.models import Manifest, Slot
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.registry import actions as registry
from coso_wire import Manifest as WireManifest
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(world):
    return support.bulletin(world.editor, [world.son_kim], approved_by=world.approver)


@pytest.fixture
def boxes(world):
    return [support.box(cluster, world.officer) for cluster in world.clusters]


def _latest(box):
    return WireManifest.from_bytes(bytes(Manifest.objects.filter(device=box.device).first().payload))


def test_a_new_device_gets_an_empty_manifest_with_its_areas(world, boxes):
    manifest = _latest(boxes[0])

    assert manifest.items == ()
    village, commune, province = world.villages[0], world.son_kim, world.province
    assert set(manifest.areas) == {f"{p.code}/{p.pk}" for p in (village, commune, province)}
    assert manifest.expires_at - manifest.issued_at == timedelta(hours=72)


def test_a_slot_stands_in_the_manifest_of_each_cluster_under_its_place(world, approved, boxes):
    before = [_latest(box).version for box in boxes]
    start = support.soon()

    slot = actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=start, by=world.officer
    )

    assert slot.ends_at == start + timedelta(seconds=20)
    for box, version in zip(boxes, before, strict=True):
        manifest = _latest(box)
        [item] = manifest.items
        assert manifest.version > version
        assert (item.item_id, item.bulletin_id, item.rank) == (str(slot.pk), str(approved.pk), "normal")
        assert item.media.sha256 == approved.sounds.get().mp3_id
        assert item.media.duration_ms == 20_000


def test_a_village_slot_leaves_other_manifests_alone(world, approved, boxes):
    before = [_latest(box).version for box in boxes]

    actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.villages[0].pk, starts_at=support.soon(), by=world.officer
    )

    assert _latest(boxes[0]).version > before[0]
    assert _latest(boxes[1]).version == before[1]


def test_the_number_of_queries_does_not_depend_on_the_number_of_devices(world, approved, boxes):
    def queries_for(clusters):
        slot = Slot.objects.create(
            bulletin=approved, place=world.son_kim, starts_at=support.soon(), ends_at=support.soon(11)
        )
        with CaptureQueriesContext(connection) as seen:
            assert actions.refresh_manifests(clusters) == len(clusters)
        slot.delete()
        return len(seen)

    assert queries_for(world.clusters[:1]) == queries_for(world.clusters)


def test_a_manifest_is_made_without_reading_slots_elsewhere_or_the_words_of_bulletins(world, approved, boxes):
    there = support.bulletin(world.editor, [world.thach_ha], approved_by=world.approver, title="Của nơi khác")
    for about, where in ((approved, world.son_kim), (there, world.thach_ha)):
        Slot.objects.create(bulletin=about, place=where, starts_at=support.soon(), ends_at=support.soon(11))

    with CaptureQueriesContext(connection) as seen:
        assert actions.refresh_manifests(world.clusters) == 2

    [read] = [one["sql"] for one in seen if 'FROM "broadcast_slot"' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(read)
        assert len(cursor.fetchall()) == 1
    assert [name for name in ("body", "folded") if f'"newsroom_bulletin"."{name}"' in read] == []


def test_a_manifest_that_says_the_same_is_not_made_again(world, boxes):
    assert actions.refresh_manifests(world.clusters) == 0
    assert Manifest.objects.count() == 2


def test_old_manifests_are_renewed_before_they_expire(world, boxes):
    Manifest.objects.filter(device=boxes[0].device).update(created_at=clock.now() - timedelta(hours=25))

    assert actions.renew_manifests() == 1
    assert _latest(boxes[0]).expires_at > clock.now() + timedelta(hours=71)


def test_a_cluster_that_serves_more_villages_is_told_so_at_once(world, boxes):
    before = _latest(boxes[0])

    registry.set_villages(by="system", cluster=world.clusters[0], villages=world.villages)

    after = _latest(boxes[0])
    assert after.version > before.version
    assert set(after.areas) - set(before.areas) == {f"{p.code}/{p.pk}" for p in world.villages[1:]}
    assert Manifest.objects.filter(device=boxes[1].device).count() == 1


def test_a_slot_is_named_by_the_time_on_the_clocks_here(world, approved):
    start = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)

    slot = Slot.objects.create(
        bulletin=approved, place=world.son_kim, starts_at=start, ends_at=start + timedelta(minutes=1)
    )

    assert str(slot) == "Lịch tiêm phòng 25/11/2026 05:30"


def test_changed_quiet_hours_do_not_wait_for_a_manifest_to_grow_old(world, boxes, settings):
    settings.OPTIONS = {**settings.OPTIONS, "COSO_QUIET_HOURS": [("22:00", "05:00")]}

    assert actions.renew_manifests() == 2
    assert [_latest(box).quiet_hours for box in boxes] == [(("22:00", "05:00"),)] * 2
    assert actions.renew_manifests() == 0


def test_a_change_to_a_cluster_brings_its_device_the_quiet_hours_of_now(world, boxes, settings):
    settings.OPTIONS = {**settings.OPTIONS, "COSO_QUIET_HOURS": [("22:00", "05:00")]}

    assert actions.refresh_manifests(world.clusters[:1]) == 1
    assert actions.refresh_manifests(world.clusters[:1]) == 0


def _refused(world, approved, error, *, by=None, place=None, starts_at=None):
    with pytest.raises(error) as caught:
        actions.schedule_bulletin(
            bulletin_id=approved.pk,
            place_id=(place or world.son_kim).pk,
            starts_at=starts_at or support.soon(),
            by=by or world.officer,
        )
    assert not Slot.objects.exists()
    assert not Entry.objects.filter(verb="slot.scheduled").exists()
    return caught.value


def test_another_communes_officer_may_not_schedule_here(world, approved):
    _refused(world, approved, NotAllowed, by=world.other_officer)


def test_a_bulletin_is_not_scheduled_outside_its_area(world, approved):
    error = _refused(world, approved, BadInput, by=world.editor, place=world.thach_ha)
    assert list(error.fields) == ["place"]


def test_nothing_is_scheduled_in_the_past(world, approved):
    error = _refused(world, approved, BadInput, starts_at=clock.now() - timedelta(seconds=1))
    assert list(error.fields) == ["starts_at"]


def test_nothing_is_scheduled_after_it_expires(world, approved):
    approved.expires_at = support.soon(5)
    approved.save()

    error = _refused(world, approved, BadInput)
    assert list(error.fields) == ["starts_at"]


@pytest.fixture
def quiet(settings):
    """Let a night begin at 21:30."""
    settings.OPTIONS = {**settings.OPTIONS, "COSO_QUIET_HOURS": [("21:30", "05:00")]}


def _tomorrow(hour, minute):
    return clock.start_of_day(clock.today()) + timedelta(days=1, hours=hour, minutes=minute)


def test_nothing_is_scheduled_to_run_into_the_quiet_hours(world, quiet):
    long = support.bulletin(world.editor, [world.son_kim], approved_by=world.approver, duration_ms=20 * 60_000)

    error = _refused(world, long, BadInput, starts_at=_tomorrow(21, 29))

    assert list(error.fields) == ["starts_at"]
    assert "khẩn cấp" in error.fields["starts_at"][0]


def test_what_ends_as_the_quiet_hours_begin_is_scheduled(world, approved, quiet):
    starts_at = _tomorrow(21, 29) + timedelta(seconds=40)

    slot = actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=starts_at, by=world.officer
    )

    assert f"{clock.local(slot.ends_at):%H:%M:%S}" == "21:30:00"


def test_a_draft_is_not_scheduled(world):
    draft = support.bulletin(world.officer, [world.son_kim])

    _refused(world, draft, WrongState)


def test_a_bulletin_without_a_sound_is_not_scheduled(world, approved):
    approved.sounds.all().delete()

    error = _refused(world, approved, BadInput)
    assert list(error.fields) == [""]


def test_an_unknown_bulletin_is_not_found(world, approved):
    approved.pk = "01900000-0000-7000-8000-000000000000"

    _refused(world, approved, NotFound)


def test_a_cancelled_slot_leaves_the_manifests(world, approved, boxes):
    slot = actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )

    actions.cancel_slot(slot_id=slot.pk, by=world.officer, reason="Hoãn vì mưa bão.")

    assert [_latest(box).items for box in boxes] == [(), ()]
    assert Entry.objects.filter(verb="slot.cancelled").get().reason.text == "Hoãn vì mưa bão."
    with pytest.raises(WrongState):
        actions.cancel_slot(slot_id=slot.pk, by=world.officer, reason="Lần nữa.")


def test_a_slot_is_not_cancelled_without_a_reason(world, approved):
    slot = actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )

    with pytest.raises(BadInput):
        actions.cancel_slot(slot_id=slot.pk, by=world.officer, reason="  ")
    with pytest.raises(NotAllowed):
        actions.cancel_slot(slot_id=slot.pk, by=world.other_officer, reason="Không phải của tôi.")

    slot.refresh_from_db()
    assert slot.cancelled_at is None


def test_the_same_bulletin_is_not_put_twice_at_one_time_in_one_place(world, approved):
    start = support.soon()
    actions.schedule_bulletin(bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=start, by=world.officer)

    with pytest.raises(BadInput) as refused:
        actions.schedule_bulletin(
            bulletin_id=approved.pk,
            place_id=world.son_kim.pk,
            starts_at=start + timedelta(seconds=5),
            by=world.officer,
        )

    assert list(refused.value.fields) == ["starts_at"]
    assert Slot.objects.count() == 1


def test_a_slot_whose_cut_item_may_still_go_on_can_be_taken_back(world, approved, time_machine):
    start = support.soon(minutes=1)
    slot = actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=start, by=world.officer
    )
    time_machine.move_to(start + timedelta(minutes=10))

    actions.cancel_slot(slot_id=slot.pk, by=world.officer, reason="nhầm bản tin")

    slot.refresh_from_db()
    assert slot.cancelled_at is not None
