"""The pages of rounds, inspections and defects, through their doors."""

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.kit.refs import Ref, describe
from coso.notices.models import Notice
from coso.notices.ports import wording_of
from coso.organizations.models import Person
from coso.registry.actions import defects, photos
from coso.registry.models import Defect, Facility, Inspection, InspectionRound, RepairEntry
from tests.app.registry.inspecting import BAD, GOOD, filled, opened, photo, prepared, station
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _page(client: Client, person: Person, name: str, *args: object, status: int = 200, **asked: str) -> str:
    client.force_login(person)
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == status
    return answer.content.decode()


def _send(client: Client, person: Person, name: str, *args: object, **form: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(name, args=args), form)


def _queries(client: Client, person: Person, name: str, *args: object) -> int:
    client.force_login(person)
    client.get(reverse(name, args=args))
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(counted)


# Rounds


def test_an_editor_prepares_opens_and_closes_a_round_by_the_pages(client: Client, world: World) -> None:
    today = clock.today()
    told = {
        "title": "Rà soát 2026",
        "place": world.province.pk,
        "kinds": ["commune_station"],
        "opens_on": today.isoformat(),
        "closes_on": today.isoformat(),
    }

    _send(client, world.editor, "registry:new-round", **told)
    round_ = InspectionRound.objects.get()
    _send(client, world.editor, "registry:open-round", round_.pk)
    page = _page(client, world.editor, "registry:round", round_.pk)
    _send(client, world.editor, "registry:close-round", round_.pk)

    assert "đã kiểm tra 0/1 thiết chế" in page
    assert "Xã Sơn Kim 1" in page
    round_.refresh_from_db()
    assert round_.state == "closed"


