"""The signer believes no other process: it signs only what the database shows to be approved."""

import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from coso.broadcast import actions, signer
from coso.broadcast.models import Alert, Authority, Manifest, Slot
from coso.devices import actions as devices
from coso.journal.bus import publish
from coso.journal.models import Entry
from coso.kit import clock
from coso.newsroom.events import BulletinApproved, BulletinWithdrawn
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso_wire import Alert as WireAlert
from coso_wire import Envelope, open_alert, open_manifest
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(tmp_path, settings):
    settings.OPTIONS = {**settings.OPTIONS, "COSO_SIGNING_KEY": str(tmp_path / "keys" / "signing.key")}
    return signer.load_key()


@pytest.fixture
def box(world):
    return support.box(world.clusters[0], world.officer)


@pytest.fixture
def approved(world):
    return support.bulletin(world.editor, [world.son_kim], approved_by=world.approver)


@pytest.fixture
def emergency(world):
    return support.bulletin(
        world.officer, [world.son_kim], approved_by=world.leader, rank=BulletinClass.EMERGENCY, title="Xả lũ khẩn cấp"
    )


def _envelope(row):
    return Envelope(payload=bytes(row.payload), key_id=row.key_id, signature=bytes(row.signature))


def _keys(key):
    return {key.key_id: key.verify_key}


def test_the_private_key_is_made_once_and_read_by_its_owner_alone(key):
    path = signer.key_path()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signer.load_key().seed == key.seed
    assert bytes(Authority.objects.get().public_key) == key.verify_key.public


def test_a_manifest_of_approved_bulletins_is_signed(world, key, box, approved):
    actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )

    signer.sign_all(key)

    row = Manifest.objects.get(device=box.device)
    manifest = open_manifest(_envelope(row), authorities=_keys(key))
    assert manifest.version == row.version
    assert [item.bulletin_id for item in manifest.items] == [str(approved.pk)]
    assert row.number is not None


def _refuses(world, key, box, code):
    signer.sign_all(key)

    row = Manifest.objects.get(device=box.device)
    assert (row.refused, row.signed_at, row.signature) == (code, None, None)
    entry = Entry.objects.get(verb="signer.refused")
    assert entry.refs == [f"device:{box.device.pk}"]
    assert entry.data == {"reason": code}


@pytest.fixture
def scheduled(world, box, approved):
    actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    return approved


def test_a_bulletin_that_nobody_approved_is_not_signed(world, key, box, scheduled):
    Bulletin.objects.update(state=BulletinState.DRAFT, approved_by=None, approved_at=None)
    _refuses(world, key, box, "not_approved")


def test_a_bulletin_approved_by_one_who_wrote_on_it_is_not_signed(world, key, box, scheduled):
    scheduled.hands.add(world.approver)
    _refuses(world, key, box, "not_approved_by_another")


def test_a_withdrawn_bulletin_is_not_signed(world, key, box, scheduled):
    Bulletin.objects.update(state=BulletinState.WITHDRAWN)
    _refuses(world, key, box, "not_approved")


def test_a_swapped_sound_is_not_signed(world, key, box, scheduled):
    support.sound(scheduled, recording=True)
    _refuses(world, key, box, "other_sound")


def test_a_text_changed_after_approval_is_not_signed(world, key, box, scheduled):
    Bulletin.objects.update(revision=2)
    _refuses(world, key, box, "other_revision")


def test_a_raised_rank_is_not_signed(world, key, box, scheduled):
    Bulletin.objects.update(rank=BulletinClass.PRIORITY)
    _refuses(world, key, box, "other_rank")


def test_a_cancelled_slot_is_not_signed(world, key, box, scheduled):
    Slot.objects.update(cancelled_at=support.soon(-1))
    _refuses(world, key, box, "not_scheduled")


def test_a_manifest_made_by_hand_is_not_signed(world, key, box, scheduled):
    row = Manifest.objects.get()
    Manifest.objects.update(payload=bytes(row.payload) + b" ")
    _refuses(world, key, box, "not_canonical")


def test_rubbish_is_not_signed_and_stops_nobody(world, key, box, scheduled):
    other = support.box(world.clusters[1], world.officer)
    Manifest.objects.filter(device=box.device).update(payload=b"rubbish")

    signer.sign_all(key)

    assert Manifest.objects.get(device=box.device).refused == "bad_json"
    assert Manifest.objects.get(device=other.device).signed_at is not None


def test_a_revoked_device_gets_no_signature(world, key, box, scheduled):
    devices.revoke(device_id=box.device.pk, by=world.administrator, reason="Mất thiết bị.")
    _refuses(world, key, box, "revoked_device")


def test_numbers_follow_the_order_of_signing(world, key, box):
    other = support.box(world.clusters[1], world.officer)

    signer.sign_all(key)

    first, second = Manifest.objects.get(device=box.device), Manifest.objects.get(device=other.device)
    assert first.number < second.number


# --- alerts ---------------------------------------------------------------------------------------


def test_an_approved_emergency_becomes_an_alert_that_is_signed_once(world, key, emergency):
    publish(BulletinApproved(bulletin_id=emergency.pk, by_id=world.leader.pk))

    signer.sign_all(key)

    row = Alert.objects.get()
    alert = open_alert(_envelope(row), authorities=_keys(key))
    assert (alert.bulletin_id, alert.action, alert.title) == (str(emergency.pk), "play", "Xả lũ khẩn cấp")
    assert alert.areas == (f"{world.son_kim.code}/{world.son_kim.pk}",)
    assert alert.media.sha256 == emergency.sounds.get().mp3_id
    assert row.released_by == world.leader


