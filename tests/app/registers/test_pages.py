"""The pages of registers in and out, through their doors."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coso.places.models import Place
from coso.registers import actions
from coso.registers.models import Import, ImportState
from coso.registers.ports import import_address, registers
from tests.app.registers.support import VILLAGES, bring
from tests.support import xlsx
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

NEW = ["18196-09", "Thôn 9", "Xã Sơn Kim 1", 1234, 300, "18,43", 105.2]
KNOWN = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 620, 170, None, None]
WRONG = ["18196-10", "Thôn 10", "Xã Không Có", "5 km", 1, None, None]


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.officer)
    return client


def _upload(client: Client, *rows: list[Any], **form: str) -> Any:
    file = SimpleUploadedFile("thon.xlsx", xlsx.book(VILLAGES, *rows))
    return client.post(import_address("thon"), {"file": file, "day": "2026-11-24", **form})


def _words(answer: Any) -> str:
    main = answer.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def _page(client: Client, run: Import) -> str:
    answer = client.get(reverse("desk:import", args=[run.pk]))
    assert answer.status_code == 200
    return _words(answer)


def test_the_list_offers_what_the_person_may_bring_in(officer: Client) -> None:
    page = _words(officer.get(reverse("desk:registers")))

    assert "Thôn, tổ dân phố" in page
    assert "Nhãn địa bàn" not in page


def test_who_may_bring_nothing_in_has_no_such_page(client: Client, world: World) -> None:
    client.force_login(world.leader)

    for name, args in (("registers", []), ("imports", []), ("register", ["thon"]), ("register-template", ["thon"])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 403


def test_a_register_outside_the_persons_rights_does_not_exist(officer: Client) -> None:
    for name in ("register", "register-template", "register-rows"):
        assert officer.get(reverse(f"desk:{name}", args=["nhan-dia-ban"])).status_code == 404
        assert officer.get(reverse(f"desk:{name}", args=["khong-co"])).status_code == 404


def test_every_register_has_its_page_and_template(client: Client, world: World) -> None:
    for register in registers():
        # The book of outgoing documents belongs to who issues them, not to who keeps the system.
        client.force_login(world.editor if register.kind == "so-van-ban" else world.administrator)
        assert client.get(import_address(register.kind)).status_code == 200, register.kind
        template = client.get(reverse("desk:register-template", args=[register.kind]))
        header = [cell.value for cell in xlsx.loaded(b"".join(template.streaming_content)).worksheets[0][1]]
        assert header == [str(field.label) for field in register.fields]


def test_the_rows_given_out_are_those_within_the_persons_scope(officer: Client) -> None:
    answer = officer.get(reverse("desk:register-rows", args=["thon"]))

    rows = list(xlsx.loaded(b"".join(answer.streaming_content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["18196-01", "18196-02", "18196-03"]


def test_a_file_leads_to_its_preview_with_values_before_and_after(officer: Client, world: World) -> None:
    answer = _upload(officer, NEW, KNOWN)

    run = Import.objects.get()
    assert answer.url == reverse("desk:import", args=[run.pk])
    page = _page(officer, run)
    assert "Chưa nhập gì. Hãy xem trước rồi xác nhận." in page
    assert "Dân số: — → 620" in page
    assert "Thôn 9" in page
    assert "Nhập vào" in page
    assert not Place.objects.filter(code="18196-09").exists()


def test_what_is_confirmed_is_brought_in_and_taken_back(officer: Client) -> None:
    _upload(officer, NEW)
    run = Import.objects.get()

    officer.post(reverse("desk:import-commit", args=[run.pk]))
    assert Place.objects.get(code="18196-09").population == 1234
    assert "Hoàn tác tệp này" in _page(officer, run)

    officer.post(reverse("desk:import-undo", args=[run.pk]))
    assert not Place.objects.filter(code="18196-09").exists()
    assert "Những gì tệp này nhập vào đã được hoàn tác." in _page(officer, run)


def test_errors_stand_on_the_page_by_cell_and_in_a_file(officer: Client) -> None:
    _upload(officer, NEW, WRONG)
    run = Import.objects.get()

    page = _page(officer, run)
    assert "Có 1 dòng sai." in page
    assert "D3 Chỉ ghi số, bỏ “km”. 5 km" in page
    assert "Nhập vào" not in page
    file = officer.get(reverse("desk:import-wrong", args=[run.pk]))
    sheet = xlsx.loaded(b"".join(file.streaming_content)).worksheets[0]
    assert sheet.max_row == 2
    refused = officer.post(reverse("desk:import-commit", args=[run.pk]))
    assert refused.status_code == 422
    assert not Place.objects.filter(code="18196-09").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a;b\n1;2", "Đây là tệp văn bản (như .csv)."),
        (xlsx.changed(xlsx.book(VILLAGES), {"xl/vbaProject.bin": b""}), "Tệp có macro (.xlsm)."),
        (b"", "trống"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_its_field(officer: Client, data: bytes, words: str) -> None:
    answer = officer.post(import_address("thon"), {"file": SimpleUploadedFile("thon.xlsx", data), "day": "2026-11-24"})

    assert answer.status_code == 422
    assert words in _words(answer)
    assert not Import.objects.exists()


def test_columns_are_chosen_on_the_page(officer: Client) -> None:
    header = [words if words != "Tên thôn" else "Ghi chú" for words in VILLAGES]
    file = SimpleUploadedFile("thon.xlsx", xlsx.book(header, NEW))
    officer.post(import_address("thon"), {"file": file, "day": "2026-11-24"})
    run = Import.objects.get()
    assert "Chưa tìm thấy cột bắt buộc." in _page(officer, run)

    chosen = {f"column-{letter}": name for letter, name in run.mapping.items()} | {"column-B": "name"}
    officer.post(reverse("desk:import-columns", args=[run.pk]), chosen)

    run.refresh_from_db()
    assert (run.mapping["B"], run.rows_new) == ("name", 1)


def test_a_blocked_undo_names_the_row_and_the_reason(officer: Client, world: World) -> None:
    _upload(officer, NEW)
    run = Import.objects.get()
    officer.post(reverse("desk:import-commit", args=[run.pk]))
    world.clusters[0].villages.add(Place.objects.get(code="18196-09"))

    answer = officer.post(reverse("desk:import-undo", args=[run.pk]))

    assert answer.status_code == 422
    assert "Chưa hoàn tác gì. Dòng 2:" in _words(answer)
    run.refresh_from_db()
    assert run.state == ImportState.DONE


def test_another_persons_import_does_not_exist(officer: Client, world: World) -> None:
    run = bring(["18562-09", "Thôn 9", "Xã Thạch Hà", 1, 1, None, None], by=world.other_officer)

    for name in ("import", "import-progress", "import-wrong"):
        assert officer.get(reverse(f"desk:{name}", args=[run.pk])).status_code == 404
    for name in ("import-commit", "import-undo", "import-stop", "import-again", "import-columns"):
        assert officer.post(reverse(f"desk:{name}", args=[run.pk])).status_code == 404
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED


def test_the_progress_of_a_large_file_is_told_and_may_be_stopped(officer: Client, world: World) -> None:
    run = bring(NEW, by=world.officer)
    Import.objects.filter(pk=run.pk).update(state=ImportState.CHECKING, rows_read=4500, rows_wrong=3)

    part = officer.get(reverse("desk:import-progress", args=[run.pk]), headers={"HX-Request": "true"})
    assert "Đã đọc 4.500 dòng, trong đó 3 dòng sai." in " ".join(part.content.decode().split())
    assert "HX-Refresh" not in part.headers

    officer.post(reverse("desk:import-stop", args=[run.pk]))
    run.refresh_from_db()
    assert run.stop_asked is True
    Import.objects.filter(pk=run.pk).update(state=ImportState.CHECKED)
    done = officer.get(reverse("desk:import-progress", args=[run.pk]), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_the_list_of_imports_asks_the_database_a_fixed_number_of_times(
    officer: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        bring([f"18196-{number + 20}", f"Thôn {number + 20}", "Xã Sơn Kim 1", 1, 1, None, None], by=world.officer)
    officer.get(reverse("desk:imports"))

    with django_assert_max_num_queries(18):
        answer = officer.get(reverse("desk:imports"))

    assert _words(answer).count("thon.xlsx") == 12
    assert "Có 12 tệp chờ nhập." in _words(answer)


def test_a_preview_asks_the_database_a_fixed_number_of_times(
    officer: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    rows = [[f"18196-{number}", f"Thôn {number}", "Xã Sơn Kim 1", 1, 1, None, None] for number in range(20, 120)]
    run = bring(*rows, by=world.officer)
    officer.get(reverse("desk:import", args=[run.pk]))

    with django_assert_max_num_queries(20):
        officer.get(reverse("desk:import", args=[run.pk]))

    assert actions.commit_import(import_id=run.pk, by=world.officer).state == ImportState.DONE