def test_a_wrong_round_comes_back_with_what_was_typed(client: Client, world: World) -> None:
    client.force_login(world.editor)
    told = {"title": "Rà soát", "place": world.province.pk, "opens_on": "2026-11-24", "closes_on": "2026-11-01"}

    answer = client.post(reverse("registry:new-round"), told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày cuối nằm trước ngày đầu." in page
    assert 'value="Rà soát"' in page
    assert not InspectionRound.objects.exists()


def test_an_officer_sees_the_provinces_round_with_the_own_commune_only(client: Client, world: World) -> None:
    Facility.objects.create(kind="culture_house", name="Nhà văn hóa Thôn Đông 1", place=world.other_villages[0])
    round_ = opened(world)

    page = _page(client, world.officer, "registry:round", round_.pk)
    results = _page(client, world.officer, "registry:results", round_.pk)

    assert "Xã Sơn Kim 1" in page
    assert "Xã Thạch Hà" not in page
    assert "Đài truyền thanh xã Sơn Kim 1" in results
    assert "Nhà văn hóa Thôn Đông 1" not in results


def test_a_round_of_another_commune_does_not_exist(client: Client, world: World) -> None:
    round_ = opened(world, place=world.son_kim)

    _page(client, world.other_officer, "registry:round", round_.pk, status=404)
    _page(client, world.other_officer, "registry:phone", round_.pk, status=404)
    assert "Rà soát" not in _page(client, world.other_officer, "registry:rounds")


def test_rounds_are_found_without_marks(client: Client, world: World) -> None:
    prepared(world)

    assert "Rà soát thiết chế năm 2026" in _page(client, world.editor, "registry:rounds", q="ra soat")
    assert "Rà soát thiết chế năm 2026" not in _page(client, world.editor, "registry:rounds", state="open")


def test_the_lists_ask_no_more_for_many_rows_than_for_one(client: Client, world: World) -> None:
    round_ = opened(world)
    filled(world, round_, BAD)
    names = ["registry:rounds", "registry:defects"]
    few = [_queries(client, world.editor, name) for name in names]
    few.append(_queries(client, world.editor, "registry:results", round_.pk))

    for number in range(1, 21):
        prepared(world, title=f"Đợt {number}")
        house = Facility.objects.create(kind="commune_station", name=f"Đài {number}", place=world.villages[0])
        defects.enter_defect(by=world.officer, facility=house, description=f"Hỏng {number}")

    many = [_queries(client, world.editor, name) for name in names]
    many.append(_queries(client, world.editor, "registry:results", round_.pk))
    assert many == few


def test_the_result_is_a_table_and_a_spreadsheet_with_every_question(client: Client, world: World) -> None:
    Facility.objects.create(kind="commune_station", name="Đài chưa kiểm tra", place=world.villages[1])
    round_ = opened(world, kinds=["commune_station"])
    filled(world, round_, BAD)

    page = _page(client, world.editor, "registry:results", round_.pk, state="found")
    answer = client.get(reverse("registry:results", args=[round_.pk]), {"export": "xlsx"})

    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert "Đài chưa kiểm tra" not in page
    assert rows[0][:4] == (
        "Thiết chế",
        "Xã, phường",
        "Trạng thái",
        "1. Đài do Ủy ban nhân dân cấp xã trực tiếp quản lý, có văn bản giao người phụ trách?",
    )
    looked = dict(zip(rows[0], next(row for row in rows if row[0] == "Đài truyền thanh xã Sơn Kim 1"), strict=True))
    assert looked["Tồn tại"] == "8. Cụm loa Thôn 2 rè"
    assert looked["10. Số giờ phát bình quân trong một tuần"] == "12"
    assert looked["Người điền"] == "Lê Thị Đào"
    assert len(rows) == 3


def test_checklists_tell_the_article_of_each_question_and_what_nobody_verified(client: Client, world: World) -> None:
    listed = _page(client, world.officer, "registry:checklists")
    page = _page(client, world.officer, "registry:checklist", "tram-nd49")

    assert "Đài truyền thanh theo Quyết định 52/2016/QĐ-TTg (đã hết hiệu lực)" in listed
    assert "Điều 7 khoản 1" in page
    assert "chưa xác minh" in page
    _page(client, world.officer, "registry:checklist", "khong-co", status=404)


# Filling in without a script


def _form(answers: dict[str, Any], **hidden: Any) -> dict[str, Any]:
    told = dict(hidden)
    for number, answer in answers.items():
        told[f"v{number}"], told[f"n{number}"] = answer.get("value", ""), answer.get("note", "")
    return told


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(inspection|base_version)" value="([^"]*)"', page))


def test_a_facility_is_filled_in_by_an_ordinary_form_and_sent_twice_it_is_one(client: Client, world: World) -> None:
    round_, place = opened(world), station(world)
    hidden = _hidden(_page(client, world.officer, "registry:fill", round_.pk, place.pk))

    for _ in range(2):
        answer = _send(client, world.officer, "registry:fill", round_.pk, place.pk, **_form(BAD, **hidden))

    made = Inspection.objects.get()
    assert answer.url == reverse("registry:inspection", args=[made.pk])
    assert (made.version, made.is_done, made.findings) == (1, True, 1)


def test_wrong_answers_come_back_beside_their_questions(client: Client, world: World) -> None:
    round_, place = opened(world), station(world)
    hidden = _hidden(_page(client, world.officer, "registry:fill", round_.pk, place.pk))
    wrong = GOOD | {"10": {"value": "nhiều", "note": "ước chừng"}}

    answer = _send(client, world.officer, "registry:fill", round_.pk, place.pk, **_form(wrong, **hidden))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi một số từ 0 trở lên, bằng chữ số." in page
    assert "ước chừng" in page
    assert not Inspection.objects.exists()


def test_a_form_opened_before_somebody_elses_change_leads_to_the_choice(client: Client, world: World) -> None:
    round_, place = opened(world), station(world)
    hidden = _hidden(_page(client, world.officer, "registry:fill", round_.pk, place.pk))
    filled(world, round_, GOOD, by=world.editor)

    answer = _send(client, world.officer, "registry:fill", round_.pk, place.pk, **_form(BAD, **hidden))
    client.force_login(world.officer)
    page = client.get(answer.url).content.decode()
    client.post(answer.url, {"base_version": "1", "q8": "sent"})

    assert "Cụm loa Thôn 2 rè" in page
    assert "Nguyễn Thị Hoa" in page
    assert "Lê Thị Đào" in page
    assert Inspection.objects.get().answers["8"]["value"] == "no"


def test_a_stale_choice_is_refused(client: Client, world: World) -> None:
    round_ = opened(world)
    filled(world, round_, GOOD, by=world.editor)
    conflict = filled(world, round_, BAD).conflict
    assert conflict is not None

    answer = _send(client, world.officer, "registry:conflict", conflict.pk, base_version="7", q8="sent")

    assert answer.status_code == 409
    assert Inspection.objects.get().version == 1
    _page(client, world.other_officer, "registry:conflict", conflict.pk, status=404)


# One inspection and its photos


def test_the_page_of_an_inspection_shows_answers_photos_and_defects(client: Client, world: World) -> None:
    made = filled(world, opened(world), BAD).inspection
    photos.take_photo(by=world.officer, inspection=made, data=photo(gps=True), item_number=8, keep_position=True)

    page = _page(client, world.editor, "registry:inspection", made.pk)

    assert "Cụm loa Thôn 2 rè" in page
    assert "18,42" in page
    assert "Ảnh của câu 8" in page
    _page(client, world.other_officer, "registry:inspection", made.pk, status=404)


def test_a_photo_is_served_within_the_scope_only_and_as_a_picture(client: Client, world: World) -> None:
    made = filled(world, opened(world)).inspection
    taken = photos.take_photo(by=world.officer, inspection=made, data=photo())
    client.force_login(world.leader)

    answer = client.get(reverse("registry:photo", args=[taken.pk]))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    _page(client, world.other_officer, "registry:photo", taken.pk, status=404)


def test_photos_are_added_and_taken_away_by_the_page(client: Client, world: World) -> None:
    made = filled(world, opened(world)).inspection
    files = [io.BytesIO(photo()), io.BytesIO(photo(size=(320, 200)))]

    _send(client, world.officer, "registry:add-photo", made.pk, photo=files)
    first = made.photos.first()
    assert first is not None
    _send(client, world.officer, "registry:remove-photo", first.pk)
    wrong = _send(client, world.officer, "registry:add-photo", made.pk, photo=io.BytesIO(b"no photo"))

    assert made.photos.count() == 1
    assert wrong.status_code == 422
    assert "Tệp này không phải ảnh" in wrong.content.decode()


# Defects


def test_a_defect_is_entered_from_the_facility_and_mended(client: Client, world: World) -> None:
    place = station(world)

    _send(client, world.officer, "registry:new-defect", place.pk, description="Hộp điện mất khóa")
    defect = Defect.objects.get()
    told = {"text": "Thay khóa", "to": "mended", "cost_vnd": "150.000", "contractor": "Thợ Nam"}
    _send(client, world.officer, "registry:defect", defect.pk, **told)
    page = _page(client, world.officer, "registry:defect", defect.pk)

    assert RepairEntry.objects.get().cost_vnd == 150_000
    assert "Đã khắc phục" in page
    assert "150.000" in page
    assert "Thợ Nam" in page


def test_a_leader_reads_a_defect_and_writes_nothing(client: Client, world: World) -> None:
    defect = defects.enter_defect(by=world.officer, facility=station(world), description="Loa rè")

    page = _page(client, world.leader, "registry:defect", defect.pk)
    answer = _send(client, world.leader, "registry:defect", defect.pk, text="Xong", to="mended")

    assert "Ghi vào sổ" not in page
    assert answer.status_code == 403
    assert not RepairEntry.objects.exists()
    _page(client, world.other_officer, "registry:defect", defect.pk, status=404)


def test_the_list_of_defects_shows_what_is_not_settled_and_what_is_overdue(client: Client, world: World) -> None:
    place = station(world)
    late = defects.enter_defect(by=world.officer, facility=place, description="Loa rè")
    mended = defects.enter_defect(by=world.officer, facility=place, description="Mất điện")
    Defect.objects.filter(pk=late.pk).update(due_on="2026-01-05")
    defects.note_repair(by=world.officer, defect=mended, text="Xong", to="mended")

    page = _page(client, world.officer, "registry:defects")

    assert "1 hư hỏng, tồn tại chưa xong. 1 trường hợp quá hạn." in page
    assert "Mất điện" not in page
    assert "Mất điện" in _page(client, world.officer, "registry:defects", state="mended")
    assert "Loa rè" in _page(client, world.officer, "registry:defects", overdue="yes", q="loa re")
    assert "Loa rè" not in _page(client, world.other_officer, "registry:defects")


def test_the_page_of_a_facility_tells_its_defects_and_last_inspection(client: Client, world: World) -> None:
    filled(world, opened(world), BAD)

    page = _page(client, world.officer, "registry:facility", station(world).pk)

    assert "Cụm loa Thôn 2 rè" in page
    assert "Lê Thị Đào" in page
    assert "Ghi hư hỏng, tồn tại" in page


def test_a_deadline_is_moved_by_the_page(client: Client, world: World) -> None:
    defect = defects.enter_defect(by=world.officer, facility=station(world), description="Loa rè")

    _send(client, world.officer, "registry:edit-defect", defect.pk, due_on="2030-01-15")
    wrong = _send(client, world.officer, "registry:edit-defect", defect.pk, due_on="2020-01-15")

    defect.refresh_from_db()
    assert defect.due_on.isoformat() == "2030-01-15"
    assert wrong.status_code == 422


# What others see


def test_notices_read_as_sentences_and_lead_to_the_record(world: World) -> None:
    round_ = opened(world)
    defect = defects.enter_defect(by=world.officer, facility=station(world), description="Loa rè")
    Defect.objects.filter(pk=defect.pk).update(due_on="2026-01-05")
    defects.climb_overdue()

    words = {notice.kind: wording_of(notice) for notice in Notice.objects.all()}
    found = describe(Ref("inspection_round", str(round_.pk)), world.officer)

    assert words["inspection.round_opened"] == f"Hãy kiểm tra các thiết chế trước hết ngày {round_.closes_on:%d/%m/%Y}."
    assert words["defect.overdue"].startswith("Hư hỏng, tồn tại ở Đài truyền thanh xã Sơn Kim 1 đã quá hạn")
    assert found == ("Rà soát thiết chế năm 2026", reverse("registry:round", args=[round_.pk]))
    assert describe(Ref("defect", str(defect.pk)), world.other_officer) is None
    assert describe(Ref("inspection", "x"), world.officer) is None
