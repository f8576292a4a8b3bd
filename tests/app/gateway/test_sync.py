"""A device asks and is answered as soon as there is news, over the real wire."""

import threading
import time

import pytest
from django.db import transaction

from coso.broadcast import actions
from coso.broadcast.models import LogEntry, PlayReport
from coso.devices import actions as devices
from coso.devices.models import Device, Fault
from coso.journal.bus import publish
from coso.journal.models import Entry
from coso.newsroom.events import BulletinApproved
from coso.newsroom.models import BulletinClass
from coso_wire import LogKind, Refusal, ReportKind, open_alert, open_manifest
from tests.app.broadcast import support
from tests.app.gateway.system import wait_until


def _commune(cluster):
    return cluster.station.place


def _first(client):
    """Take the first manifest; give the answer."""
    answer = client.sync(support.ask(wait_s=5))
    assert answer.manifest is not None
    return answer


class _Later(threading.Thread):
    """Ask in another thread and keep when the answer came."""

    def __init__(self, client, ask):
        super().__init__(daemon=True)
        self.client, self.ask = client, ask
        self.answer, self.came_at = None, 0.0
        self.start()

    def run(self):
        self.answer = self.client.sync(self.ask)
        self.came_at = time.monotonic()

    def wait(self):
        self.join(timeout=15)
        assert self.answer is not None
        return self.answer


def test_the_first_answer_is_a_manifest_that_the_authority_signed(client, cluster):
    answer = _first(client)

    manifest = open_manifest(answer.manifest, authorities=client.authorities)
    assert manifest.device_id == client.device_id
    assert f"{_commune(cluster).code}/{_commune(cluster).pk}" in manifest.areas


def test_a_waiting_ask_is_answered_when_a_bulletin_is_scheduled(system, client, cluster):
    cursor = _first(client).cursor
    approved = support.bulletin(system.world.editor, [_commune(cluster)], approved_by=system.world.approver)
    waiting = _Later(client, support.ask(wait_s=30, cursor=cursor))
    time.sleep(0.3)

    before = time.monotonic()
    actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=_commune(cluster).pk, starts_at=support.soon(), by=system.world.editor
    )

    manifest = open_manifest(waiting.wait().manifest, authorities=client.authorities)
    assert [item.bulletin_id for item in manifest.items] == [str(approved.pk)]
    assert waiting.came_at - before < 3


def test_an_ask_without_news_is_answered_when_its_wait_is_over(client):
    cursor = _first(client).cursor

    before = time.monotonic()
    answer = client.sync(support.ask(wait_s=1, cursor=cursor))

    assert (answer.manifest, answer.alerts, answer.cursor) == (None, (), cursor)
    assert 0.9 < time.monotonic() - before < 3


def _emergency(system, areas):
    made = support.bulletin(
        system.world.editor, areas, approved_by=system.world.approver, rank=BulletinClass.EMERGENCY, title="Xả lũ"
    )
    with transaction.atomic():
        publish(BulletinApproved(bulletin_id=made.pk, by_id=system.world.approver.pk))
    return made


def test_an_alert_reaches_the_devices_of_its_area_and_no_others(system, client, cluster):
    cursor = _first(client).cursor
    _emergency(system, [system.world.thach_ha])

    made = _emergency(system, [_commune(cluster)])

    answer = client.sync(support.ask(wait_s=10, cursor=cursor))
    [alert] = [open_alert(envelope, authorities=client.authorities) for envelope in answer.alerts]
    assert alert.bulletin_id == str(made.pk)
    quiet = client.sync(support.ask(wait_s=1, cursor=answer.cursor))
    assert quiet.alerts == ()


def test_a_device_that_enrols_later_still_hears_a_standing_alert(system, cluster):
    made = _emergency(system, [_commune(cluster)])
    code = devices.make_enrolment_code(cluster_id=cluster.pk, by=system.world.administrator)
    from tests.app.gateway.system import Client

    late = Client.enrol(system.url, code, f"hop-{cluster.code}")

    answer = _first(late)

    assert [open_alert(e, authorities=late.authorities).bulletin_id for e in answer.alerts] == [str(made.pk)]


def test_reports_are_kept_once_however_often_they_come(system, client, cluster):
    approved = support.bulletin(system.world.editor, [_commune(cluster)], approved_by=system.world.approver)
    reports = [support.report(approved, ReportKind.START, played_ms=0), support.report(approved)]

    first = client.sync(support.ask(*reports))
    again = client.sync(support.ask(*reports))

    assert first.acked_reports == again.acked_reports == tuple(report.report_id for report in reports)
    rows = PlayReport.objects.filter(device_id=client.device_id)
    assert sorted(rows.values_list("kind", flat=True)) == ["end", "start"]
    assert {row.cluster_id for row in rows} == {cluster.pk}


def test_many_devices_reports_are_all_acknowledged(system, cluster, client):
    approved = support.bulletin(system.world.editor, [_commune(cluster)], approved_by=system.world.approver)
    asks = [support.ask(*(support.report(approved) for _ in range(5))) for _ in range(20)]

    threads = [_Later(client, ask) for ask in asks]

    acked = {report_id for thread in threads for report_id in thread.wait().acked_reports}
    assert len(acked) == 100
    assert PlayReport.objects.filter(device_id=client.device_id).count() == 100


