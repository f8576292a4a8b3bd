"""A box gets its identity with a code that a person made, once; its secret rests encrypted."""

import stat
from datetime import timedelta

import pytest
from django.db import connection

from coso.devices import actions, queries
from coso.devices.models import Device, EnrolmentCode, EnrolmentMiss
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState

pytestmark = pytest.mark.django_db

KEY = b"k" * 32


@pytest.fixture
def code(world):
    return actions.make_enrolment_code(cluster_id=world.clusters[0].pk, by=world.officer)


def enrol(code, serial="hop-1", key=KEY, **more):
    return actions.enrol(code=code, serial=serial, public_key=key, software="test 1", **more)


def test_only_the_hash_of_a_code_is_kept(code):
    assert len(code) == 14
    assert EnrolmentCode.objects.get().digest != code
    assert code not in str(Entry.objects.get(verb="device.code_made").data)


def test_a_code_gives_a_device_its_cluster_and_a_secret(world, code):
    device = enrol(code)

    assert device.cluster == world.clusters[0]
    assert len(device.secret) == 32
    assert Device.objects.get().secret == device.secret
    entry = Entry.objects.get(verb="device.enrolled")
    assert entry.refs == [f"device:{device.pk}", f"cluster:{world.clusters[0].pk}"]


def test_the_secret_rests_encrypted_with_a_key_outside_the_database(code, settings):
    device = enrol(code)

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM devices_device")
        [at_rest] = cursor.fetchone()
    assert bytes(device.secret) not in bytes(at_rest)
    assert len(bytes(at_rest)) == 72
    path = settings.DATA / "keys" / "devices.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_box_may_ask_again_because_the_answer_may_be_lost(code):
    first, again = enrol(code), enrol(code)

    assert again.pk == first.pk
    assert again.secret == first.secret
    assert Entry.objects.filter(verb="device.enrolled").count() == 1


def _refused(code, **more):
    with pytest.raises(actions.BadCode):
        enrol(code, **more)


def test_a_used_code_is_refused_to_another_box(code):
    enrol(code)

    _refused(code, key=b"x" * 32)

    assert Device.objects.count() == 1


def test_an_expired_code_is_refused(code):
    EnrolmentCode.objects.update(expires_at=clock.now())

    _refused(code)

    assert not Device.objects.exists()


def test_a_revoked_device_can_not_come_back_with_its_old_code(world, code):
    device = enrol(code)
    actions.revoke(device_id=device.pk, by=world.administrator, reason="Mất thiết bị.")

    _refused(code)


def test_a_serial_number_is_enrolled_once(world, code):
    enrol(code)
    other = actions.make_enrolment_code(cluster_id=world.clusters[1].pk, by=world.officer)

    _refused(other)

    assert enrol(other, serial="hop-2").cluster == world.clusters[1]


def test_a_cluster_with_a_device_gets_no_code_until_it_is_revoked(world, code):
    device = enrol(code)
    with pytest.raises(WrongState):
        actions.make_enrolment_code(cluster_id=world.clusters[0].pk, by=world.officer)

    actions.revoke(device_id=device.pk, by=world.administrator, reason="Hỏng.")

    assert actions.make_enrolment_code(cluster_id=world.clusters[0].pk, by=world.officer)


def test_a_code_is_made_only_by_who_may_enrol_there(world):
    for person in (world.other_officer, world.leader, world.communicator):
        with pytest.raises(NotAllowed):
            actions.make_enrolment_code(cluster_id=world.clusters[0].pk, by=person)
    with pytest.raises(NotFound):
        actions.make_enrolment_code(cluster_id=10**6, by=world.officer)

    assert not EnrolmentCode.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("hours", [0, -1, 337])
def test_a_code_lives_an_hour_to_two_weeks(world, hours):
    with pytest.raises(BadInput):
        actions.make_enrolment_code(cluster_id=world.clusters[0].pk, by=world.officer, hours=hours)

    assert not EnrolmentCode.objects.exists()


def test_guessing_from_one_address_is_stopped_and_from_others_not(code):
    for _ in range(10):
        _refused("WRNG-WRNG-WRNG", address="10.0.0.1")

    with pytest.raises(actions.TooManyTries):
        enrol(code, address="10.0.0.1")
    assert not Device.objects.exists()
    assert enrol(code, address="10.0.0.2").pk


def test_after_a_quarter_of_an_hour_an_address_may_try_again(code):
    for _ in range(10):
        _refused("WRNG-WRNG-WRNG", address="10.0.0.1")
    EnrolmentMiss.objects.update(at=clock.now() - timedelta(minutes=16))

    assert enrol(code, address="10.0.0.1").pk


def test_only_an_administrator_revokes_and_says_why(world, code):
    device = enrol(code)
    for person in (world.officer, world.leader, world.editor):
        with pytest.raises(NotAllowed):
            actions.revoke(device_id=device.pk, by=person, reason="Thử.")
    with pytest.raises(BadInput):
        actions.revoke(device_id=device.pk, by=world.administrator, reason=" ")

    device.refresh_from_db()
    assert device.revoked_at is None
    assert not Entry.objects.filter(verb="device.revoked").exists()


def test_a_device_is_revoked_once(world, code):
    device = enrol(code)
    actions.revoke(device_id=device.pk, by=world.administrator, reason="Mất thiết bị.")

    with pytest.raises(WrongState):
        actions.revoke(device_id=device.pk, by=world.administrator, reason="Lần nữa.")

    assert Entry.objects.get(verb="device.revoked").reason.text == "Mất thiết bị."
    assert not queries.active().exists()


def test_people_see_the_devices_of_their_own_place(world, code):
    device = enrol(code)

    assert list(queries.visible_to(world.officer)) == [device]
    assert list(queries.visible_to(world.other_officer)) == []
    assert list(queries.visible_to(world.communicator)) == []
    with pytest.raises(NotFound):
        queries.get_visible(world.other_officer, device.pk)
