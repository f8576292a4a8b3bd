"""A person renames, merges, divides, moves units; what hung on the old ones is found under the new, until undone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from coso.journal import bus
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.organizations import policies
from coso.organizations.models import Person, Post
from coso.places import actions, queries
from coso.places.actions import NewVillage
from coso.places.actions.changes import force
from coso.places.events import UnitsChanged
from coso.places.models import Change, ChangeState, Level, Place, Succession
from coso.places.rules import graph
from coso.places.rules.changes import Abolish, Cede, Merge, Move, Part, Rename, Split
from tests.support.world import SINCE, World, place

DAY = date(2026, 11, 1)
DECISION = "Nghị quyết số 12/NQ-HĐND ngày 20/10/2026"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def set_to(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)

    set_to(date(2026, 11, 24))
    return set_to


@pytest.fixture
def told() -> list[int]:
    """Listen to the changes that take force."""
    heard: list[int] = []

    def hear(event: UnitsChanged) -> None:
        heard.append(event.change_id)

    bus.subscribe(UnitsChanged, hear)
    yield heard  # type: ignore[misc]
    bus._handlers[UnitsChanged].remove(hear)


def everything() -> list[dict[str, object]]:
    """Everything that is kept of units, to be compared after an undo."""
    return [
        *Place.objects.order_by("pk").values(),
        *Succession.objects.order_by("pk").values(),
    ]


def make(world: World, operation: object, day: date = DAY, **more: object) -> Change:
    return actions.make_change(operation=operation, from_on=day, decision=DECISION, by=world.administrator, **more)  # type: ignore[arg-type]


def one(code: str, day: date) -> Place:
    found = queries.one_at(code, day)
    assert found is not None
    return found


def sound() -> bool:
    spells = list(Place.objects.values_list("code", "valid_from", "valid_to"))
    return graph.twice_on_one_day(spells) == set() and graph.circles(queries.lives_and_links()[1]) == set()


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_renamed_commune_goes_on_with_its_villages_and_with_whoever_holds_a_post_there(
    world: World, today: object, told: list[int]
) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))

    old, new = one("18196", DAY - timedelta(days=1)), one("18196", DAY)
    assert (old.name, old.valid_to, old.ended_by) == ("Xã Sơn Kim 1", date(2026, 10, 31), change)
    assert (new.name, new.valid_from, new.valid_to, new.begun_by) == ("Xã Sơn Kim", DAY, None, change)
    assert (new.latitude, new.source) == (18.42, DECISION)
    assert [p.name for p in queries.villages_of([new])] == ["Thôn 1", "Thôn 2", "Thôn 3"]
    assert {v.parent for v in queries.villages_of([new])} == {new}
    old.refresh_from_db()
    assert (old.current, old.current_path) == (new, new.path)
    assert policies.may(fresh(world.officer), "bulletin.write", new)
    assert not policies.may(fresh(world.other_officer), "bulletin.write", new)
    assert policies.may(fresh(world.communicator), "reach.tell", one("18196-01", DAY))
    assert (change.state, change.before, change.after) == (ChangeState.IN_FORCE, "Xã Sơn Kim 1", "Xã Sơn Kim")
    assert told == [change.pk]
    assert sound()


def test_merged_communes_are_summed_and_followed(world: World, today: object) -> None:
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000, households=1300, area_km2=200.5)
    Place.objects.filter(pk=world.thach_ha.pk).update(population=7001, households=1900, area_km2=20.25)
    units = (world.son_kim.pk, world.thach_ha.pk)

    make(world, Merge(units=units, name="Xã Thạch Kim", code="18562"))

    new = one("18562", DAY)
    assert (new.name, new.population, new.households, new.area_km2) == ("Xã Thạch Kim", 12001, 3200, 220.75)
    assert (new.latitude, new.longitude) == (18.395, 105.515)
    assert queries.one_at("18196", DAY) is None
    links = Succession.objects.filter(successor=new).order_by("predecessor__code")
    assert [(link.predecessor.name, link.is_whole, link.source) for link in links] == [
        ("Xã Sơn Kim 1", True, DECISION),
        ("Xã Thạch Hà", True, DECISION),
    ]
    assert queries.all_successors(DAY)[world.son_kim.pk] == [new.pk]
    assert queries.villages_of([new]).count() == 6
    assert policies.may(fresh(world.officer), "registry.edit", new)
    assert policies.may(fresh(world.other_officer), "registry.edit", new)
    assert sound()


def test_a_divided_commune_gives_its_people_by_shares_and_its_villages_whole(world: World, today: object) -> None:
    Place.objects.filter(pk=world.son_kim.pk).update(population=1001)
    parts = (Part("Xã Sơn Kim 1", "18196", 0.7), Part("Xã Nước Sốt", "18197", 0.3))

    make(world, Split(unit=world.son_kim.pk, parts=parts, default=0, below={world.villages[2].pk: 1}))

    first, second = one("18196", DAY), one("18197", DAY)
    assert (first.population, second.population) == (701, 300)
    assert [v.name for v in queries.villages_of([first])] == ["Thôn 1", "Thôn 2"]
    assert [v.name for v in queries.villages_of([second])] == ["Thôn 3"]
    links = Succession.objects.filter(predecessor=world.son_kim).order_by("successor__code")
    assert [(link.is_whole, link.is_default, link.share) for link in links] == [(False, True, 0.7), (False, False, 0.3)]
    world.son_kim.refresh_from_db()
    assert world.son_kim.current == first
    assert policies.may(fresh(world.officer), "registry.edit", first)
    assert not policies.may(fresh(world.officer), "registry.edit", second)
    assert sound()


def test_a_part_of_a_commune_goes_to_another_one_with_what_hangs_on_its_villages(world: World, today: object) -> None:
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000, area_km2=200.5)
    Place.objects.filter(pk=world.thach_ha.pk).update(population=7000, area_km2=20.25)
    going = world.villages[0]
    part = Cede(unit=world.son_kim.pk, receiver=world.thach_ha.pk, below=(going.pk,), people=1200, area_km2=10.5)

    change = make(world, part)

    giver, receiver = one("18196", DAY), one("18562", DAY)
    assert [(unit.name, unit.population, unit.area_km2) for unit in (giver, receiver)] == [
        ("Xã Sơn Kim 1", 3800, 190.0),
        ("Xã Thạch Hà", 8200, 30.75),
    ]
    assert [v.name for v in queries.villages_of([giver])] == ["Thôn 2", "Thôn 3"]
    assert [v.name for v in queries.villages_of([receiver])] == ["Thôn 1", "Thôn Đông 1", "Thôn Đông 2", "Thôn Đông 3"]
    assert queries.all_successors(DAY)[world.son_kim.pk] == [giver.pk, receiver.pk]
    assert queries.all_successors(DAY)[world.thach_ha.pk] == [receiver.pk]
    # What stands on the village follows it; what stands on the commune stays with the commune.
    assert policies.may(fresh(world.communicator), "reach.tell", one("18196-01", DAY))
    assert policies.may(fresh(world.officer), "registry.edit", giver)
    assert not policies.may(fresh(world.officer), "registry.edit", one("18196-01", DAY))
    assert policies.may(fresh(world.other_officer), "registry.edit", one("18196-01", DAY))
    assert (change.before, change.after) == ("Xã Sơn Kim 1; Xã Thạch Hà", "Xã Sơn Kim 1; Xã Thạch Hà")
    said = sentence_of(Entry.objects.get(verb="places.changed"))
    assert "một phần của xã Sơn Kim 1 chuyển về xã Thạch Hà" in said
    assert sound()


def test_a_planned_part_counts_who_lives_there_on_its_day(world: World, today) -> None:  # type: ignore[no-untyped-def]
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000)
    Place.objects.filter(pk=world.thach_ha.pk).update(population=7000)
    make(world, Cede(unit=world.son_kim.pk, receiver=world.thach_ha.pk, share=0.2), date(2027, 1, 1))
    Place.objects.filter(pk=world.son_kim.pk).update(population=6000)

    today(date(2027, 1, 1))
    actions.take_force()

    assert [one(code, date(2027, 1, 1)).population for code in ("18196", "18562")] == [4800, 8200]


def test_a_village_moves_under_another_name_by_one_decision(world: World, today: object) -> None:
    make(world, Move(unit=world.villages[0].pk, parent=world.thach_ha.pk, name="Thôn Kim"))

    moved = one("18196-01", DAY)
    assert (moved.name, moved.parent) == ("Thôn Kim", world.thach_ha)
    said = sentence_of(Entry.objects.get(verb="places.changed"))
    assert "thôn 1 được chuyển về xã Thạch Hà và đổi tên thành thôn Kim" in said
    assert sound()


def test_two_changes_of_a_unit_on_one_day_are_refused_with_what_to_do(world: World, today: object) -> None:
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    before = everything()

    with pytest.raises(BadInput) as refused:
        make(world, Move(unit=one("18196-01", DAY).pk, parent=world.thach_ha.pk))

    assert "Hãy hoàn tác thay đổi đó" in refused.value.fields["from_on"][0]
    assert everything() == before


def test_a_village_moves_to_another_commune(world: World, today: object) -> None:
    make(world, Move(unit=world.villages[0].pk, parent=world.thach_ha.pk))

    assert one("18196-01", DAY).parent == world.thach_ha
    assert [v.name for v in queries.villages_of([world.son_kim])] == ["Thôn 2", "Thôn 3"]
    assert policies.may(fresh(world.communicator), "reach.tell", one("18196-01", DAY))
    assert not policies.may(fresh(world.officer), "registry.edit", one("18196-01", DAY))
    assert Change.objects.get().after == "Xã Thạch Hà"
    assert sound()


def test_an_abolished_level_leaves_its_communes_under_the_province(world: World, today: object) -> None:
    district = place("439", "Huyện Hương Sơn", Level.DISTRICT, world.province)
    commune = place("18200", "Xã Sơn Hồng", Level.COMMUNE, district)
    village = place("18200-01", "Thôn 1", Level.VILLAGE, commune)

    make(world, Abolish(level="district"))

    assert not queries.at(DAY).filter(level=Level.DISTRICT).exists()
    assert one("18200", DAY).parent == world.province
    assert one("18200-01", DAY).parent == one("18200", DAY)
    assert [p.name for p in queries.successors(Place.objects.get(pk=district.pk), DAY)] == ["Xã Sơn Hồng"]
    assert queries.all_successors(DAY)[village.pk] == [one("18200-01", DAY).pk]
    assert sound()


@pytest.mark.parametrize("later", [False, True], ids=["in force", "planned"])
@pytest.mark.parametrize("kind", ["rename", "merge", "split", "cede", "move"])
def test_an_undone_change_leaves_everything_as_it_was(world: World, today: object, kind: str, later: bool) -> None:
    son_kim, thach_ha = world.son_kim.pk, world.thach_ha.pk
    operation = {
        "rename": Rename(unit=son_kim, name="Xã Sơn Kim"),
        "merge": Merge(units=(son_kim, thach_ha), name="Xã Thạch Kim", code="18562"),
        "split": Split(unit=son_kim, parts=(Part("A", "18196"), Part("B", "b")), default=1),
        "cede": Cede(unit=son_kim, receiver=thach_ha, below=(world.villages[2].pk,), share=0.2),
        "move": Move(unit=world.villages[0].pk, parent=thach_ha),
    }[kind]
    before = everything()
    change = make(world, operation, date(2027, 1, 1) if later else DAY)
    assert everything() != before

    undone = actions.undo_change(change_id=change.pk, by=world.administrator)

    assert everything() == before
    assert undone.state == ChangeState.UNDONE
    assert undone.undone_at is not None
    assert change.before == undone.before
    with pytest.raises(WrongState):
        actions.undo_change(change_id=change.pk, by=world.administrator)


def test_a_change_is_not_undone_once_something_hangs_on_what_it_began(world: World, today: object) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    Post.objects.create(person=world.editor, role="auditor", place=one("18196", DAY), held_from=DAY)
    before = everything()

    with pytest.raises(BadInput) as refused:
        actions.undo_change(change_id=change.pk, by=world.administrator)

    assert everything() == before
    assert [one.count for one in queries.depending_on(change)] == [1]
    assert ": 1" in refused.value.fields[""][0]


@pytest.mark.parametrize("what", ["label", "village", "later change", "served by a cluster"])
def test_labels_villages_later_changes_and_shared_records_hold_a_change_too(
    world: World, today: object, what: str
) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    new = one("18196", DAY)
    if what == "label":
        kind = queries.label_kinds().get(pk="bien-gioi")
        actions.give_label(place=new, kind=kind, decision="QĐ", valid_from=DAY, by=world.administrator)
    elif what == "village":
        actions.add_villages(commune=new, villages=[NewVillage("n1", "Thôn 4")], by="system", valid_from=DAY)
    elif what == "later change":
        make(world, Rename(unit=new.pk, name="Xã Sơn Kim Thượng"), DAY + timedelta(days=5))
    else:
        world.clusters[0].villages.add(one("18196-03", DAY))

    with pytest.raises(BadInput):
        actions.undo_change(change_id=change.pk, by=world.administrator)

    assert Change.objects.get(pk=change.pk).state == ChangeState.IN_FORCE


def test_a_planned_change_takes_force_on_its_day_and_takes_along_who_came_meanwhile(
    world: World,
    today,
    told: list[int],  # type: ignore[no-untyped-def]
) -> None:
    day = date(2027, 1, 1)
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), day)
    actions.add_villages(
        commune=one("18196", date(2026, 11, 24)), villages=[NewVillage("n1", "Thôn 4")], by="system",
        valid_from=date(2026, 12, 1),
    )  # fmt: skip
    assert change.state == ChangeState.PLANNED
    assert actions.take_force() == 0
    assert [p.name for p in queries.communes().order_by("code")] == ["Xã Sơn Kim 1", "Xã Thạch Hà"]
    assert told == []

    today(day)
    assert actions.take_force() == 1

    change.refresh_from_db()
    assert change.state == ChangeState.IN_FORCE
    assert told == [change.pk]
    assert [p.name for p in queries.communes().order_by("code")] == ["Xã Sơn Kim", "Xã Thạch Hà"]
    new = one("18196", day)
    assert [v.name for v in queries.villages_of([new])] == ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"]
    assert policies.may(fresh(world.officer), "registry.edit", one("n1", day))
    assert actions.take_force() == 0
    assert sound()
    assert Entry.objects.filter(verb="places.change_in_force", actor="system").count() == 1


def test_the_geography_of_today_is_kept_once_a_day_and_at_the_start(
    world: World,
    today,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    monkeypatch.setattr(force, "_kept_on", None)
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), date(2026, 11, 25))
    Place.objects.update(current=None)

    actions.keep_today()
    world.son_kim.refresh_from_db()
    assert world.son_kim.current == world.son_kim
    with django_assert_num_queries(0):
        actions.keep_today()
    today(date(2026, 11, 25))
    actions.keep_today()

    world.son_kim.refresh_from_db()
    assert world.son_kim.current == one("18196", date(2026, 11, 25))


@pytest.mark.parametrize(
    ("operation", "day", "field"),
    [
        (lambda w: Rename(unit=w.son_kim.pk, name="Xã Mới"), SINCE, "from_on"),
        (lambda w: Rename(unit=w.son_kim.pk, name="Xã Mới"), date(2024, 1, 1), "from_on"),
        (lambda w: Merge(units=(w.son_kim.pk, 0), name="Xã Mới", code="n"), DAY, "units"),
        (lambda w: Merge(units=(w.son_kim.pk, w.thach_ha.pk), name="Xã Mới", code="18562-01"), DAY, "code"),
        (lambda w: Split(w.son_kim.pk, (Part("A", "a", 0.5), Part("B", "b", 0.4)), default=0), DAY, "share_1"),
        (lambda w: Move(unit=w.son_kim.pk, parent=w.villages[0].pk), DAY, "parent"),
        (lambda w: Abolish(level="district"), DAY, "level"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_is_changed(  # type: ignore[no-untyped-def]
    world: World, today: object, operation, day: date, field: str
) -> None:
    before = everything()

    with pytest.raises(BadInput) as refused:
        make(world, operation(world), day)

    assert set(refused.value.fields) == {field}
    assert everything() == before
    assert not Change.objects.exists()
    assert not Entry.objects.exists()


def test_what_no_longer_exists_is_not_merged_and_the_last_day_is_said(world: World, today: object) -> None:
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))

    with pytest.raises(BadInput) as refused:
        make(world, Merge(units=(world.son_kim.pk, world.thach_ha.pk), name="Xã Mới", code="n"), date(2026, 11, 20))

    assert "31/10/2026" in refused.value.fields["units"][0]
    assert "Xã Sơn Kim 1" in refused.value.fields["units"][0]


def test_a_change_needs_its_decision(world: World, today: object) -> None:
    with pytest.raises(BadInput) as refused:
        actions.make_change(
            operation=Rename(unit=world.son_kim.pk, name="Xã Mới"), from_on=DAY, decision=" ", by=world.administrator
        )

    assert set(refused.value.fields) == {"decision"}
    assert not Change.objects.exists()


def test_the_journal_tells_who_changed_what(world: World, today: object) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    actions.undo_change(change_id=change.pk, by=world.administrator)

    made, undone = Entry.objects.get(verb="places.changed"), Entry.objects.get(verb="places.change_undone")
    assert made.actor == f"person:{world.administrator.pk}"
    assert "xã Sơn Kim 1" in sentence_of(made)
    assert "01/11/2026" in sentence_of(made)
    assert "xã Sơn Kim 1" in sentence_of(undone)


@pytest.mark.parametrize(
    "make_row",
    [
        lambda w, old: Place.objects.create(code="18196", name="Xã Khác", level="commune", valid_from=date(2026, 1, 1)),
        lambda w, old: Place.objects.create(code="18196", name="X", level="village", valid_from=SINCE, valid_to=SINCE),
        lambda w, old: Succession.objects.create(predecessor=w.son_kim, successor=w.son_kim),
        lambda w, old: Succession.objects.create(predecessor=old, successor=w.thach_ha, is_whole=False),
        lambda w, old: Succession.objects.create(predecessor=old, successor=w.thach_ha, is_default=False),
        lambda w, old: Succession.objects.create(predecessor=w.son_kim, successor=w.thach_ha, share=2.0),
    ],
    ids=["open twice", "twice on one day", "a link to itself", "two defaults", "whole and more", "a share of 2"],
)  # fmt: skip
def test_the_database_itself_refuses_what_cannot_be(world: World, make_row) -> None:  # type: ignore[no-untyped-def]
    old = place("18195", "Xã Cũ", Level.COMMUNE, world.province)
    Succession.objects.create(predecessor=old, successor=world.son_kim)
    rows = Place.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(world, old)

    assert (Place.objects.count(), Succession.objects.count()) == (rows, 1)


def test_figures_told_between_the_plan_and_its_day_go_along(world: World, today) -> None:  # type: ignore[no-untyped-def]
    day = date(2027, 1, 1)
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), day)
    Place.objects.filter(code="18196-01").update(population=999, latitude=18.4, longitude=105.2)

    today(day)
    actions.take_force()

    assert (one("18196-01", day).population, one("18196-01", day).latitude) == (999, 18.4)


def test_a_planned_merger_and_a_planned_division_count_the_people_of_their_day(world: World, today) -> None:  # type: ignore[no-untyped-def]
    day = date(2027, 1, 1)
    first, second, third = world.villages
    make(world, Merge(units=(first.pk, second.pk), name="Thôn Mới", code="18196-11"), day)
    parts = (Part("Thôn A", "18196-12", 0.4), Part("Thôn B", "18196-13", 0.6))
    make(world, Split(unit=third.pk, parts=parts, default=0), day)
    for village, people in zip(world.villages, (300, 200, 100), strict=True):
        Place.objects.filter(pk=village.pk).update(population=people)

    today(day)
    actions.take_force()

    assert [one(f"18196-1{i}", day).population for i in (1, 2, 3)] == [500, 40, 60]


def test_figures_told_of_the_new_unit_are_kept_when_the_change_is_undone(world: World, today: object) -> None:
    change = make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"))
    Place.objects.filter(pk=one("18196-01", DAY).pk).update(population=999)

    actions.undo_change(change_id=change.pk, by=world.administrator)

    assert one("18196-01", DAY).population == 999


def test_a_change_is_not_undone_once_a_code_that_it_freed_is_borne_by_another_unit(world: World, today: object) -> None:
    change = make(world, Merge(units=(world.son_kim.pk, world.thach_ha.pk), name="Xã Thạch Kim", code="18562"))
    Place.objects.create(
        code="18196", name="Xã Khác", level=Level.COMMUNE, parent=world.province, valid_from=DAY + timedelta(days=3)
    )
    before = everything()

    with pytest.raises(BadInput, match="18196"):
        actions.undo_change(change_id=change.pk, by=world.administrator)

    assert everything() == before


def test_a_change_is_not_undone_once_a_unit_would_come_back_under_one_that_ended(world: World, today: object) -> None:
    change = make(world, Move(unit=world.villages[0].pk, parent=world.thach_ha.pk))
    make(world, Rename(unit=world.son_kim.pk, name="Xã Sơn Kim"), DAY + timedelta(days=5))
    before = everything()

    with pytest.raises(BadInput, match="Sơn Kim 1"):
        actions.undo_change(change_id=change.pk, by=world.administrator)

    assert everything() == before