def _box(client):
    return support.Box(Device.objects.get(pk=client.device_id), client.key)


def test_a_signed_log_is_kept_and_acknowledged(system, client, cluster):
    approved = support.bulletin(system.world.editor, [_commune(cluster)], approved_by=system.world.approver)
    box = _box(client)
    box.entry(LogKind.START, approved)
    box.entry(LogKind.END, approved, played_ms=20_000)

    answer = client.sync(support.ask(log=box.batch()))
    box.entry(LogKind.BOOT)
    overlapping = client.sync(support.ask(log=box.batch()))

    assert (answer.acked_log_seq, overlapping.acked_log_seq) == (2, 3)
    rows = list(LogEntry.objects.filter(device_id=client.device_id).order_by("seq"))
    assert [(row.seq, row.kind, row.hash) for row in rows] == [(e.seq, e.kind.value, e.hash) for e in box.entries]
    assert rows[1].bulletin_id == approved.pk


def _faults(client):
    return list(Fault.objects.filter(device_id=client.device_id, cleared_at=None).values_list("kind", flat=True))


def test_a_forked_log_is_set_aside_and_becomes_a_fault(client):
    box, other = _box(client), _box(client)
    box.entry(LogKind.BOOT)
    client.sync(support.ask(log=box.batch()))
    other.entry(LogKind.CLOCK)
    other.entry(LogKind.BOOT)

    answer = client.sync(support.ask(log=other.batch()))

    assert answer.acked_log_seq == 1
    assert _faults(client) == ["log_forked"]
    assert LogEntry.objects.get(device_id=client.device_id).kind == "boot"
    assert Entry.objects.filter(verb="device.fault_noticed", refs=[f"device:{client.device_id}"]).count() == 1


def test_a_gap_in_the_log_is_a_fault_until_it_is_filled(client):
    box = _box(client)
    for _ in range(3):
        box.entry(LogKind.BOOT)

    gap = client.sync(support.ask(log=box.batch(first=3)))
    faults = _faults(client)
    filled = client.sync(support.ask(log=box.batch()))

    assert (gap.acked_log_seq, faults) == (0, ["log_gap"])
    assert (filled.acked_log_seq, _faults(client)) == (3, [])


def test_a_log_that_another_key_signed_is_not_kept_but_the_reports_are(system, client, cluster):
    from coso_wire import SigningKey

    approved = support.bulletin(system.world.editor, [_commune(cluster)], approved_by=system.world.approver)
    box = _box(client)
    box.entry(LogKind.BOOT)
    report = support.report(approved)

    answer = client.sync(support.ask(report, log=box.batch(key=SigningKey.generate())))

    assert (answer.acked_reports, answer.acked_log_seq) == ((report.report_id,), 0)
    assert _faults(client) == ["log_signature"]


def test_what_a_device_refused_becomes_a_fault_and_an_entry(client):
    from coso.kit import clock

    refusal = Refusal(what="alert", reason="bad_signature", at=clock.now(), digest="ab" * 32, key_id="feedc0de")

    client.sync(support.ask(refused=[refusal]))
    client.sync(support.ask(refused=[refusal]))

    [fault] = Fault.objects.filter(device_id=client.device_id)
    assert (fault.kind, fault.times) == ("refused_bad_signature", 2)
    assert "feedc0de" in fault.detail
    assert Entry.objects.filter(verb="device.fault_noticed", refs=[f"device:{client.device_id}"]).count() == 1


def test_being_heard_is_noted_with_the_devices_state(client):
    client.sync(support.ask(manifest_version=0, wait_s=5))

    wait_until(lambda: Device.objects.get(pk=client.device_id).heard_at is not None)
    device = Device.objects.get(pk=client.device_id)
    assert device.state["volume"] == 80


def test_a_manifest_is_marked_as_taken_when_the_device_says_so(client):
    answer = _first(client)
    manifest = open_manifest(answer.manifest, authorities=client.authorities)

    client.sync(support.ask(manifest_version=manifest.version, cursor=answer.cursor, wait_s=1))

    device = Device.objects.get(pk=client.device_id)
    wait_until(lambda: device.manifests.get(version=manifest.version).taken_at is not None)


def test_a_third_waiting_ask_takes_the_place_of_the_oldest(client):
    cursor = _first(client).cursor
    before = time.monotonic()
    asks = []
    for _ in range(3):
        asks.append(_Later(client, support.ask(wait_s=4, cursor=cursor)))
        time.sleep(0.2)

    for ask in asks:
        assert ask.wait().manifest is None
    assert asks[0].came_at - before < 3
    assert asks[1].came_at - before > 3.9
    assert asks[2].came_at - before > 3.9


@pytest.mark.parametrize("cursor", ["", "rubbish", "m1a1", "m9999999999999999a0"])
def test_an_odd_cursor_gives_the_news_again(client, cursor):
    assert client.sync(support.ask(wait_s=5, cursor=cursor)).manifest is not None
