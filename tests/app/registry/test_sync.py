"""What phones send: taken once, answered alike, refused with a reason that a person can act on."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coso.kit import clock, ids
from coso.organizations.models import Person
from coso.registry.actions import inspections, rounds
from coso.registry.models import Inspection, InspectionConflict, InspectionPhoto, InspectionRound
from tests.app.registry.inspecting import BAD, GOOD, filled, opened, photo, station
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(world: World) -> InspectionRound:
    """Give an open round."""
    return opened(world)


def _told(**changes: Any) -> dict[str, Any]:
    told = {
        "id": str(ids.new_id()),
        "facility": None,
        "base_version": 0,
        "filled_at": clock.iso(clock.now()),
        "answers": GOOD,
    }
    return told | changes


def _send(client: Client, person: Person, round_: InspectionRound, told: Any) -> Any:
    client.force_login(person)
    body = told if isinstance(told, str | bytes) else json.dumps(told)
    return client.post(reverse("registry:sync", args=[round_.pk]), body, content_type="application/json")


def test_the_package_carries_the_own_facilities_their_questions_and_answers(
    client: Client, world: World, round_: InspectionRound
) -> None:
    made = filled(world, round_, BAD).inspection
    client.force_login(world.officer)

    told = client.get(reverse("registry:phone-package", args=[round_.pk])).json()

    assert [one["name"] for one in told["facilities"]] == ["Đài truyền thanh xã Sơn Kim 1"]
    assert len(told["checklists"]["tram-nd49"]["items"]) == 12
    assert [(one["id"], one["version"]) for one in told["inspections"]] == [(str(made.pk), 1)]
    assert told["person"] == world.officer.pk
    assert told["csrf"]


def test_the_package_holds_nothing_of_another_commune(client: Client, world: World, round_: InspectionRound) -> None:
    client.force_login(world.other_officer)

    told = client.get(reverse("registry:phone-package", args=[round_.pk])).json()

    assert told["facilities"] == told["inspections"] == []


def test_a_phone_that_sends_twice_gets_the_same_answer_and_makes_one_inspection(
    client: Client, world: World, round_: InspectionRound
) -> None:
    told = _told(facility=station(world).pk, answers=BAD)

    once, again = (_send(client, world.officer, round_, told) for _ in range(2))

    assert once.status_code == again.status_code == 200
    assert once.json() == again.json() == {"state": "taken", "version": 1, "id": told["id"]}
    assert Inspection.objects.count() == 1


def test_a_change_meanwhile_is_answered_with_both(client: Client, world: World, round_: InspectionRound) -> None:
    made = filled(world, round_, by=world.editor).inspection
    told = _told(facility=station(world).pk, answers=BAD)

    answer = _send(client, world.officer, round_, told)

    assert answer.status_code == 409
    assert answer.json()["state"] == "conflict"
    assert answer.json()["standing"]["id"] == str(made.pk)
    assert answer.json()["standing"]["answers"] == GOOD
    assert answer.json()["sent"]["answers"] == BAD
    assert InspectionConflict.objects.count() == 1


def test_a_conflict_settled_at_the_desk_is_told_to_the_phone(
    client: Client, world: World, round_: InspectionRound
) -> None:
    filled(world, round_, by=world.editor)
    told = _told(facility=station(world).pk, answers=BAD)
    _send(client, world.officer, round_, told)
    inspections.settle_conflict(
        by=world.editor, conflict=InspectionConflict.objects.get(), base_version=1, take_sent=[]
    )

    answer = _send(client, world.officer, round_, told)

    assert answer.status_code == 200
    assert answer.json()["state"] == "settled"
    assert answer.json()["standing"]["answers"] == GOOD


def test_a_closed_round_says_so_and_takes_nothing(client: Client, world: World, round_: InspectionRound) -> None:
    rounds.close_round(by=world.editor, round_=round_)

    answer = _send(client, world.officer, round_, _told(facility=station(world).pk))

    assert (answer.status_code, answer.json()["state"]) == (409, "closed")
    assert "đã đóng" in answer.json()["message"]
    assert not Inspection.objects.exists()


def test_what_was_taken_before_a_round_was_closed_is_answered_as_taken(
    client: Client, world: World, round_: InspectionRound
) -> None:
    told = _told(facility=station(world).pk)
    _send(client, world.officer, round_, told)
    rounds.close_round(by=world.editor, round_=round_)

    again = _send(client, world.officer, round_, told)
    changed = _send(client, world.officer, round_, told | {"base_version": 1, "answers": BAD})

    assert (again.status_code, again.json()["state"]) == (200, "taken")
    assert (changed.status_code, changed.json()["state"]) == (409, "closed")
    assert Inspection.objects.get().answers == GOOD


def test_of_two_phones_at_the_same_moment_the_second_is_told_to_send_again(
    client: Client, world: World, round_: InspectionRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(world, round_, by=world.editor)
    # The second phone looked before the first one's row was there.
    monkeypatch.setattr(inspections, "_standing", lambda *_: None)

    answer = _send(client, world.officer, round_, _told(facility=station(world).pk))

    # Anything else would make the phone give up until a person presses send.
    assert (answer.status_code, answer.json()["state"]) == (409, "again")


def test_a_facility_of_another_commune_does_not_exist(client: Client, world: World, round_: InspectionRound) -> None:
    answer = _send(client, world.other_officer, round_, _told(facility=station(world).pk))

    assert (answer.status_code, answer.json()["state"]) == (404, "gone")
    assert not Inspection.objects.exists()


def test_whoever_is_signed_out_is_led_to_sign_in_and_a_reader_is_refused(
    client: Client, world: World, round_: InspectionRound
) -> None:
    away = client.post(reverse("registry:sync", args=[round_.pk]), "{}", content_type="application/json")
    refused = _send(client, world.leader, round_, _told(facility=station(world).pk))

    assert away.status_code == 302
    assert refused.status_code == 403
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"x"',
        "null",
        b"\xff\xfe",
        "[" * 100_000,
        json.dumps({"id": "x"}),
        json.dumps(_told(extra=1)),
    ],
    ids=["empty", "cut", "list", "text", "null", "bytes", "deep", "half", "more"],
)
def test_what_cannot_be_read_is_refused(client: Client, world: World, round_: InspectionRound, body: Any) -> None:
    answer = _send(client, world.officer, round_, body)

    assert answer.status_code == 422
    assert answer.json()["message"] == "Không đọc được nội dung gửi đến."
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facility": "1"}, "facility"),
        ({"facility": True}, "facility"),
        ({"facility": 10**30}, "facility"),
        ({"base_version": -1}, "base_version"),
        ({"base_version": 1.5}, "base_version"),
        ({"id": "123"}, "id"),
        ({"id": 5}, "id"),
        ({"filled_at": "hôm qua"}, "filled_at"),
        ({"filled_at": "2026-11-24T10:00:00"}, "filled_at"),
        ({"filled_at": "2999-01-01T00:00:00Z"}, "filled_at"),
        ({"answers": []}, "answers"),
        ({"answers": {"77": {"value": "yes"}}}, "answers.77"),
        ({"answers": {"1": {"value": "maybe"}}}, "answers.1"),
        ({"answers": {"1": None}}, "answers.1"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(
    client: Client, world: World, round_: InspectionRound, changes: dict[str, Any], field: str
) -> None:
    answer = _send(client, world.officer, round_, _told(facility=station(world).pk) | changes)

    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {field}
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("size", [300 * 1024, 3 * 1024 * 1024])
def test_what_is_too_large_is_refused(client: Client, world: World, round_: InspectionRound, size: int) -> None:
    answer = _send(client, world.officer, round_, " " * size)

    assert answer.status_code == 422
    assert answer.json()["message"] == "Nội dung quá lớn, không gửi được."


# Photos


def _photo(client: Client, person: Person, round_: InspectionRound, made: Any, **more: Any) -> Any:
    client.force_login(person)
    told = {"inspection": str(made), "item": "8", "photo": SimpleUploadedFile("p.jpg", photo(gps=True))} | more
    return client.post(reverse("registry:sync-photo", args=[round_.pk]), told)


def test_a_photo_sent_twice_is_taken_once(client: Client, world: World, round_: InspectionRound) -> None:
    made = filled(world, round_).inspection

    once, again = (_photo(client, world.officer, round_, made.pk) for _ in range(2))

    assert once.json() == again.json()
    assert once.json()["state"] == "taken"
    taken = InspectionPhoto.objects.get()
    assert (taken.item_number, taken.latitude) == (8, None)


def test_a_ticked_photo_keeps_its_position(client: Client, world: World, round_: InspectionRound) -> None:
    made = filled(world, round_).inspection

    _photo(client, world.officer, round_, made.pk, keep_position="1", latitude="x", longitude="")

    assert InspectionPhoto.objects.get().latitude == 18.42


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"photo": SimpleUploadedFile("p.jpg", b"no photo")}, 422),
        ({"photo": "words"}, 422),
        ({"sha256": "0" * 64}, 422),
        ({"item": "99"}, 422),
        ({"inspection": "x"}, 404),
        ({"inspection": "00000000-0000-4000-8000-000000000000"}, 404),
    ],
)
def test_a_photo_that_is_none_or_belongs_nowhere_is_refused(
    client: Client, world: World, round_: InspectionRound, more: dict[str, Any], status: int
) -> None:
    made = filled(world, round_).inspection

    answer = _photo(client, world.officer, round_, made.pk, **more)

    assert answer.status_code == status
    assert not InspectionPhoto.objects.exists()


def test_a_photo_for_another_commune_is_refused(client: Client, world: World, round_: InspectionRound) -> None:
    made = filled(world, round_).inspection

    assert _photo(client, world.other_officer, round_, made.pk).status_code == 404
    assert not InspectionPhoto.objects.exists()


# The page and its service worker


def test_the_page_leads_to_ordinary_forms_without_scripts(
    client: Client, world: World, round_: InspectionRound
) -> None:
    client.force_login(world.officer)

    page = client.get(reverse("registry:phone", args=[round_.pk])).content.decode()

    assert reverse("registry:fill", args=[round_.pk, station(world).pk]) in page
    assert 'data-sync="' in page
    words = page.partition('<script id="inspection-words" type="application/json">')[2].partition("</script>")[0]
    assert json.loads(words)["send_now"] == "Gửi ngay"


def test_the_service_worker_answers_for_its_page_only(client: Client, world: World, round_: InspectionRound) -> None:
    client.force_login(world.officer)

    answer = client.get(reverse("registry:phone-worker", args=[round_.pk]))

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == reverse("registry:phone", args=[round_.pk])
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert b'addEventListener("fetch"' in answer.content
