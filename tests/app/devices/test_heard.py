"""Being heard is written cheaply, silence is seen from the last time, the same fault is kept once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.devices import actions, kinds, queries, rules
from coso.devices.models import Device, Fault
from coso.journal.models import Entry
from coso.journal.ports import actor_name, sentence_of
from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.kit.refs import Ref, describe
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db

STATE = {"manifest_version": 1, "volume": 80, "software": "test 2", "clock_ms": 5, "free_bytes": 9}


@pytest.fixture
def device(world):
    return support.box(world.clusters[0], world.officer, heard=False).device


def _is_worth_writing(*, after, **changes):
    first = clock.now()
    now = first + timedelta(seconds=after)
    return rules.is_worth_writing(written_at=first, written=STATE, now=now, state={**STATE, **changes})


def test_the_first_word_is_written_and_the_next_ones_only_every_half_minute():
    assert rules.is_worth_writing(written_at=None, written={}, now=clock.now(), state=STATE)
    assert [_is_worth_writing(after=seconds) for seconds in (0, 10, 29, 30, 45)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("changes", "written"), [({"clock_ms": 6}, False), ({"free_bytes": 1}, False), ({"volume": 10}, True)]
)
def test_something_new_is_written_at_once(changes, written):
    assert _is_worth_writing(after=1, **changes) is written


def test_many_are_written_in_one_go(world, device):
    other = support.box(world.clusters[1], world.officer, heard=False).device
    at = clock.now()

    actions.note_many_heard([actions.Heard(one.pk, at, STATE) for one in (device, other)])

    assert set(Device.objects.values_list("heard_at", flat=True)) == {at}
    device.refresh_from_db()
    assert (device.state["volume"], device.software) == (80, "test 2")


def test_the_silent_are_those_not_heard_for_three_minutes(world, device):
    other = support.box(world.clusters[1], world.officer, heard=False).device
    now = clock.now()
    Device.objects.filter(pk=other.pk).update(heard_at=now - timedelta(minutes=3, seconds=1))

    assert set(queries.silent(queries.active(), now)) == {device, other}
    Device.objects.update(heard_at=now - timedelta(minutes=3))
    assert not queries.silent(queries.active(), now).exists()


def test_the_same_fault_is_kept_once_and_journalled_once(device):
    for detail in ("one", "two"):
        actions.notice_fault(device_id=device.pk, kind="log_forked", detail=detail)

    [fault] = queries.open_faults(device)
    assert (fault.times, fault.detail) == (2, "two")
    assert Entry.objects.filter(verb="device.fault_noticed").count() == 1


def test_a_fault_that_was_cleared_is_new_when_it_comes_again(world, device):
    first = actions.notice_fault(device_id=device.pk, kind="log_forked")
    actions.clear_fault(fault_id=first.pk, by=world.officer)

    again = actions.notice_fault(device_id=device.pk, kind="log_forked")

    assert again.pk != first.pk
    assert Entry.objects.filter(verb="device.fault_noticed").count() == 2


def test_another_communes_officer_clears_nothing(world, device):
    fault = actions.notice_fault(device_id=device.pk, kind="log_forked")

    with pytest.raises(NotAllowed):
        actions.clear_fault(fault_id=fault.pk, by=world.other_officer)

    assert Fault.objects.get().cleared_at is None


def test_a_device_is_named_to_those_who_may_know_of_it(world, device):
    ref = Ref("device", str(device.pk))

    assert describe(ref, world.officer)[0] == device.serial
    assert describe(ref, world.other_officer) is None
    assert describe(Ref("device", "nonsense"), world.officer) is None


def test_journal_entries_read_as_sentences(world, device, settings):
    settings.LANGUAGE_CODE = "vi"
    fault = actions.notice_fault(device_id=device.pk, kind="refused_bad_signature")
    actions.clear_fault(fault_id=fault.pk, by=world.officer)
    actions.revoke(device_id=device.pk, by=world.administrator, reason="Mất.")

    sentences = [sentence_of(entry) for entry in Entry.objects.order_by("at", "id")]

    assert sentences == [
        "Tạo mã đăng ký thiết bị cho cụm loa SK1-01.",
        "Đăng ký với số máy hop-SK1-01 cho cụm loa SK1-01.",
        "Thiết bị từ chối nội dung có chữ ký sai.",
        "Đánh dấu đã xử lý: Thiết bị từ chối nội dung có chữ ký sai.",
        "Thu hồi thiết bị hop-SK1-01.",
    ]
    assert actor_name(f"device:{device.pk}") == "thiết bị hop-SK1-01"


@pytest.mark.parametrize("kind", ["log_forked", "log_gap", "refused_expired", "refused_something_new"])
def test_every_fault_has_words(kind):
    assert kinds.fault_name(kind) not in ("", kind)


def test_listing_devices_takes_one_query(world, device):
    support.box(world.clusters[1], world.officer)

    with CaptureQueriesContext(connection) as seen:
        names = [str(one.cluster.station.place) for one in queries.visible_to(world.officer)]

    assert names == ["Xã Sơn Kim 1"] * 2
    assert len(seen) <= 2
