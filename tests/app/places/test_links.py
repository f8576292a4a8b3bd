"""A person says what followed a unit that no list tells of, by a document; a circle is refused."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput
from coso.places import actions, queries
from coso.places.models import Place, Succession

pytestmark = pytest.mark.django_db
SOURCE = "Nghị quyết số 819/NQ-UBTVQH14 ngày 21/11/2019"


@pytest.fixture
def trung_loc(db: None) -> Place:
    actions.load_hatinh()
    return Place.objects.get(name="Xã Trung Lộc")


def on(name: str, day: date) -> Place:
    return queries.at(day).get(name=name, level="commune")


def test_an_open_unit_is_linked_by_a_document_and_followed_to_today(trung_loc: Place) -> None:
    heir = on("Xã Khánh Vĩnh Yên", date(2020, 1, 1))

    link = actions.link_succession(predecessor=trung_loc, successor=heir, source=SOURCE, by="system")

    assert (link.is_whole, link.is_default, link.is_verified, link.source) == (True, True, False, SOURCE)
    assert trung_loc not in queries.untraced()
    today = [p.name for p in queries.successors(trung_loc, date(2026, 1, 1))]
    assert today == [p.name for p in queries.successors(heir, date(2026, 1, 1))]
    trung_loc.refresh_from_db()
    assert trung_loc.current is not None
    assert [trung_loc.current.name] == today
    assert sentence_of(Entry.objects.get(verb="places.linked")) == (
        f"Đã ghi Xã Khánh Vĩnh Yên là đơn vị kế thừa của Xã Trung Lộc, theo {SOURCE}."
    )


def test_a_unit_may_go_into_several_by_known_and_unknown_shares_and_a_link_is_taken_back(trung_loc: Place) -> None:
    first, second = on("Xã Khánh Vĩnh Yên", date(2020, 1, 1)), on("Thị trấn Nghèn", date(2020, 1, 1))
    told = {"predecessor": trung_loc, "source": SOURCE, "by": "system", "is_whole": False}

    one = actions.link_succession(successor=first, share=0.75, **told)
    other = actions.link_succession(successor=second, **told)

    assert [(one.is_default, one.share), (other.is_default, other.share)] == [(True, 0.75), (False, None)]
    actions.unlink_succession(link_id=one.pk, by="system")
    other.refresh_from_db()
    assert other.is_default
    assert Entry.objects.filter(verb="places.unlinked").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": ""}, "source"),
        ({"successor": ("Phường Thành Sen", date(2026, 1, 1))}, "successor"),
        ({"successor": ("Huyện Can Lộc", date(2020, 1, 1))}, "successor"),
        ({"share": 1.5, "is_whole": False}, "share"),
        ({"predecessor": ("Phường Thành Sen", date(2026, 1, 1))}, ""),
    ],
    ids=["no source", "not of the day after", "another level", "more than all", "it still exists"],
)
def test_a_link_that_cannot_be_is_refused(trung_loc: Place, change: dict[str, object], field: str) -> None:
    told = {"predecessor": trung_loc, "successor": on("Xã Khánh Vĩnh Yên", date(2020, 1, 1)), "source": SOURCE}
    for key, value in change.items():
        told[key] = queries.at(value[1]).get(name=value[0]) if isinstance(value, tuple) else value  # type: ignore[assignment]
    before = Succession.objects.count()

    with pytest.raises(BadInput) as refused:
        actions.link_succession(by="system", **told)  # type: ignore[arg-type]

    assert set(refused.value.fields) == {field}
    assert Succession.objects.count() == before
    assert not Entry.objects.filter(verb="places.linked").exists()


def test_a_circle_is_refused(trung_loc: Place) -> None:
    heir = Place.objects.create(
        code="99001", name="Xã Vòng Tròn", level="commune", parent=trung_loc.parent,
        valid_from=date(2025, 1, 1), valid_to=date(2025, 3, 1),
    )  # fmt: skip
    actions.link_succession(predecessor=trung_loc, successor=heir, source=SOURCE, by="system")
    Place.objects.filter(pk=trung_loc.pk).update(valid_to=date(2026, 12, 31))

    with pytest.raises(BadInput) as refused:
        actions.link_succession(predecessor=heir, successor=trung_loc, source=SOURCE, by="system")

    assert set(refused.value.fields) == {"successor"}
    assert not heir.successions.exists()


def test_a_whole_unit_has_one_successor_only(trung_loc: Place) -> None:
    actions.link_succession(
        predecessor=trung_loc, successor=on("Xã Khánh Vĩnh Yên", date(2020, 1, 1)), source=SOURCE, by="system"
    )

    with pytest.raises(BadInput) as refused:
        actions.link_succession(
            predecessor=trung_loc, successor=on("Thị trấn Nghèn", date(2020, 1, 1)), source=SOURCE, by="system"
        )

    assert set(refused.value.fields) == {"is_whole"}
