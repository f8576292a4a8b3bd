"""The pages on which a person changes units: fill in, look, confirm, undo; and what may not be seen or done there."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.places import actions, queries
from coso.places.models import Change, ChangeState, Level, Place, Succession
from coso.places.rules.changes import Cede, Merge, Rename
from tests.support.world import SINCE, World, place

pytestmark = pytest.mark.django_db
DECISION = "Nghị quyết số 12/NQ-HĐND"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))


@pytest.fixture
def client(client, world: World):  # type: ignore[no-untyped-def]
    client.force_login(world.administrator)
    return client


def sent(client, way: str, unit: Place | None, **told):  # type: ignore[no-untyped-def]
    address = reverse(f"places:{way}") + (f"?noi={unit.pk}" if unit else "")
    return client.post(address, {"from_on": "2026-11-01", "decision": DECISION, "note": ""} | told)


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def taken(seen: str) -> list[str]:
    return re.findall(r'data-label="Đơn vị trực thuộc nhận từ đơn vị bị chia">([^<]*)<', seen)


def renamed(world: World, name: str = "Xã Sơn Kim", day: date = date(2026, 11, 1)) -> Change:
    son_kim = Place.objects.get(code="18196", valid_to=None)
    return actions.make_change(
        operation=Rename(unit=son_kim.pk, name=name), from_on=day, decision=DECISION, by=world.administrator
    )


def test_a_rename_is_looked_at_before_it_is_made(client, world: World) -> None:  # type: ignore[no-untyped-def]
    seen = sent(client, "rename", world.son_kim, name="Xã  Sơn Kim")

    assert not Change.objects.exists()
    assert "Chưa có gì thay đổi" in page(seen)
    assert "3 đơn vị trực thuộc đi theo" in page(seen)
    assert "Thiết chế, đài truyền thanh" in page(seen)
    assert "Chức danh của cán bộ" in page(seen)

    made = sent(client, "rename", world.son_kim, name="Xã  Sơn Kim", confirmed="yes")

    change = Change.objects.get()
    assert made["Location"] == reverse("places:change", args=[change.pk])
    assert (change.before, change.after, change.state) == ("Xã Sơn Kim 1", "Xã Sơn Kim", ChangeState.IN_FORCE)
    assert "Xã Sơn Kim" in page(client.get(made["Location"]))


def test_what_was_filled_in_can_be_changed_again(client, world: World) -> None:  # type: ignore[no-untyped-def]
    again = sent(client, "rename", world.son_kim, name="Xã Sơn Kim", again="yes")

    assert again.status_code == 200
    assert 'value="Xã Sơn Kim"' in page(again)
    assert not Change.objects.exists()


def test_a_merger_sums_up_and_warns_of_what_is_unknown(client, world: World) -> None:  # type: ignore[no-untyped-def]
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000)
    told = {"units": [world.thach_ha.pk], "name": "Xã Thạch Kim", "code": "18562"}

    flagged = page(sent(client, "merge", world.son_kim, **told))
    Place.objects.filter(pk=world.thach_ha.pk).update(population=7001)
    known = page(sent(client, "merge", world.son_kim, **told))
    sent(client, "merge", world.son_kim, confirmed="yes", **told)

    assert "Chưa biết dân số của Xã Thạch Hà" in flagged
    assert "12.001 → 12.001" in known
    assert queries.one_at("18562", date(2026, 11, 1)).population == 12001  # type: ignore[union-attr]


def test_a_division_takes_shares_with_a_comma_and_a_part_for_each_village(client, world: World) -> None:  # type: ignore[no-untyped-def]
    below = {f"below_{village.pk}": "1" for village in world.villages} | {f"below_{world.villages[2].pk}": "2"}
    told = {
        "name_1": "Xã Sơn Kim 1", "code_1": "18196", "share_1": "66,7",
        "name_2": "Xã Nước Sốt", "code_2": "18197", "share_2": "33,3", "default": "1",
    }  # fmt: skip

    made = sent(client, "split", world.son_kim, confirmed="yes", **told, **below)

    assert made.status_code == 302
    assert list(Succession.objects.filter(predecessor=world.son_kim).values_list("share", flat=True)) == [0.667, 0.333]
    assert queries.one_at("18196-03", date(2026, 11, 1)).parent.name == "Xã Nước Sốt"  # type: ignore[union-attr]
    assert "66,7 phần trăm" in page(client.get(made["Location"]))


def test_a_village_moves_and_a_level_is_abolished(client, world: World) -> None:  # type: ignore[no-untyped-def]
    moved = sent(client, "move", world.villages[0], parent=world.thach_ha.pk, confirmed="yes")
    refused = sent(client, "abolish", None, level="district", confirmed="yes")

    assert moved.status_code == 302
    assert queries.one_at("18196-01", date(2026, 11, 1)).parent == world.thach_ha  # type: ignore[union-attr]
    assert refused.status_code == 422
    assert "không có đơn vị nào thuộc cấp này" in page(refused)
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": "Xã Mới", "from_on": "2025-07-01"}, "Xã Sơn Kim 1 bắt đầu từ ngày 01/07/2025"),
        ({"name": "Xã Sơn Kim 1"}, "đã mang tên đó"),
        ({"name": "", "decision": ""}, "Hãy điền mục này"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(  # type: ignore[no-untyped-def]
    client, world: World, told, said: str
) -> None:
    answer = sent(client, "rename", world.son_kim, **told)

    assert answer.status_code == 422
    assert said in page(answer)
    assert not Change.objects.exists()


def test_a_unit_that_is_gone_is_not_changed_and_its_last_day_is_said(client, world: World) -> None:  # type: ignore[no-untyped-def]
    renamed(world)

    answer = sent(client, "rename", world.son_kim, name="Xã Khác", from_on="2026-11-20")

    assert answer.status_code == 422
    assert "không còn tồn tại vào ngày đó: ngày cuối cùng là 31/10/2026" in page(answer)


def test_the_unit_is_searched_for_without_marks_where_the_address_names_none(client, world: World) -> None:  # type: ignore[no-untyped-def]
    found = page(client.get(reverse("places:rename"), {"q": "son kim"}))

    assert f"{reverse('places:rename')}?noi={world.son_kim.pk}" in found
    assert "Xã Thạch Hà" not in found
    assert client.get(reverse("places:rename"), {"noi": "99999"}).status_code == 404
    assert client.get(reverse("places:rename"), {"noi": "x"}).status_code == 404


def test_a_change_is_undone_with_a_reason(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = renamed(world)

    without = client.post(reverse("places:undo-change", args=[change.pk]), {"reason": ""})
    undone = client.post(reverse("places:undo-change", args=[change.pk]), {"reason": "Nhập nhầm ngày"})

    assert without.status_code == 422
    assert undone.status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.UNDONE
    shown = page(client.get(reverse("places:change", args=[change.pk])))
    assert "Đã hoàn tác" in shown
    assert "Nhập nhầm ngày" in shown
    assert "Xã Sơn Kim 1" in shown


def test_what_hangs_on_the_new_unit_is_told_instead_of_the_way_to_undo(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = renamed(world)
    world.clusters[0].villages.add(queries.one_at("18196-03", date(2026, 11, 1)))

    shown = page(client.get(reverse("places:change", args=[change.pk])))
    refused = client.post(reverse("places:undo-change", args=[change.pk]), {"reason": "Thử"})

    assert "Không hoàn tác được nữa" in shown
    assert reverse("places:undo-change", args=[change.pk]) not in shown
    assert refused.status_code == 422
    assert "cụm loa: 1" in page(refused)


def test_the_list_of_changes_is_searched_narrowed_and_exported(client, world: World) -> None:  # type: ignore[no-untyped-def]
    renamed(world)
    renamed(world, "Xã Sơn Kim Thượng", date(2027, 1, 1))
    address = reverse("places:changes")

    assert "Thay đổi tiếp theo có hiệu lực ngày 01/01/2027" in page(client.get(address))
    assert "Xã Sơn Kim Thượng" not in page(client.get(address, {"state": "in_force"}))
    assert "Xã Sơn Kim" not in page(client.get(address, {"kind": "merge"}))
    sheet = load_workbook(
        io.BytesIO(b"".join(client.get(address, {"q": "thuong", "export": "xlsx"}).streaming_content))
    )
    rows = list(sheet.active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][:3] == ("Xã Sơn Kim", "Đổi tên", "Xã Sơn Kim Thượng")


def test_the_lists_ask_a_settled_number_of_questions(client, world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        Change.objects.create(kind="rename", from_on=SINCE, decision=f"NQ {number}", before="Xã A", after="Xã B")
        place(f"old{number}", f"Xã Cũ {number}", Level.COMMUNE, world.province, valid_to=date(2026, 1, 1))

    for name in ("changes", "open-ends", "rename"):
        with django_assert_max_num_queries(18):
            assert client.get(reverse(f"places:{name}")).status_code == 200


def test_who_may_not_change_units_sees_what_changed_there_and_no_more(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = renamed(world)
    client.force_login(world.officer)

    assert "Xã Sơn Kim" in page(client.get(reverse("places:changes")))
    assert reverse("places:new-change") not in page(client.get(reverse("places:changes")))
    for name, arguments in (("new-change", []), ("rename", []), ("abolish", []), ("undo-change", [change.pk])):
        assert client.get(reverse(f"places:{name}", args=arguments)).status_code == 403
    client.force_login(world.other_officer)
    assert "Xã Sơn Kim" not in page(client.get(reverse("places:changes")))
    assert client.get(reverse("places:change", args=[change.pk])).status_code == 404


def test_an_administrator_of_one_commune_changes_no_units(client, world: World) -> None:  # type: ignore[no-untyped-def]
    post = world.administrator.posts.get()
    post.place = world.son_kim
    post.save()

    assert sent(client, "rename", world.son_kim, name="Xã Khác", confirmed="yes").status_code == 403
    assert not Change.objects.exists()


def test_an_open_end_is_seen_and_linked_by_a_document(client, world: World) -> None:  # type: ignore[no-untyped-def]
    old = place("18195", "Xã Sơn Cũ", Level.COMMUNE, world.province)
    Place.objects.filter(pk=old.pk).update(valid_from=date(2017, 1, 1), valid_to=date(2025, 6, 30))
    actions.refresh_currents()
    assert "Xã Sơn Cũ" in page(client.get(reverse("places:open-ends")))
    told = {"successor": world.son_kim.pk, "is_whole": "on", "source": "NQ 1665", "share": ""}

    without = client.post(reverse("places:link", args=[old.pk]), told | {"source": ""})
    linked = client.post(reverse("places:link", args=[old.pk]), told)

    assert without.status_code == 422
    assert linked["Location"] == reverse("places:place", args=[old.pk])
    link = Succession.objects.get(predecessor=old)
    assert (link.successor, link.is_whole, link.is_verified) == (world.son_kim, True, False)
    assert not queries.untraced().exists()
    shown = page(client.get(reverse("places:place", args=[old.pk])))
    assert reverse("places:unlink", args=[link.pk]) in shown
    client.post(reverse("places:unlink", args=[link.pk]), {"reason": "Nhầm"})
    assert not Succession.objects.exists()


def test_the_page_of_a_unit_draws_what_became_of_what(client, world: World) -> None:  # type: ignore[no-untyped-def]
    actions.make_change(
        operation=Merge(units=(world.son_kim.pk, world.thach_ha.pk), name="Xã Thạch Kim", code="18562"),
        from_on=date(2026, 11, 1),
        decision=DECISION,
        by=world.administrator,
    )
    new = queries.one_at("18562", date(2026, 11, 1))

    shown = page(client.get(reverse("places:place", args=[new.pk])))  # type: ignore[union-attr]

    assert shown.count('class="past-box') == 3
    assert shown.count('class="past-line"') == 3
    assert "01/07/2025–31/10/2026" in shown
    assert "Cụm loa Thôn 1" in shown


def test_a_part_goes_over_with_a_preview_and_villages_to_choose(client, world: World) -> None:  # type: ignore[no-untyped-def]
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000)
    Place.objects.filter(pk=world.thach_ha.pk).update(population=7000)
    told = {
        "receiver": world.thach_ha.pk, "below": [world.villages[0].pk], "people": "1.200", "share": "",
        "area_km2": "", "name": "Xã Sơn Kim 1",
    }  # fmt: skip

    seen = page(sent(client, "cede", world.son_kim, **told))

    assert not Change.objects.exists()
    assert "Xã Sơn Kim 1 (24 %), Xã Thạch Hà" in seen
    assert "12.000 → 12.000" in seen
    # Who confirms sees which village goes and which ones stay.
    assert taken(seen) == [", ".join(v.name for v in world.villages[1:]), world.villages[0].name]
    made = sent(client, "cede", world.son_kim, confirmed="yes", **told)
    assert queries.one_at("18196-01", date(2026, 11, 1)).parent.name == "Xã Thạch Hà"  # type: ignore[union-attr]
    shown = page(client.get(made["Location"]))
    assert "24 phần trăm" in shown
    assert "Xem có gì thuộc về Xã Thạch Hà không" in shown


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "Hãy cho biết phần nào được chuyển"),
        ({"people": "5", "share": "3"}, "không điền cả hai"),
        ({"people": "5"}, "Chưa biết dân số của Xã Sơn Kim 1"),
        ({"share": "100"}, "Tỷ lệ phải"),
        ({"share": "3", "area_km2": "-1"}, "Diện tích chuyển đi phải lớn hơn 0"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_beside_its_field(  # type: ignore[no-untyped-def]
    client, world: World, told: dict[str, str], said: str
) -> None:
    form = {"receiver": world.thach_ha.pk, "people": "", "share": "", "area_km2": "", "name": "Xã Sơn Kim 1"} | told

    refused = sent(client, "cede", world.son_kim, confirmed="yes", **form)

    assert refused.status_code == 422
    assert said in page(refused)
    assert not Change.objects.exists()


def test_the_page_of_the_undoing_says_what_becomes_of_figures_told_meanwhile(client, world: World) -> None:  # type: ignore[no-untyped-def]
    Place.objects.filter(pk=world.villages[0].pk).update(population=100)
    Place.objects.filter(pk=world.villages[1].pk).update(population=200)
    change = actions.make_change(
        operation=Merge(units=(world.villages[0].pk, world.villages[1].pk), name="Thôn Kim", code="18196-01"),
        from_on=date(2026, 11, 1), decision=DECISION, by=world.administrator,
    )  # fmt: skip
    address = reverse("places:undo-change", args=[change.pk])
    assert "Không có. Các đơn vị cũ trở lại" in page(client.get(address))
    Place.objects.filter(begun_by=change).update(population=330)

    seen = page(client.get(address))

    for words in ("dân số 100", "dân số 110", "dân số 220", "Ước tính", "dân số 330"):
        assert words in seen
    client.post(address, {"reason": "Nhầm", "estimates": "on"})
    village = Place.objects.get(pk=world.villages[0].pk)
    assert (village.population, village.figures_estimated) == (110, True)
    assert "ước tính theo tỷ lệ" in page(client.get(reverse("places:place", args=[village.pk])))


def test_who_does_not_want_estimates_leaves_the_box_empty(client, world: World) -> None:  # type: ignore[no-untyped-def]
    change = actions.make_change(
        operation=Cede(unit=world.son_kim.pk, receiver=world.thach_ha.pk, share=0.5),
        from_on=date(2026, 11, 1), decision=DECISION, by=world.administrator,
    )  # fmt: skip

    client.post(reverse("places:undo-change", args=[change.pk]), {"reason": "Nhầm"})

    change.refresh_from_db()
    assert change.state == ChangeState.UNDONE
    assert not Place.objects.filter(figures_estimated=True).exists()