def test_a_normal_bulletin_makes_no_alert(world, approved):
    publish(BulletinApproved(bulletin_id=approved.pk, by_id=world.approver.pk))

    assert not Alert.objects.exists()


def _alert_refused(key, code):
    signer.sign_all(key)

    row = Alert.objects.get()
    assert (row.refused, row.signed_at) == (code, None)
    assert Entry.objects.get(verb="signer.refused").data == {"reason": code}


def test_an_alert_without_approval_is_not_signed(world, key, emergency):
    actions.release_alert(emergency, by=world.leader)
    Bulletin.objects.update(state=BulletinState.SUBMITTED, approved_by=None, approved_at=None)
    _alert_refused(key, "not_approved")


def test_an_alert_of_a_normal_bulletin_is_not_signed(world, key, emergency):
    actions.release_alert(emergency, by=world.leader)
    Bulletin.objects.update(rank=BulletinClass.NORMAL)
    _alert_refused(key, "no_emergency")


def test_an_alert_for_a_wider_area_is_not_signed(world, key, emergency):
    actions.release_alert(emergency, by=world.leader)
    emergency.areas.set([world.villages[0]])
    _alert_refused(key, "other_areas")


def test_an_alert_with_another_sound_is_not_signed(world, key, emergency):
    actions.release_alert(emergency, by=world.leader)
    support.sound(emergency, recording=True)
    _alert_refused(key, "other_sound")


def test_withdrawing_calls_the_alert_back_and_empties_the_schedule(world, key, box, emergency):
    publish(BulletinApproved(bulletin_id=emergency.pk, by_id=world.leader.pk))
    slot = actions.schedule_bulletin(
        bulletin_id=emergency.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    signer.sign_all(key)
    Bulletin.objects.update(state=BulletinState.WITHDRAWN)

    publish(BulletinWithdrawn(bulletin_id=emergency.pk, by_id=world.leader.pk))
    signer.sign_all(key)

    played, cancelled = Alert.objects.order_by("number")
    message = open_alert(_envelope(cancelled), authorities=_keys(key))
    assert (message.action, message.alert_id) == ("cancel", str(played.pk))
    slot.refresh_from_db()
    assert slot.cancelled_at is not None
    latest = Manifest.objects.filter(device=box.device).first()
    assert open_manifest(_envelope(latest), authorities=_keys(key)).items == ()


@pytest.mark.parametrize(
    ("days", "hours"),
    [(900, 6), (None, 6), (1 / 24, 1)],
    ids=["the bulletin ends in years", "the bulletin never ends", "the bulletin ends sooner"],
)
def test_an_alert_lives_for_hours_however_long_its_bulletin_does(world, emergency, days, hours):
    emergency.expires_at = clock.now() + timedelta(days=days) if days else None
    emergency.save()

    alert = actions.release_alert(emergency, by=world.leader)

    assert alert.expires_at - alert.created_at == pytest.approx(timedelta(hours=hours), abs=timedelta(seconds=5))
    assert WireAlert.from_bytes(bytes(alert.payload)).expires_at == alert.expires_at


def test_a_cancellation_of_what_still_stands_is_not_signed(world, key, emergency):
    actions.release_alert(emergency, by=world.leader)
    signer.sign_all(key)

    [cancellation] = actions.cancel_alerts(emergency, by=world.leader)
    signer.sign_all(key)

    cancellation.refresh_from_db()
    assert cancellation.refused == "not_withdrawn"


def _called_back(world, emergency):
    """Release an emergency, withdraw it, and give the row that calls it back, not signed yet."""
    actions.release_alert(emergency, by=world.leader)
    Bulletin.objects.filter(pk=emergency.pk).update(state=BulletinState.WITHDRAWN)
    [row] = actions.cancel_alerts(emergency, by=world.leader)
    return row


def _rewritten(row, **changes):
    """Put other words into the message of a row, as a process that went wrong might."""
    wire = replace(WireAlert.from_bytes(bytes(row.payload)), **changes)
    Alert.objects.filter(pk=row.pk).update(payload=wire.to_bytes())


def _not_signed(key, row, code):
    signer.sign_all(key)

    row.refresh_from_db()
    assert (row.refused, row.signed_at, row.signature) == (code, None, None)


def test_an_alert_under_the_name_of_another_is_not_signed(world, key, emergency):
    row = actions.release_alert(emergency, by=world.leader)
    _rewritten(row, alert_id="01900000-0000-7000-8000-000000000000")
    _not_signed(key, row, "other_alert")


def test_a_withdrawn_bulletin_does_not_call_back_the_alert_of_another(world, key, emergency):
    other = support.bulletin(
        world.officer, [world.son_kim], approved_by=world.leader, rank=BulletinClass.EMERGENCY, title="Vỡ đê"
    )
    live = actions.release_alert(other, by=world.leader)
    row = _called_back(world, emergency)
    _rewritten(row, alert_id=str(live.pk))
    _not_signed(key, row, "other_alert")


def test_a_row_that_calls_back_the_alert_of_another_bulletin_is_not_signed(world, key, emergency):
    other = support.bulletin(
        world.officer, [world.son_kim], approved_by=world.leader, rank=BulletinClass.EMERGENCY, title="Vỡ đê"
    )
    live = actions.release_alert(other, by=world.leader)
    row = _called_back(world, emergency)
    _rewritten(row, alert_id=str(live.pk))
    Alert.objects.filter(pk=row.pk).update(cancels=live)
    _not_signed(key, row, "other_alert")


def test_a_cancellation_of_nothing_is_not_signed(world, key, emergency):
    row = _called_back(world, emergency)
    Alert.objects.filter(pk=row.pk).update(cancels=None)
    _not_signed(key, row, "other_alert")
