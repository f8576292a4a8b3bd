"""What was told of new units meanwhile is not lost when the change is undone: given back, by shares, or journalled."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.places import actions, queries
from coso.places.models import Change, Place
from coso.places.rules.changes import Cede, Merge, Operation, Part, Rename, Split
from tests.support.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))


@pytest.fixture
def villages(world: World) -> list[Place]:
    Place.objects.filter(pk=world.villages[0].pk).update(population=100, households=30)
    Place.objects.filter(pk=world.villages[1].pk).update(population=200, households=60)
    return [Place.objects.get(pk=village.pk) for village in world.villages]


def make(world: World, operation: Operation) -> Change:
    return actions.make_change(operation=operation, from_on=DAY, decision="NQ", by=world.administrator)


def tell(world: World, code: str, population: int, households: int, middle: tuple[float, float] | None = None) -> None:
    actions.describe_village(
        village=new(code), population=population, households=households,
        latitude=middle[0] if middle else None, longitude=middle[1] if middle else None, by=world.administrator,
    )  # fmt: skip


def new(code: str) -> Place:
    found = queries.one_at(code, DAY)
    assert found is not None
    return found


def figures(*villages: Place) -> list[tuple[int | None, int | None, bool]]:
    rows = [Place.objects.get(pk=village.pk) for village in villages]
    return [(row.population, row.households, row.figures_estimated) for row in rows]


def merged(world: World, villages: list[Place]) -> Change:
    return make(world, Merge(units=(villages[0].pk, villages[1].pk), name="Thôn Kim", code="18196-01"))


def test_a_merged_village_gives_its_new_count_back_by_shares_marked_as_estimated(
    world: World, villages: list[Place]
) -> None:
    change = merged(world, villages)
    tell(world, "18196-01", 330, 93, (18.4, 105.2))

    actions.undo_change(change_id=change.pk, by=world.administrator, reason="Nhầm")

    assert figures(*villages[:2]) == [(110, 31, True), (220, 62, True)]
    entry = Entry.objects.get(verb="places.change_undone")
    assert entry.data["figures"] == [
        {"name": "Thôn Kim", "code": "18196-01", "population": 330, "households": 93,
         "latitude": 18.4, "longitude": 105.2},
    ]  # fmt: skip
    assert "thôn Kim (18196-01): dân số 330; số hộ 93" in sentence_of(entry)


def test_whoever_undoes_may_keep_the_old_counts_and_the_journal_still_has_the_new_one(
    world: World, villages: list[Place]
) -> None:
    change = merged(world, villages)
    tell(world, "18196-01", 330, 93)

    actions.undo_change(change_id=change.pk, by=world.administrator, estimates=False)

    assert figures(*villages[:2]) == [(100, 30, False), (200, 60, False)]
    assert Entry.objects.get(verb="places.change_undone").data["figures"][0]["population"] == 330


def test_a_divided_village_gets_the_sum_of_its_counted_parts(world: World, villages: list[Place]) -> None:
    parts = (Part("Thôn A", "18196-01", 0.6), Part("Thôn B", "18196-09", 0.4))
    change = make(world, Split(unit=villages[0].pk, parts=parts, default=0))
    tell(world, "18196-01", 71, 20)
    tell(world, "18196-09", 45, 15)

    actions.undo_change(change_id=change.pk, by=world.administrator)

    assert figures(villages[0]) == [(116, 35, False)]


def test_a_village_that_gave_a_part_and_one_that_took_it_get_theirs_back(world: World, villages: list[Place]) -> None:
    change = make(world, Cede(unit=villages[1].pk, receiver=villages[0].pk, people=50))
    assert [new(code).population for code in ("18196-02", "18196-01")] == [150, 150]
    tell(world, "18196-01", 180, 50)

    actions.undo_change(change_id=change.pk, by=world.administrator)

    assert figures(villages[0], villages[1]) == [(120, 33, True), (210, 62, True)]


def test_without_anything_told_the_journal_keeps_nothing_and_nothing_is_estimated(
    world: World, villages: list[Place]
) -> None:
    change = merged(world, villages)

    actions.undo_change(change_id=change.pk, by=world.administrator)

    assert figures(*villages[:2]) == [(100, 30, False), (200, 60, False)]
    assert Entry.objects.get(verb="places.change_undone").data["figures"] == []


def test_an_estimate_goes_along_with_a_new_name_and_ends_when_the_village_is_counted(
    world: World, villages: list[Place]
) -> None:
    Place.objects.filter(pk=villages[0].pk).update(figures_estimated=True)
    make(world, Rename(unit=villages[0].pk, name="Thôn Kim"))
    assert new("18196-01").figures_estimated

    tell(world, "18196-01", 100, 30)

    assert not new("18196-01").figures_estimated
