"""Labels of areas: given by a decision, holding for the villages, told as of then after a merger."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput, WrongState
from coso.places import actions, queries
from coso.places.models import AreaLabel, LabelKind, Place
from coso.places.queries import Ground
from coso.places.rules.changes import Merge, Rename
from tests.support.world import SINCE, World

DECISION = "Quyết định số 05/QĐ-UBND ngày 01/8/2025"
DAY = date(2026, 11, 1)


def give(world: World, place: Place, kind: str = "bien-gioi", since: date = SINCE) -> AreaLabel:
    return actions.give_label(
        place=place, kind=LabelKind.objects.get(pk=kind), decision=DECISION, valid_from=since, by=world.administrator
    )


def make(world: World, operation: object) -> None:
    actions.make_change(operation=operation, from_on=DAY, decision="NQ", by=world.administrator)  # type: ignore[arg-type]


def told(place: Place, day: date | None = None) -> list[tuple[str, Ground]]:
    return [(held.label.kind_id, held.ground) for held in queries.labels_of(place, day)]


def one(code: str) -> Place:
    found = queries.one_at(code, DAY)
    assert found is not None
    return found


def test_the_labels_come_with_the_system_and_none_counts_people(db: None) -> None:
    kinds = {kind.code: kind for kind in queries.label_kinds()}

    assert {code for code, kind in kinds.items() if kind.family == "difficulty"} == {
        "mien-nui", "bien-gioi", "ven-bien", "dac-biet-kho-khan", "vung-sau-vung-xa",
    }  # fmt: skip
    audiences = {kind.name: kind.source for kind in kinds.values() if kind.family == "audience"}
    assert audiences == {
        "Vùng có đông đồng bào theo đạo": "Kế hoạch 82/KH-UBND, IV.7",
        "Vùng sâu, vùng xa, vùng biên giới ít có điều kiện tiếp cận thông tin": "Kế hoạch 82/KH-UBND, IV.7",
    }
    languages = [kind for kind in kinds.values() if kind.family == "language"]
    assert {kind.name for kind in languages} == {"Tiếng Chứt", "Tiếng Lào", "Tiếng Thái", "Tiếng Mường"}
    assert not any(kind.is_verified for kind in languages)
    assert not {field.name for field in AreaLabel._meta.get_fields()} & {"count", "people", "population", "share"}


def test_the_label_of_a_commune_holds_for_its_villages(world: World) -> None:
    label = give(world, world.son_kim)
    give(world, world.villages[0], "mien-nui")

    assert told(world.son_kim) == [("bien-gioi", Ground.OWN)]
    assert told(world.villages[0]) == [("mien-nui", Ground.OWN), ("bien-gioi", Ground.ABOVE)]
    assert told(world.other_villages[0]) == []
    assert set(queries.places_labelled("bien-gioi")) == {world.son_kim, *world.villages}
    assert queries.kinds_by_place()[world.villages[0].pk] == {"bien-gioi", "mien-nui"}
    assert world.thach_ha.pk not in queries.kinds_by_place()
    assert told(world.son_kim, date(2025, 6, 30)) == []
    entry = Entry.objects.filter(verb="places.label_given").earliest("at")
    assert sentence_of(entry) == "Xã Sơn Kim 1 được gắn nhãn “Biên giới”."
    assert label.decision == DECISION


def test_an_ended_label_holds_until_its_last_day(world: World) -> None:
    label = give(world, world.son_kim)

    actions.end_label(label_id=label.pk, valid_to=date(2026, 1, 31), by=world.administrator)

    assert told(world.son_kim) == []
    assert told(world.son_kim, date(2026, 1, 31)) == [("bien-gioi", Ground.OWN)]
    with pytest.raises(WrongState):
        actions.end_label(label_id=label.pk, valid_to=date(2026, 2, 1), by=world.administrator)


def test_a_label_goes_on_with_a_unit_that_only_changed_its_name_or_its_parent(world: World) -> None:
    give(world, world.son_kim)
    give(world, world.villages[0], "mien-nui")

    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))

    assert told(one("18196")) == [("bien-gioi", Ground.OWN)]
    assert told(one("18196-01")) == [("mien-nui", Ground.OWN), ("bien-gioi", Ground.ABOVE)]
    assert {p.name for p in queries.places_labelled("bien-gioi", DAY)} == {"Xã Sơn Kim", "Thôn 1", "Thôn 2", "Thôn 3"}
    assert queries.kinds_by_place(DAY)[one("18196-01").pk] == {"bien-gioi", "mien-nui"}


def test_after_a_merger_a_label_is_told_as_that_of_the_unit_of_then_until_it_is_renewed(world: World) -> None:
    give(world, world.son_kim)

    make(world, Merge(units=(world.son_kim.pk, world.thach_ha.pk), name="Xã Thạch Kim", code="18562"))

    new = one("18562")
    assert told(new) == [("bien-gioi", Ground.THEN)]
    assert told(one("18196-01")) == [("bien-gioi", Ground.THEN)]
    assert told(one("18562-01")) == []
    assert not queries.places_labelled("bien-gioi").exists()
    assert queries.kinds_by_place() == {}
    give(world, new, since=DAY)
    assert told(new) == [("bien-gioi", Ground.OWN)]
    assert told(one("18562-01")) == [("bien-gioi", Ground.ABOVE)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"decision": "  "}, "decision"),
        ({"valid_from": date(2025, 6, 30)}, "valid_from"),
        ({"place": "province"}, "place"),
        ({"kind": "bien-gioi"}, "kind"),
    ],
)
def test_a_label_without_its_ground_is_refused(world: World, change: dict[str, object], field: str) -> None:
    give(world, world.son_kim)
    told = {"place": world.son_kim, "kind": "mien-nui", "decision": DECISION, "valid_from": SINCE} | change
    told["place"] = world.province if told["place"] == "province" else told["place"]
    told["kind"] = LabelKind.objects.get(pk=told["kind"])

    with pytest.raises(BadInput) as refused:
        actions.give_label(by=world.administrator, **told)  # type: ignore[arg-type]

    assert set(refused.value.fields) == {field}
    assert AreaLabel.objects.count() == 1


def test_a_language_is_added_with_its_source_and_stands_as_not_verified(world: World) -> None:
    kind = actions.add_label_kind(
        family="language", name="Ngôn ngữ ký hiệu", source="Báo cáo của xã", by=world.administrator
    )

    assert (kind.code, kind.is_verified) == ("ngon-ngu-ky-hieu", False)


@pytest.mark.parametrize(
    ("family", "name", "source", "field"),
    [
        ("difficulty", "Hải đảo", "QĐ", "family"),
        ("audience", "", "QĐ", "name"),
        ("audience", "Vùng đông người Công giáo", "QĐ", "name"),
        ("audience", "Đồng bào dân tộc Chứt", "QĐ", "name"),
        ("audience", "Tín đồ Tin Lành", "QĐ", "name"),
        ("audience", "Vùng 30% hộ nghèo", "QĐ", "name"),
        ("audience", "Công nhân khu kinh tế", "", "source"),
        ("language", "tieng lao", "QĐ", "name"),
    ],
)
def test_a_label_that_names_or_counts_people_is_refused(  # type: ignore[no-untyped-def]
    world: World, family, name, source, field
) -> None:
    before = LabelKind.objects.count()

    with pytest.raises(BadInput) as refused:
        actions.add_label_kind(family=family, name=name, source=source, by=world.administrator)

    assert set(refused.value.fields) == {field}
    assert LabelKind.objects.count() == before
