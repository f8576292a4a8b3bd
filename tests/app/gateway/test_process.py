"""The gateway as a process: it stops quickly, also while devices wait, and several run side by side."""

import signal
import threading
import time
from dataclasses import replace

import pytest

from coso.broadcast import actions
from coso.devices.actions import make_enrolment_code
from coso_wire import SYNC_PATH, Answer
from tests.app.broadcast import support
from tests.app.gateway.system import Client, free_port, post


@pytest.fixture
def second(system):
    other = replace(system, port=free_port(), processes=[])
    process = other.start_gateway()
    yield other, process
    other.stop()


def test_it_stops_within_two_seconds_and_answers_those_who_wait(system, client, second):
    other, process = second
    client.url = other.url
    cursor = client.sync(support.ask(wait_s=5)).cursor
    body = support.ask(wait_s=50, cursor=cursor).to_bytes()
    replies = []
    waiting = [
        threading.Thread(target=lambda: replies.append(post(other.url, SYNC_PATH, body, client.headers(body))))
        for _ in range(2)
    ]
    for thread in waiting:
        thread.start()
    time.sleep(0.5)

    before = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=6)
    took = time.monotonic() - before

    for thread in waiting:
        thread.join(timeout=2)
    assert took < 2
    assert [reply.status for reply in replies] == [200, 200]
    assert {Answer.from_bytes(reply.body).again_after_s for reply in replies} == {1}


def test_two_gateways_tell_the_same_news(system, cluster, second):
    other, _process = second
    code = make_enrolment_code(cluster_id=cluster.pk, by=system.world.administrator)
    client = Client.enrol(system.url, code, f"hop-{cluster.code}")
    first = client.sync(support.ask(wait_s=5))
    approved = support.bulletin(system.world.editor, [cluster.station.place], approved_by=system.world.approver)

    client.url = other.url
    actions.schedule_bulletin(
        bulletin_id=approved.pk, place_id=cluster.station.place.pk, starts_at=support.soon(), by=system.world.editor
    )
    there = client.sync(support.ask(wait_s=10, cursor=first.cursor))
    client.url = system.url
    here = client.sync(support.ask(wait_s=10, cursor=first.cursor))

    assert there.manifest == here.manifest is not None
    assert there.cursor == here.cursor
