"""Old defects come in from a list: as they stand, without telling anybody anew of what was late before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.kit import clock
from coso.kit.errors import BadInput
from coso.notices.models import Notice
from coso.organizations.models import Organization
from coso.registers import actions, ports
from coso.registers.actions import rows_file
from coso.registers.models import Import, ImportState
from coso.registry.actions.defects import climb_overdue, enter_defect, note_repair
from coso.registry.models import Defect, DefectState, RepairEntry
from coso.registry.rules.defects import Level
from tests.app.registers.support import bring
from tests.app.registry.inspecting import station
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

HEADER = [
    "Mã xã", "Thiết chế", "Nội dung hư hỏng", "Ngày phát hiện", "Trách nhiệm", "Hạn khắc phục", "Trạng thái",
    "Ngày khắc phục", "Kinh phí", "Đã làm gì",
]  # fmt: skip


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _row(world: World, **told: Any) -> list[Any]:
    row = {
        "commune": world.son_kim.code, "facility": station(world).name, "what": "Loa rè", "found": _ago(400),
        "who": "", "due": "", "state": "", "settled": "", "cost": "", "repair": "",
    } | told  # fmt: skip
    return [f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in row.values()]


def _bring(world: World, *rows: list[Any], by: Any = None) -> Import:
    return bring(*rows, header=HEADER, kind="hu-hong", by=by or world.officer, day=clock.today())


def _commit(run: Import, by: Any) -> Import:
    return actions.commit_import(import_id=run.pk, by=by)


def test_an_open_and_a_mended_defect_come_in_as_the_list_tells_them_and_go_back(world: World) -> None:
    mended = _row(
        world, what="Cháy tăng âm", state="Đã khắc phục", settled=_ago(300), cost="1.250.000", repair="Thay IC"
    )
    run = _bring(world, _row(world, due=clock.today()), mended)
    assert (run.rows_new, run.rows_wrong, run.errors) == (2, 0, [])

    done = _commit(run, world.officer)

    open_, settled = Defect.objects.order_by("pk")
    assert (open_.state, open_.due_on, open_.opened_by) == (DefectState.OPEN, clock.today(), world.officer)
    assert clock.local(open_.opened_at).date() == _ago(400)
    assert not open_.repairs.exists()
    assert (settled.state, clock.local(settled.settled_at).date()) == (DefectState.MENDED, _ago(300))
    assert list(settled.repairs.values_list("text", "cost_vnd", "to_state", "by")) == [
        ("Thay IC", 1_250_000, "mended", world.officer.pk)
    ]
    actions.undo_import(import_id=done.pk, by=world.officer)
    assert not Defect.objects.exists()
    assert not RepairEntry.objects.exists()


def test_the_same_words_are_found_without_accents_by_the_search(world: World) -> None:
    _commit(_bring(world, _row(world, what="Mất tiếng loa")), world.officer)

    assert Defect.objects.get().folded == "mat tieng loa"


def test_without_a_deadline_or_a_body_it_has_those_of_one_that_is_entered(world: World) -> None:
    entered = enter_defect(by=world.officer, facility=station(world), description="Để so")

    _commit(_bring(world, _row(world)), world.officer)

    brought = Defect.objects.latest("pk")
    assert (brought.due_on, brought.responsible) == (entered.due_on, entered.responsible)


@pytest.mark.parametrize(
    ("late", "climbed"), [(0, Level.NOBODY), (3, Level.OFFICER), (10, Level.LEADER), (300, Level.PROVINCE)]
)
def test_whoever_should_know_by_now_is_not_told_anew(world: World, late: int, climbed: Level) -> None:
    run = _bring(world, _row(world, due=_ago(late)))
    _commit(run, world.officer)

    climb_overdue()

    assert Defect.objects.get().climbed == climbed
    assert not Notice.objects.filter(kind="defect.overdue").exists()
    assert bool(run.warnings) == (late > 0)


def test_only_the_levels_that_are_due_later_sound(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _commit(_bring(world, _row(world, due=_ago(3))), world.officer)
    later = clock.today() + timedelta(days=6)
    monkeypatch.setattr(clock, "today", lambda: later)

    climb_overdue()

    assert Defect.objects.get().climbed == Level.LEADER
    assert set(Notice.objects.filter(kind="defect.overdue").values_list("person", flat=True)) == {world.leader.pk}


def test_a_later_deadline_begins_the_climb_anew_and_undo_does_not_sound(world: World) -> None:
    _commit(_bring(world, _row(world, due=_ago(10))), world.officer)
    day = clock.today() + timedelta(days=20)

    run = _commit(_bring(world, _row(world, due=day)), world.officer)

    changed = Defect.objects.get()
    assert (run.rows_changed, changed.due_on, changed.climbed) == (1, day, Level.NOBODY)
    actions.undo_import(import_id=run.pk, by=world.officer)
    back = Defect.objects.get()
    assert (back.due_on, back.climbed) == (_ago(10), Level.LEADER)
    assert climb_overdue() == 0


@pytest.mark.parametrize(
    ("told", "cell"),
    [
        ({"found": clock.today() + timedelta(days=2)}, "D2"),
        ({"due": _ago(500)}, "F2"),
        ({"state": "Đã khắc phục"}, "H2"),
        ({"state": "Chưa xử lý", "settled": _ago(1)}, "H2"),
        ({"state": "Đang sửa", "settled": _ago(1)}, "H2"),
        ({"settled": _ago(401)}, "H2"),
        ({"settled": clock.today() + timedelta(days=2)}, "H2"),
        ({"cost": "10.000.000.000.001"}, "I2"),
        ({"who": "Ủy ban nhân dân xã Không Có"}, "E2"),
        ({"facility": "Không có nhà này"}, "B2"),
        ({"what": ""}, "C2"),
        ({"found": ""}, "D2"),
    ],
)
def test_what_cannot_be_is_named_by_its_cell(world: World, told: Any, cell: str) -> None:
    run = _bring(world, _row(world, **told))

    assert (run.rows_new, [error["cell"] for error in run.errors]) == (0, [cell])


def test_what_is_noted_is_changed_on_its_page_only(world: World) -> None:
    _commit(_bring(world, _row(world, settled=_ago(20), repair="Thay loa")), world.officer)

    again = _bring(world, _row(world, settled=_ago(20), repair="Thay loa"))
    other = _bring(world, _row(world, settled=_ago(19), state="Đang sửa", cost="5"))
    late = _bring(world, _row(world, due=clock.today()))

    assert (again.rows_same, again.errors) == (1, [])
    assert [error["cell"] for error in other.errors] == ["G2", "H2", "I2"]
    assert "Đã khắc phục" in other.errors[0]["text"]
    assert (late.rows_changed, late.rows_wrong) == (0, 1)


def test_a_file_given_out_comes_in_again_though_two_are_alike(world: World) -> None:
    for _ in range(2):
        enter_defect(by=world.officer, facility=station(world), description="Loa rè")
    mended = Defect.objects.latest("pk")
    note_repair(by=world.officer, defect=mended, text="Thay loa", to="mended", cost_vnd=5)
    register = ports.register_of("hu-hong")
    assert register is not None
    with rows_file(register, world.officer) as given:
        run = actions.start_import(
            kind="hu-hong", data=given.read(), file_name="a.xlsx", by=world.officer, day=clock.today()
        )

    assert (run.errors, run.rows_same, run.state) == ([], 2, ImportState.CHECKED)


def test_two_rows_of_one_defect_are_refused_however_they_name_the_facility(world: World) -> None:
    header = ["Mã thiết chế", *HEADER]
    named = ["", *_row(world)]
    coded = [station(world).shown_code, "", "", *_row(world)[2:]]

    run = bring(named, coded, header=header, kind="hu-hong", by=world.officer, day=clock.today())

    assert [(error["row"], error["text"]) for error in run.errors] == [(3, "Dòng 2 nói về cùng hư hỏng này.")]


def test_a_number_of_another_facility_is_refused(world: World) -> None:
    header = ["Mã hư hỏng", *HEADER]

    run = bring([987654, *_row(world)], header=header, kind="hu-hong", by=world.officer, day=clock.today())

    assert [error["cell"] for error in run.errors] == ["A2"]


def test_an_officer_of_another_commune_brings_nothing_in_and_sees_nothing(world: World) -> None:
    _commit(_bring(world, _row(world)), world.officer)

    run = _bring(world, _row(world, what="Khác"), by=world.other_officer)

    register = ports.register_of("hu-hong")
    assert register is not None
    assert (run.rows_new, run.rows_wrong) == (0, 1)
    assert not register.rows(world.other_officer).exists()
    assert not register.may_import(world.auditor)


def test_a_line_in_the_repair_log_since_keeps_the_file_from_being_taken_back(world: World) -> None:
    run = _commit(_bring(world, _row(world)), world.officer)
    note_repair(by=world.officer, defect=Defect.objects.get(), text="Đã gọi thợ")

    with pytest.raises(BadInput, match="Loa rè"):
        actions.undo_import(import_id=run.pk, by=world.officer)

    assert Defect.objects.exists()


def test_a_body_there_or_above_is_responsible_by_its_name(world: World) -> None:
    body, elsewhere = (
        Organization.objects.create(code=f"tram-{place.code}", name=f"Trạm Y tế {place.name}", place=place)
        for place in (world.son_kim, world.thach_ha)
    )

    run = _bring(world, _row(world, who=body.name), _row(world, who=elsewhere.name, what="Khác"))

    assert [error["cell"] for error in run.errors] == ["E3"]
    _commit(_bring(world, _row(world, who=body.name)), world.officer)
    assert Defect.objects.get().responsible == body


def test_a_list_brought_in_from_a_terminal_has_a_log_without_a_writer(world: World, client: Any) -> None:
    run = _bring(world, _row(world, settled=_ago(3)), by="system")
    _commit(run, "system")
    client.force_login(world.officer)

    page = client.get(reverse("registry:defect", args=[Defect.objects.get().pk])).content.decode()

    assert RepairEntry.objects.get().by is None
    assert "Nhập từ danh sách cũ; danh sách không ghi đã làm gì." in page
    assert "None" not in page


def test_hundreds_of_rows_are_planned_and_written_in_few_statements(world: World) -> None:
    register = ports.register_of("hu-hong")
    assert register is not None
    names = [field.name for field in register.fields]
    blank = dict.fromkeys(names)
    told = {"facility": station(world).name, "commune_code": world.son_kim.code, "found_on": _ago(50)}
    rows = [ports.Row(number, blank | told | {"description": f"Loa {number}"}) for number in range(2, 402)]

    with ports.sharing({}), CaptureQueriesContext(connection) as planning:
        plans = register.plan(rows, world.officer, clock.today())
    with CaptureQueriesContext(connection) as written:
        register.write(plans, world.officer)

    assert Defect.objects.count() == 400
    assert len(planning) <= 20
    assert len(written) <= 10


def test_the_list_leads_to_the_import_for_whoever_may(world: World, client: Any) -> None:
    for who, leads in ((world.officer, True), (world.auditor, False)):
        client.force_login(who)
        assert (ports.import_address("hu-hong") in client.get(reverse("registry:defects")).content.decode()) == leads
