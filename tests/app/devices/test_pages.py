"""The pages of devices, through their doors: on a cluster's page, alone, enrolled, revoked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from coso.devices import actions
from coso.devices.models import Device, EnrolmentCode, Fault
from coso.devices.rules import digest_of
from coso.journal.models import Entry
from coso.kit import clock
from coso.registry.models import SpeakerCluster
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _device(cluster: SpeakerCluster, serial: str = "LOA-1", *, heard_ago: timedelta | None = None) -> Device:
    return Device.objects.create(
        serial=serial,
        cluster=cluster,
        secret=b"x" * 32,
        public_key=b"y" * 32,
        heard_at=None if heard_ago is None else clock.now() - heard_ago,
        state={"volume": 80, "free_bytes": 2_500_000_000, "manifest_version": 1},
    )


def _as(client, person):
    client.force_login(person)
    return client


def _clusters(client, person, **asked) -> str:
    return _as(client, person).get(reverse("registry:clusters"), asked).content.decode()


@pytest.fixture
def three(world: World) -> World:
    """Give the first cluster a device that is heard, the second one that is silent, a third none, a fourth a fault."""
    station = world.clusters[0].station
    world.clusters += [
        SpeakerCluster.objects.create(code=f"SK1-0{number}", name=f"Cụm loa số {number}", station=station)
        for number in (3, 4)
    ]
    _device(world.clusters[0], "LOA-1", heard_ago=timedelta(seconds=10))
    _device(world.clusters[1], "LOA-2", heard_ago=timedelta(hours=1))
    faulty = _device(world.clusters[3], "LOA-4", heard_ago=timedelta(seconds=10))
    Fault.objects.create(device=faulty, kind="bad_signature")
    old = _device(world.clusters[2], "LOA-CU")
    Device.objects.filter(pk=old.pk).update(revoked_at=clock.now())
    return world


@pytest.mark.parametrize(
    ("state", "name"),
    [("heard", "Cụm loa Thôn 1"), ("silent", "Cụm loa Thôn 2"), ("none", "Cụm loa số 3"), ("fault", "Cụm loa số 4")],
)
def test_clusters_are_narrowed_by_what_their_devices_show(client, three: World, state, name) -> None:
    page = _clusters(client, three.officer, state=state)

    shown = [cluster.name for cluster in three.clusters if f">{cluster.name}<" in page]
    assert shown == [name]


def test_the_list_of_clusters_says_each_state_and_how_many_are_silent(client, three: World) -> None:
    page = _clusters(client, three.officer)

    assert "4 cụm loa. 1 cụm mất liên lạc. 1 cụm chưa có thiết bị." in page
    for word in ("Đang liên lạc", "Mất liên lạc", "Chưa có thiết bị", "Có sự cố"):
        assert word in page


def test_a_cleared_fault_counts_no_more(client, three: World) -> None:
    Fault.objects.update(cleared_at=clock.now())

    page = _clusters(client, three.officer, state="fault")

    assert [cluster.name for cluster in three.clusters if f">{cluster.name}<" in page] == []
    assert "Cụm loa số 4" in _clusters(client, three.officer, state="heard")


def test_devices_cost_the_list_of_clusters_a_settled_number_of_questions(
    client, three: World, django_assert_max_num_queries
) -> None:
    for number in range(20):
        cluster = SpeakerCluster.objects.create(code=f"N-{number}", name="Cụm", station=three.clusters[0].station)
        _device(cluster, f"LOA-N{number}", heard_ago=timedelta(seconds=1))
    _as(client, three.officer)

    with django_assert_max_num_queries(18):
        client.get(reverse("registry:clusters"))


def test_the_page_of_a_cluster_shows_its_device_and_what_is_wrong(client, three: World) -> None:
    page = _as(client, three.officer).get(reverse("registry:cluster", args=[three.clusters[3].pk])).content.decode()

    assert "LOA-4" in page
    assert "Có sự cố" in page
    # An officer enrols; only the administrator revokes.
    assert "Thu hồi thiết bị" not in page


def test_the_page_of_a_cluster_without_a_device_offers_a_code_and_names_the_old_one(client, three: World) -> None:
    address = reverse("registry:cluster", args=[three.clusters[2].pk])

    mine = _as(client, three.officer).get(address).content.decode()
    read = _as(client, three.leader).get(address).content.decode()

    assert "Tạo mã đăng ký" in mine
    assert "LOA-CU" in mine
    assert "Tạo mã đăng ký" not in read


def test_a_code_is_shown_once_with_the_two_commands(client, world: World, settings) -> None:
    settings.OPTIONS = {**settings.OPTIONS, "COSO_GATEWAY_URL": "https://loa.hatinh.vn"}
    address = reverse("devices:enrolment", args=[world.clusters[0].pk])

    answer = _as(client, world.officer).post(address, {"hours": 48})

    made = EnrolmentCode.objects.get()
    code = answer.context["code"]
    page = answer.content.decode()
    assert made.digest == digest_of(code)
    assert timedelta(hours=47) < made.expires_at - clock.now() <= timedelta(hours=48)
    command = f"coso-agent enrol --server https://loa.hatinh.vn --code {code} --home /var/lib/coso-agent"
    assert command in page
    assert "coso-agent run --home /var/lib/coso-agent" in page
    assert "no-store" in answer["Cache-Control"]
    assert code not in client.get(address).content.decode()
    assert Entry.objects.get(verb="device.code_made").actor == f"person:{world.officer.pk}"


def test_without_an_address_of_the_operator_boxes_are_told_this_host(client, world: World, settings) -> None:
    settings.OPTIONS = {**settings.OPTIONS, "COSO_GATEWAY_URL": "", "COSO_GATEWAY_PORT": 8001}

    answer = _as(client, world.officer).post(
        reverse("devices:enrolment", args=[world.clusters[0].pk]), {"hours": 24}, headers={"host": "localhost:8000"}
    )

    assert answer.context["server"] == "http://localhost:8001"


@pytest.mark.parametrize("hours", ["", "0", "-1", "337", "một ngày", "1e3", "9" * 30])
def test_a_code_for_a_wrong_time_is_refused(client, world: World, hours) -> None:
    answer = _as(client, world.officer).post(
        reverse("devices:enrolment", args=[world.clusters[0].pk]), {"hours": hours}
    )

    assert answer.status_code == 422
    assert not EnrolmentCode.objects.exists()


def test_no_code_is_made_while_the_cluster_has_a_device(client, three: World) -> None:
    answer = _as(client, three.officer).post(reverse("devices:enrolment", args=[three.clusters[0].pk]), {"hours": 24})

    assert answer.status_code == 409
    assert not EnrolmentCode.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("other_officer", 404), ("leader", 403), ("communicator", 403)])
def test_nobody_else_makes_a_code(client, world: World, who, status) -> None:
    address = reverse("devices:enrolment", args=[world.clusters[0].pk])

    answer = _as(client, getattr(world, who)).post(address, {"hours": 24})

    assert answer.status_code == status
    assert not EnrolmentCode.objects.exists()


def test_the_page_of_a_device_shows_what_it_last_said(client, three: World) -> None:
    device = Device.objects.get(serial="LOA-4")

    page = _as(client, three.officer).get(reverse("devices:device", args=[device.pk])).content.decode()

    assert "80%" in page
    assert "2.500 MB" in page
    assert "Đã xử lý" in page


@pytest.mark.parametrize(("who", "status"), [("other_officer", 404), ("communicator", 403), ("auditor", 200)])
def test_a_device_is_seen_within_the_scope_only(client, three: World, who, status) -> None:
    device = Device.objects.get(serial="LOA-1")

    assert _as(client, getattr(three, who)).get(reverse("devices:device", args=[device.pk])).status_code == status
    assert _as(client, three.officer).get(reverse("devices:device", args=[uuid4()])).status_code == 404


def test_the_administrator_revokes_a_device_with_a_reason(client, three: World) -> None:
    device = Device.objects.get(serial="LOA-1")

    answer = _as(client, three.administrator).post(
        reverse("devices:revoke", args=[device.pk]), {"reason": "Bị mất trộm"}
    )

    device.refresh_from_db()
    page = client.get(answer["Location"]).content.decode()
    assert device.revoked_at is not None
    assert Entry.objects.get(verb="device.revoked").reason.text == "Bị mất trộm"
    assert "Bị mất trộm" in page
    assert "Đã thu hồi" in page


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_device_is_not_revoked_without_a_proper_reason(client, three: World, reason) -> None:
    device = Device.objects.get(serial="LOA-1")

    answer = _as(client, three.administrator).post(reverse("devices:revoke", args=[device.pk]), {"reason": reason})

    device.refresh_from_db()
    assert answer.status_code == 422
    assert device.revoked_at is None


@pytest.mark.parametrize("who", ["officer", "leader", "editor", "auditor"])
def test_nobody_but_an_administrator_revokes(client, three: World, who) -> None:
    device = Device.objects.get(serial="LOA-1")

    answer = _as(client, getattr(three, who)).post(reverse("devices:revoke", args=[device.pk]), {"reason": "Thử"})

    device.refresh_from_db()
    assert answer.status_code == 403
    assert device.revoked_at is None


def test_an_officer_marks_a_fault_as_seen_to_and_another_commune_does_not(client, three: World) -> None:
    fault = Fault.objects.get()
    address = reverse("devices:clear-fault", args=[fault.pk])

    stranger = _as(client, three.other_officer).post(address)
    fault.refresh_from_db()
    untouched = fault.cleared_at
    answer = _as(client, three.officer).post(address)

    fault.refresh_from_db()
    assert (stranger.status_code, untouched) == (404, None)
    assert answer["Location"] == reverse("devices:device", args=[fault.device_id])
    assert fault.cleared_at is not None


def test_the_code_shown_enrols_a_box(client, world: World) -> None:
    answer = _as(client, world.officer).post(reverse("devices:enrolment", args=[world.clusters[0].pk]), {"hours": 24})

    device = actions.enrol(code=answer.context["code"], serial="LOA-9", public_key=b"k" * 32, software="thử 1")

    page = client.get(reverse("registry:cluster", args=[world.clusters[0].pk])).content.decode()
    assert device.cluster == world.clusters[0]
    assert "LOA-9" in page
    assert "Mất liên lạc" in page
