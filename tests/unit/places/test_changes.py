"""Plans of operations on units: nobody is lost, nothing is left without a parent, and what cannot be is said."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules import graph
from coso.places.rules.changes import (
    Abolish,
    Cede,
    Merge,
    Move,
    Operation,
    Part,
    Plan,
    Rename,
    Said,
    Split,
    Tree,
    Unfit,
    Unit,
    What,
    make_plan,
)
from coso.places.rules.graph import Life

THEN, DAY, LATER = date(2025, 7, 1), date(2027, 1, 1), date(2026, 3, 1)


def unit(ident: int, level: str, parent: int | None, **more: object) -> Unit:
    told: dict[str, object] = {"code": f"c{ident}", "name": f"Xã {ident}", "begins": THEN, "population": 100 * ident}
    return Unit(id=ident, level=level, parent=parent, **told | more)  # type: ignore[arg-type]


def province(*more: Unit) -> Tree:
    """A province (1), two districts (2, 3), communes 4, 5 in 2 and 6 in 3, villages 40, 41 in 4, 50 in 5, 60 in 6."""
    units = [
        unit(1, "province", None, code="42"),
        unit(2, "district", 1),
        unit(3, "district", 1),
        unit(4, "commune", 2, households=30),
        unit(5, "commune", 2, households=40),
        unit(6, "commune", 3),
        unit(40, "village", 4, latitude=18.0, longitude=105.0),
        unit(41, "village", 4, latitude=18.2, longitude=105.2),
        unit(50, "village", 5),
        unit(60, "village", 6),
        *more,
    ]
    return Tree(units)


OPERATIONS: list[Operation] = [
    Rename(unit=4, name="Xã Mới"),
    Merge(units=(4, 5), name="Xã Mới", code="c4"),
    Merge(units=(40, 41), name="Thôn Mới", code="n1"),
    Split(unit=4, parts=(Part("Xã A", "c4", 0.25), Part("Xã B", "n1", 0.75)), default=1, below={40: 0}),
    Cede(unit=4, receiver=6, below=(40,), share=0.25),
    Cede(unit=4, receiver=5, people=1, name="Xã Mới"),
    Move(unit=6, parent=2),
    Move(unit=40, parent=5, name="Thôn Mới"),
    Abolish(level="district"),
]


def _after(tree: Tree, plan: Plan) -> list[tuple[str, date, date | None]]:
    ended = set(plan.ends)
    before = [(u.code, u.begins, plan.last_day if u.id in ended else u.ends) for u in tree.units.values()]
    return before + [(new.code, plan.from_on, None) for new in plan.begins]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: type(one).__name__)
def test_after_any_operation_the_tree_is_whole(operation: Operation) -> None:
    tree = province()

    plan = make_plan(operation, DAY, tree)

    assert graph.twice_on_one_day(_after(tree, plan)) == set()
    assert len(set(plan.ends)) == len(plan.ends)
    for new in plan.begins:
        # Its parent lasts, or begins with it and stands before it.
        assert (new.parent is None) != (new.parent_key is None)
        assert new.parent not in plan.ends
        assert new.parent_key is None or new.parent_key < new.key
    for link in plan.links:
        assert link.old in plan.ends
    # Nothing is left under a unit that ended.
    for lasting in tree.units.values():
        assert lasting.id in plan.ends or lasting.parent not in plan.ends
    defaults = [link.old for link in plan.links if link.is_default]
    linked = {link.old for link in plan.links}
    assert sorted(defaults) == sorted(linked)
    assert set(plan.ends) - linked == ({2, 3} if isinstance(operation, Abolish) else set())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: type(one).__name__)
def test_no_operation_loses_or_wins_anybody(operation: Operation) -> None:
    tree = province()

    plan = make_plan(operation, DAY, tree)

    for level in ("commune", "village"):
        before = sum(tree.units[ident].population or 0 for ident in plan.ends if tree.units[ident].level == level)
        assert sum(new.population or 0 for new in plan.begins if new.level == level) == before


@given(
    st.lists(st.integers(0, 50_000) | st.none(), min_size=2, max_size=8),
    st.lists(st.integers(1, 999), min_size=2, max_size=6),
)
def test_population_is_conserved_over_a_merger_and_a_division(counts: list[int | None], weights: list[int]) -> None:
    tree = Tree(
        [unit(1, "province", None)]
        + [unit(n, "commune", 1, population=count) for n, count in enumerate(counts, start=10)]
    )
    merged = make_plan(Merge(units=tuple(range(10, 10 + len(counts))), name="Xã Mới", code="n"), DAY, tree).new(0)

    assert merged.population == (None if None in counts else sum(count or 0 for count in counts))

    whole = Unit(99, "n", "Xã Mới", "commune", 1, THEN, population=merged.population)
    shares = [weight / sum(weights) for weight in weights]
    parts = tuple(Part(f"Xã {n}", f"p{n}", share) for n, share in enumerate(shares))
    divided = make_plan(Split(unit=99, parts=parts, default=0), DAY, Tree([unit(1, "province", None), whole]))
    if merged.population is not None:
        assert sum(new.population or 0 for new in divided.begins) == merged.population


@given(st.lists(st.sampled_from(["rename", "merge", "split", "cede"]), max_size=6), st.randoms())
def test_after_any_chain_of_operations_the_direct_successor_is_that_of_each_step(kinds: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    """Carry plans out on a list of rows, one a year, and ask the graph."""
    rows = {n: unit(n, "commune", 1) for n in range(2, 6)} | {1: unit(1, "province", None)}
    links: dict[int, list[int]] = {}
    days = [date(2026, 1, 1)]
    for turn, kind in enumerate(kinds):
        day = date(2027 + turn, 1, 1)
        days.append(day)
        there = [u.id for u in rows.values() if u.ends is None and u.level == "commune"]
        one = chance.choice(there)
        operation: Operation = Rename(unit=one, name=f"Xã mới {turn}")
        if kind == "merge" and len(there) > 1:
            operation = Merge(units=tuple(chance.sample(there, 2)), name=f"Xã gộp {turn}", code=rows[one].code)
            operation = operation if one in operation.units else Merge(operation.units, operation.name, f"m{turn}")
        elif kind == "split":
            operation = Split(unit=one, parts=(Part("A", f"a{turn}"), Part("B", f"b{turn}")), default=0)
        elif kind == "cede" and len(there) > 1:
            giver, receiver = chance.sample(there, 2)
            operation = Cede(unit=giver, receiver=receiver, share=0.3)
        plan = make_plan(operation, day, Tree(rows.values()))
        first = max(rows) + 1
        for ended in plan.ends:
            rows[ended] = Unit(**{**vars(rows[ended]), "ends": plan.last_day})
        for new in plan.begins:
            rows[first + new.key] = Unit(first + new.key, new.code, new.name, new.level, new.parent, day)
        for link in plan.links:
            links.setdefault(link.old, []).append(first + link.new)

    lives = {u.id: Life(u.begins, u.ends, u.parent) for u in rows.values()}
    assert graph.twice_on_one_day((u.code, u.begins, u.ends) for u in rows.values()) == set()
    assert graph.circles(links) == set()
    on = {day: graph.heirs_on(day, lives, links) for day in days}
    for first_day, second in pairwise(days):
        for u in rows.values():
            if u.begins <= first_day:
                assert on[second][u.id] == set().union(*(on[second][heir] for heir in on[first_day][u.id]))


ODD = [
    unit(7, "commune", 2, code="gone", ends=date(2026, 6, 30)),
    unit(8, "commune", 2, code="ending", ends=date(2027, 6, 30)),
    unit(9, "commune", 2, code="new", begins=DAY),
    unit(10, "commune", 2, code="newer", begins=date(2027, 1, 2)),
]


@pytest.mark.parametrize(
    ("operation", "faults"),
    [
        (Rename(unit=4, name=""), {(What.NO_NAME, "name")}),
        (Rename(unit=4, name="Xã 4"), {(What.SAME_NAME, "name")}),
        (Rename(unit=77, name="Xã Mới"), {(What.MISSING, "unit")}),
        (Rename(unit=7, name="Xã Mới"), {(What.GONE, "unit")}),
        (Rename(unit=8, name="Xã Mới"), {(What.ENDS_LATER, "unit")}),
        (Rename(unit=9, name="Xã Mới"), {(What.SAME_DAY, "from_on")}),
        (Rename(unit=10, name="Xã Mới"), {(What.NOT_YET, "from_on")}),
        (Rename(unit=1, name="Tỉnh Mới"), {(What.PROVINCE, "unit")}),
        (Merge(units=(4, 4), name="Xã Mới", code="n"), {(What.TOO_FEW, "units")}),
        (Merge(units=(4, 7), name="Xã Mới", code="n"), {(What.GONE, "units")}),
        (Merge(units=(4, 40), name="Xã Mới", code="n"), {(What.TWO_LEVELS, "units"), (What.TWO_PARENTS, "units")}),
        (Merge(units=(4, 6), name="Xã Mới", code="n"), {(What.TWO_PARENTS, "units")}),
        (Merge(units=(4, 5), name="Xã Mới", code="c6"), {(What.CODE_IN_USE, "code")}),
        (Merge(units=(4, 5), name="", code=""), {(What.NO_NAME, "name"), (What.NO_CODE, "code")}),
        (Merge(units=(4, 6), name="Xã Mới", code="n", parent=40), {(What.PARENT_LEVEL, "parent")}),
        (Split(unit=5, parts=(Part("A", "n"),), default=0), {(What.TOO_FEW, "parts")}),
        (Split(unit=5, parts=(Part("A", "n"), Part("B", "n")), default=0),
         {(What.CODE_TWICE, "code_1"), (What.CODE_TWICE, "code_2")}),
        (Split(unit=5, parts=(Part("A", "n"), Part("B", "c6")), default=2),
         {(What.CODE_IN_USE, "code_2"), (What.NO_DEFAULT, "default")}),
        (Split(unit=5, parts=(Part("A", "n", 0.5), Part("B", "m", 0.6)), default=0), {(What.SHARES_SUM, "share_1")}),
        (Split(unit=5, parts=(Part("A", "n", 0.5), Part("B", "m", 0.4)), default=0), {(What.SHARES_SUM, "share_1")}),
        (Split(unit=5, parts=(Part("A", "n", 0.999), Part("B", "m")), default=0), {(What.SHARES_SUM, "share_1")}),
        (Split(unit=5, parts=(Part("A", "n", 1.5), Part("B", "m")), default=0),
         {(What.SHARE_RANGE, "share_1"), (What.SHARES_SUM, "share_1")}),
        (Split(unit=4, parts=(Part("A", "n"), Part("B", "m")), default=0, below={40: 5}),
         {(What.NO_SUCH_PART, "below_40")}),
        (Move(unit=4, parent=2), {(What.SAME_PARENT, "parent")}),
        (Move(unit=40, parent=41), {(What.PARENT_LEVEL, "parent")}),
        (Move(unit=4, parent=40), {(What.UNDER_ITSELF, "parent")}),
        (Move(unit=40, parent=7), {(What.GONE, "parent")}),
        (Move(unit=40, parent=9), {(What.SAME_DAY, "from_on")}),
        (Cede(unit=4, receiver=4, share=0.5), {(What.ITS_OWN_RECEIVER, "receiver")}),
        (Cede(unit=4, receiver=40, share=0.5), {(What.TWO_LEVELS, "receiver")}),
        (Cede(unit=4, receiver=7, share=0.5), {(What.GONE, "receiver")}),
        (Cede(unit=4, receiver=5), {(What.NOTHING_GOES, "below")}),
        (Cede(unit=4, receiver=5, below=(40, 41)), {(What.ALL_GO, "below")}),
        (Cede(unit=4, receiver=5, below=(50,), share=0.5), {(What.NOT_UNDER, "below")}),
        (Cede(unit=4, receiver=5, share=1), {(What.SHARE_RANGE, "share")}),
        (Cede(unit=4, receiver=5, share=0.5, people=3), {(What.PEOPLE_AND_SHARE, "share")}),
        (Cede(unit=4, receiver=5, people=400), {(What.TOO_MANY_PEOPLE, "people")}),
        (Cede(unit=4, receiver=5, share=0.5, area_km2=0), {(What.TOO_MUCH_AREA, "area_km2")}),
        (Abolish(level="village"), {(What.LEVEL_STAYS, "level")}),
        (Abolish(level="province"), {(What.LEVEL_STAYS, "level")}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_every_reason(operation: Operation, faults: set[tuple[What, str]]) -> None:
    with pytest.raises(Unfit) as refused:
        make_plan(operation, DAY, province(*ODD))

    assert {(fault.what, fault.field) for fault in refused.value.faults} == faults


def test_a_level_that_nobody_has_is_not_abolished() -> None:
    with pytest.raises(Unfit) as refused:
        make_plan(Abolish(level="district"), DAY, Tree([unit(1, "province", None), unit(4, "commune", 1)]))

    assert [fault.what for fault in refused.value.faults] == [What.NO_LEVEL]


def test_a_village_that_begins_after_the_day_keeps_its_commune_from_changing() -> None:
    young = unit(42, "village", 4, begins=LATER)

    with pytest.raises(Unfit) as refused:
        make_plan(Rename(unit=4, name="Xã Mới"), date(2026, 1, 1), province(young))

    assert [(fault.what, fault.name, fault.day) for fault in refused.value.faults] == [(What.NOT_YET, "Xã 42", LATER)]


def test_unknown_counts_and_shares_are_flagged_and_not_guessed() -> None:
    tree = province(unit(7, "commune", 2, code="x7", population=None))

    merged = make_plan(Merge(units=(4, 7), name="Xã Mới", code="c4"), DAY, tree)
    divided = make_plan(Split(unit=4, parts=(Part("A", "a", 0.25), Part("B", "b")), default=0), DAY, tree)

    assert merged.new(merged.leads[0]).population is None
    assert [(note.said, note.name) for note in merged.notes] == [(Said.POPULATION_UNKNOWN, "Xã 7")]
    assert [(new.population, new.households) for new in map(divided.new, divided.leads)] == [(None, None)] * 2
    assert [note.said for note in divided.notes] == [Said.SHARES_UNKNOWN]
    assert [link.share for link in divided.links if not link.is_whole] == [0.25, None]


def test_another_commune_of_the_name_is_told_apart_by_its_district_and_its_day() -> None:
    tree = province(unit(7, "commune", 3, code="x7", name="Xã Kỳ Lợi", begins=LATER))

    plan = make_plan(Rename(unit=4, name="Xã Kỳ Lợi"), DAY, tree)

    assert [(note.said, note.name, note.where, note.day) for note in plan.notes] == [
        (Said.OTHER_OF_NAME, "Xã Kỳ Lợi", "Xã 3", LATER)
    ]


def test_the_villages_of_a_divided_commune_go_where_they_were_put_and_else_to_the_main_part() -> None:
    plan = make_plan(OPERATIONS[3], DAY, province())

    parts = {key: plan.new(key).name for key in plan.leads}
    assert {new.code: parts[new.parent_key or 0] for new in plan.begins if new.level == "village"} == {
        "c40": "Xã A",
        "c41": "Xã B",
    }
    assert [(plan.new(key).latitude, plan.new(key).population) for key in plan.leads] == [(18.0, 100), (18.2, 300)]


def test_a_part_goes_to_another_unit_with_its_villages_and_both_keep_their_codes() -> None:
    plan = make_plan(Cede(unit=4, receiver=6, below=(40,), people=120, area_km2=1.5), DAY, province())

    giver, receiver = map(plan.new, plan.leads)
    assert [(new.code, new.name, new.parent) for new in (giver, receiver)] == [("c4", "Xã 4", 2), ("c6", "Xã 6", 3)]
    assert (giver.population, receiver.population) == (400 - 120, 600 + 120)
    assert (giver.households, receiver.households) == (21, None)
    assert {new.code: new.parent_key for new in plan.begins if new.level == "village"} == {
        "c40": receiver.key,
        "c41": giver.key,
        "c60": receiver.key,
    }
    ways = {(link.old, link.new): (link.is_whole, link.is_default, link.share) for link in plan.links}
    assert ways[4, giver.key] == (False, True, 0.7)
    assert ways[4, receiver.key] == (False, False, 0.3)
    assert ways[6, receiver.key] == (True, True, None)
    assert plan.notes == ()


def test_the_share_that_goes_is_taken_from_its_villages_where_their_people_are_known() -> None:
    told = make_plan(Cede(unit=4, receiver=5, below=(40,)), DAY, Tree(_peopled(130)))
    untold = make_plan(Cede(unit=4, receiver=5, below=(40,)), DAY, Tree(_peopled(None)))

    assert [told.new(key).population for key in told.leads] == [270, 630]
    assert [note.said for note in told.notes] == [Said.SHARE_OF_UNITS]
    assert [untold.new(key).population for key in untold.leads] == [None, None]
    assert [note.said for note in untold.notes] == [Said.SHARES_UNKNOWN]
    assert [link.share for link in untold.links if not link.is_whole] == [None, None]


def _peopled(count: int | None) -> list[Unit]:
    return [
        unit(1, "province", None),
        unit(4, "commune", 1),
        unit(5, "commune", 1),
        unit(40, "village", 4, population=count),
        unit(41, "village", 4),
    ]


@given(st.integers(2, 90_000), st.integers(0, 90_000), st.data())
def test_people_are_conserved_when_a_part_goes_over(giver: int, receiver: int, data: st.DataObject) -> None:
    going = data.draw(st.integers(1, giver - 1))
    tree = Tree(
        [
            unit(1, "province", None),
            unit(4, "commune", 1, population=giver, households=giver // 3),
            unit(5, "commune", 1, population=receiver, households=receiver // 3),
        ]
    )

    plan = make_plan(Cede(unit=4, receiver=5, people=going), DAY, tree)

    rest, more = map(plan.new, plan.leads)
    assert (rest.population, more.population) == (giver - going, receiver + going)
    assert (rest.households or 0) + (more.households or 0) == giver // 3 + receiver // 3
