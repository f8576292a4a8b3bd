"""The files of the networks and of the bodies: in with few questions, errors by field, back out as they went in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.kit import clock
from coso.kit.errors import BadInput
from coso.organizations import actions
from coso.organizations.models import Communicator, InformationOfficer, Organization, Reporter
from coso.organizations.rules import Network, Role
from coso.places.actions import refresh_currents
from coso.places.models import LabelKind, Level, Place, Succession
from coso.registers import ports
from coso.registers.actions import commit_import, rows_file, start_import, undo_import
from coso.registers.models import Import
from tests.app.organizations.test_networks import DECIDED, told
from tests.support import xlsx
from tests.support.merged import merge
from tests.support.world import person

pytestmark = pytest.mark.django_db

TODAY = clock.today()
HEAD = ["Họ và tên", "Điện thoại", "Chức vụ", "Xã, phường", "Thôn", "Ngôn ngữ", "Số quyết định", "Ngày quyết định"]
HAO = [
    "Nguyễn Văn Hảo",
    "0912 345 678",
    "truong thon, to truong to dan pho",
    "Sơn Kim 1",
    "Thôn 1; thôn 2",
    "Tiếng Lào",
    "12/QĐ-UBND",
    "15/09/2025",
]


def bring(
    *rows: Sequence[Any], header: Sequence[Any] = HEAD, by: Any = "system", kind: str = "tuyen-truyen-vien", day=TODAY
) -> Import:
    data = xlsx.book(header, *rows)
    return start_import(kind=kind, data=data, file_name="mang-luoi.xlsx", by=by, day=day)


def errors(run: Import) -> list[tuple[str, str]]:
    run.refresh_from_db()
    return [(one["cell"], one["text"]) for one in run.errors]


def counts(run: Import) -> tuple[int, int, int, int]:
    run.refresh_from_db()
    return (run.rows_new, run.rows_changed, run.rows_same, run.rows_wrong)


def commit(run: Import, by: Any = "system") -> None:
    commit_import(import_id=run.pk, by=by)


def row(base: Sequence[Any] = HAO, **changes: Any) -> list[Any]:
    """Give a row with other values in the columns named."""
    names = ["name", "phone", "duty", "commune", "areas", "languages", "decision", "decided"]
    return [changes.get(name, value) for name, value in zip(names, base, strict=True)]


def test_a_communicator_comes_in_and_the_same_file_again_changes_nothing(world):
    run = bring(HAO)
    assert (counts(run), errors(run)) == ((1, 0, 0, 0), [])
    commit(run)

    made = Communicator.objects.get()
    assert (made.full_name, made.phone, made.duty, made.place) == (
        "Nguyễn Văn Hảo",
        "0912345678",
        "village_head",
        world.son_kim,
    )
    assert set(made.areas.all()) == set(world.villages[:2])
    assert [one.name for one in made.languages.all()] == ["Tiếng Lào"]
    assert made.decided_on == DECIDED
    assert list(Communicator.objects.filter(folded__contains="nguyen van hao")) == [made]
    assert counts(bring(HAO)) == (0, 0, 1, 0)


def test_a_change_of_some_columns_leaves_the_others_and_is_taken_back(world):
    made = actions.add_member(by="system", network=Network.COMMUNICATORS, told=told(world, ended_on=None))
    header, cells = ["Họ tên", "SĐT", "Chức vụ", "Xã", "Thôn", "Số QĐ", "Ngày QĐ"], [0, 1, 2, 3, 4, 6, 7]
    changed = row(areas="Thôn 3", decision="99/QĐ-UBND")

    run = bring([changed[cell] for cell in cells], header=header)
    assert counts(run) == (0, 1, 0, 0)
    commit(run)

    made.refresh_from_db()
    assert (made.decision, list(made.areas.all())) == ("99/QĐ-UBND", [world.villages[2]])
    undo_import(import_id=run.pk, by="system")
    made.refresh_from_db()
    assert (made.decision, list(made.areas.all())) == ("12/QĐ-UBND", [world.villages[0]])


def test_what_came_in_goes_out_again_unless_something_was_built_on_it(world):
    run = bring(HAO, row(name="Trần Thị Lành", phone="0912000000"))
    commit(run)
    actions.edit_member(
        by="system",
        member=Communicator.objects.get(full_name="Trần Thị Lành"),
        told=told(world, full_name="Trần Thị Lành", phone="0912000001"),
    )

    with pytest.raises(BadInput):
        undo_import(import_id=run.pk, by="system")
    assert Communicator.objects.count() == 2

    Communicator.objects.filter(full_name="Trần Thị Lành").update(phone="0912000000")
    lanh = Communicator.objects.get(full_name="Trần Thị Lành")
    lanh.areas.set(world.villages[:2])
    lanh.languages.set(LabelKind.objects.filter(code="tieng-lao"))
    undo_import(import_id=run.pk, by="system")
    assert not Communicator.objects.exists()


@pytest.mark.parametrize(
    ("changes", "cell"),
    [
        ({"name": ""}, "A2"),
        ({"phone": "12"}, "B2"),
        ({"duty": "chủ tịch"}, "C2"),
        ({"commune": "Xã Không Có"}, "D2"),
        ({"areas": "Thôn 9"}, "E2"),
        ({"areas": "Thôn Đông 1"}, "E2"),
        ({"languages": "Tiếng Sao Hỏa"}, "F2"),
        ({"decision": ""}, "G2"),
        ({"decided": "24/11/2999"}, "H2"),
    ],
)
def test_an_error_is_told_by_its_cell_and_nothing_is_written(world, changes, cell):
    run = bring(row(**changes))

    assert [one[0] for one in errors(run)] == [cell]
    assert counts(run)[3] == 1
    assert not Communicator.objects.exists()


def test_two_rows_about_one_person_are_refused(world):
    run = bring(HAO, row(phone="+84912345678", areas="Thôn 3"), row(phone="0912345679"))

    assert counts(run) == (2, 0, 0, 1)
    assert errors(run)[0][1] == "Dòng 2 nói về cùng một người."


def test_an_officer_brings_in_members_of_his_commune_alone(world):
    run = bring(HAO, row(commune="Thạch Hà", areas="Thôn Đông 1"), by=world.officer)

    assert counts(run) == (1, 0, 0, 1)
    assert errors(run)[0] == ("D3", "Xã Thạch Hà nằm ngoài địa bàn bạn phụ trách.")
    assert not ports.register_of("tuyen-truyen-vien").may_import(world.leader)
    assert not ports.register_of("co-quan").may_import(world.officer)


def test_old_unit_names_resolve_by_the_day_of_the_file(world):
    then = {"valid_from": date(2020, 1, 1), "valid_to": date(2025, 6, 30)}
    commune = Place.objects.create(code="18190", name="Xã Sơn Kim", level=Level.COMMUNE, parent=world.province, **then)
    village = Place.objects.create(code="18190-01", name="Xóm Hạ", level=Level.VILLAGE, parent=commune, **then)
    Succession.objects.create(predecessor=commune, successor=world.son_kim)
    Succession.objects.create(predecessor=village, successor=world.villages[2])
    refresh_currents()
    old = row(commune="Sơn Kim", areas="Xóm Hạ", decided="01/02/2024")

    today, before = bring(old), bring(old, day=date(2024, 6, 1))
    commit(before)

    assert counts(today)[3] == 1
    made = Communicator.objects.get()
    assert (made.place, list(made.areas.all())) == (world.son_kim, [world.villages[2]])


def test_reporters_of_every_level_come_in_and_the_district_only_as_history(world):
    Place.objects.create(
        code="439",
        name="Huyện Hương Sơn",
        level=Level.DISTRICT,
        parent=world.province,
        valid_from=date(2020, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    header = ["Họ và tên", "Điện thoại", "Cấp", "Đơn vị", "Số quyết định", "Ngày quyết định", "Ngày thôi"]
    rows = [
        ["Võ Quang Minh", "0912000001", "Cấp tỉnh", "", "1-QĐ/TU", "01/02/2022", ""],
        ["Dương Thị Nga", "0912000002", "Cấp xã", "Xã Sơn Kim 1", "2-QĐ/ĐU", "01/08/2025", ""],
        ["Lê Văn Tư", "0912000003", "Cấp huyện (đến 30/6/2025)", "Hương Sơn", "3-QĐ/HU", "01/02/2022", "30/06/2025"],
        ["Lê Văn Năm", "0912000004", "Cấp huyện (đến 30/6/2025)", "Hương Sơn", "4-QĐ/HU", "01/02/2022", ""],
    ]

    run = bring(*rows, header=header, kind="bao-cao-vien", day=date(2025, 6, 1))
    now = bring(rows[1], header=header, kind="bao-cao-vien")
    commit(now)

    assert errors(run)[-1] == ("G5", "Cấp huyện kết thúc ngày 30/06/2025: hãy ghi ngày cuối.")
    assert Reporter.objects.get().level == "commune"


def test_information_officers_answer_for_a_body_found_by_name_of_then(world):
    Organization.objects.create(
        code="so-tttt", name="Sở Thông tin và Truyền thông", short_name="Sở TT&TT", kind="provincial_department",
        place=world.province, valid_to=date(2025, 2, 28), successor=world.department,
    )  # fmt: skip
    header = ["Họ và tên", "Điện thoại", "Cơ quan", "Xã, phường", "Số quyết định", "Ngày quyết định"]
    cells = ["Cao Thị Lựu", "0912000001", "Sở TT&TT", "Xã Sơn Kim 1", "5/QĐ-UBND", "01/08/2025"]

    now = bring(cells, header=header, kind="thong-tin-vien")
    cells[2] = "Sở Văn hóa, Thể thao và Du lịch"
    good = bring(cells, header=header, kind="thong-tin-vien")
    commit(good)

    assert errors(now)[0][0] == "C2"
    made = InformationOfficer.objects.get()
    assert (made.organization, list(made.areas.all())) == (world.department, [world.son_kim])


def test_a_file_of_many_asks_few_questions(world):
    register = ports.register_of("tuyen-truyen-vien")
    rows = [
        ports.Row(
            number,
            dict.fromkeys([field.name for field in register.fields])
            | {
                "full_name": f"Người {number}",
                "phone": f"0912{number:06d}",
                "duty": "village_head",
                "commune": "Xã Sơn Kim 1",
                "areas": ["Thôn 1", "Thôn 3"],
                "languages": ["tieng-lao"],
                "decision": "1/QĐ",
                "decided_on": DECIDED,
            },
        )
        for number in range(2, 502)
    ]

    with CaptureQueriesContext(
        connection,
    ) as planning:
        plans = register.plan(rows, world.officer, TODAY)
    with CaptureQueriesContext(connection) as writing:
        written = register.write(plans, world.officer)

    assert not [plan.errors for plan in plans if plan.errors]
    assert len(planning) <= 15
    assert len(writing) <= 25
    assert (len(written), Communicator.objects.count()) == (500, 500)
    assert Communicator.areas.through.objects.count() == 1000
    with CaptureQueriesContext(connection) as again:
        same = register.plan(rows, world.officer, TODAY)
    assert not [plan for plan in same if plan.record is not None]
    assert len(again) <= 18


def test_a_file_given_out_holds_what_came_in_and_no_telephone_for_who_may_not_edit(world):
    commit(bring(HAO))
    register = ports.register_of("tuyen-truyen-vien")

    edited, read = (register.read(register.rows(who).get()) for who in (world.officer, world.auditor))

    assert edited["phone"] == "0912345678"
    assert read == {**edited, "phone": ""}
    assert edited["areas"] == ["Thôn 1", "Thôn 2"]
    assert not register.rows(world.other_officer).exists()


def test_after_a_merger_a_file_given_out_comes_in_again_and_is_about_the_same_members(world):
    commit(bring(HAO))
    new = merge(world)
    register = ports.register_of("tuyen-truyen-vien")
    with rows_file(register, new.officer) as given:
        again = start_import(
            kind=register.kind, data=given.read(), file_name="a.xlsx", by=new.officer, day=clock.today()
        )
    assert (counts(again), errors(again)) == ((0, 0, 1, 0), [])

    changed = row(commune="Xã Hương Kim", areas="Thôn 1 mới; Thôn 2 mới", decision="20/QĐ-UBND")
    run = bring(changed, by=new.officer)
    assert (counts(run), errors(run)) == ((0, 1, 0, 0), [])
    commit(run, by=new.officer)

    kept = Communicator.objects.get()
    assert (kept.decision, kept.place, set(kept.areas.all())) == (
        "20/QĐ-UBND",
        world.son_kim,
        set(world.villages[:2]),
    )


# Bodies

BODY_HEAD = ["Mã", "Tên cơ quan", "Viết tắt", "Loại", "Xã, phường", "Từ ngày", "Đến ngày", "Đơn vị kế thừa", "Ghi chú"]


def test_bodies_come_in_with_their_dates_and_out_again(world):
    run = bring(
        ["tt-cu", "Trung tâm Cũ", "TTC", "Trung tâm khu vực", "", "01/01/2020", "30/06/2025", "so-vhttdl", ""],
        ["ubnd-xa", "UBND xã Sơn Kim 1", "", "commune_authority", "Xã Sơn Kim 1", "01/07/2025", "", "", "Ghi chú"],
        header=BODY_HEAD,
        kind="co-quan",
    )
    assert (counts(run), errors(run)) == ((2, 0, 0, 0), [])
    commit(run)

    old, new = Organization.objects.get(code="tt-cu"), Organization.objects.get(code="ubnd-xa")
    assert (old.valid_to, old.successor, old.place) == (date(2025, 6, 30), world.department, world.province)
    assert (new.place, new.note) == (world.son_kim, "Ghi chú")
    undo_import(import_id=run.pk, by="system")
    assert list(Organization.objects.all()) == [world.department]


def test_a_body_on_which_something_hangs_stays(world):
    run = bring(
        ["tt-moi", "Trung tâm Mới", "", "regional_centre", "", "01/01/2026", "", "", ""],
        header=BODY_HEAD,
        kind="co-quan",
    )
    commit(run)
    made = Organization.objects.get(code="tt-moi")
    person("tt", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=made)

    with pytest.raises(BadInput):
        undo_import(import_id=run.pk, by="system")

    assert Organization.objects.filter(code="tt-moi").exists()


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (["So Moi", "Sở Mới", "", "provincial_office", "", "", "", "", ""], "A2"),
        (["so-vhttdl", "Sở Khác", "", "provincial_office", "", "", "", "", ""], "A2"),
        (["so-moi", "Sở Mới", "", "provincial_office", "", "01/01/2026", "31/12/2025", "", ""], "G2"),
        (["so-moi", "Sở Mới", "", "provincial_office", "", "", "", "so-vhttdl", ""], "H2"),
        (["so-moi", "Sở Mới", "", "provincial_office", "", "", "", "so-khong-co", ""], "H2"),
        (["so-moi", "Sở Mới", "", "provincial_office", "Xã Không Có", "", "", "", ""], "E2"),
        (
            ["so-vhttdl", "Sở Văn hóa, Thể thao và Du lịch", "", "provincial_department", "", "", "31/12/2026", "", ""],
            "G2",
        ),
    ],
)
def test_what_no_file_may_say_of_a_body_is_told_by_its_cell(world, cells, cell):
    run = bring(cells, header=BODY_HEAD, kind="co-quan")

    assert [one[0] for one in errors(run)] == [cell]
    assert Organization.objects.count() == 1


def test_two_rows_give_one_code_to_two_bodies_only_one_after_the_other(world):
    run = bring(
        ["so-moi", "Sở Mới", "", "provincial_office", "", "", "31/12/2024", "", ""],
        ["so-moi", "Sở Mới Nữa", "", "provincial_office", "", "01/01/2025", "", "", ""],
        ["so-moi", "Sở Khác", "", "provincial_office", "", "01/06/2024", "", "", ""],
        header=BODY_HEAD,
        kind="co-quan",
    )

    assert (counts(run), [cell for cell, _text in errors(run)]) == ((2, 0, 0, 1), ["A4"])


def test_a_short_name_is_brought_in_for_a_body_that_is_there(world):
    cells = ["so-vhttdl", "sở văn hóa, thể thao và du lịch", "Sở VHTTDL", "provincial_department", "", "", "", "", ""]

    run = bring(cells, header=BODY_HEAD, kind="co-quan")
    assert counts(run) == (0, 1, 0, 0)
    commit(run)

    world.department.refresh_from_db()
    assert (world.department.short_name, world.department.name) == ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch")
