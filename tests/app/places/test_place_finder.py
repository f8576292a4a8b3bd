"""Finding the unit that a file means, on the real units of Hà Tĩnh."""

from datetime import date

import pytest

from coso.places import actions, queries
from coso.places.models import Level, Place
from coso.places.queries import PlaceFinder

pytestmark = pytest.mark.django_db

IN_2017, EARLY_2025, TODAY = date(2017, 6, 15), date(2025, 3, 1), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def hatinh(db: None) -> None:
    actions.load_hatinh()


@pytest.mark.parametrize(
    "given",
    [
        "Phường Nam Hà",
        "phuong nam ha",
        "NAM HÀ",
        "P. Nam Hà",
        "  Phường   Nam Hà ",
        "Phường Nam Hà (TP Hà Tĩnh)",
        "Nam Hà, thành phố Hà Tĩnh",
        "Nam Hà - TP. Hà Tĩnh",
        "Phường Nam Hà (tỉnh Hà Tĩnh)",
        "18073",
    ],
)
def test_a_ward_of_2017_is_found_however_it_is_written_and_leads_to_the_one_of_today(given: str) -> None:
    found = PlaceFinder(IN_2017).find(given, level=Level.COMMUNE)

    assert found.problem == ""
    assert found.then is not None
    assert found.place is not None
    assert (found.then.name, found.place.name, found.place.code) == ("Phường Nam Hà", "Phường Thành Sen", "18073")
    assert "31/12/2019" in found.warning or "30/06/2025" in found.warning
    assert "Phường Thành Sen" in found.warning


def test_a_unit_that_lasts_is_given_without_a_warning() -> None:
    found = PlaceFinder(TODAY).find("xa son kim 1", level=Level.COMMUNE)

    assert found.place == found.then == queries.now().get(name="Xã Sơn Kim 1")
    assert (found.problem, found.warning) == ("", "")


def test_a_code_used_again_means_the_unit_of_the_files_day() -> None:
    then = PlaceFinder(EARLY_2025).find(code="18073", level=Level.COMMUNE)
    now = PlaceFinder(TODAY).find(code=18073, level=Level.COMMUNE)

    assert then.then is not None
    assert then.then.name == "Phường Nam Hà"
    assert now.then is not None
    assert now.then.name == "Phường Thành Sen"


def test_a_code_and_a_name_that_do_not_fit_each_other_are_refused() -> None:
    found = PlaceFinder(TODAY).find("Phường Nam Hà", code="18073", level=Level.COMMUNE)

    assert found.place is None
    assert "Phường Thành Sen" in found.problem
    assert "Phường Nam Hà" in found.problem


def test_two_communes_of_one_name_are_told_apart_by_their_district() -> None:
    city, huong_son = (queries.at(IN_2017).get(name=name) for name in ("Thành phố Hà Tĩnh", "Huyện Hương Sơn"))
    first = queries.at(IN_2017).get(name="Phường Nam Hà")
    second = Place.objects.create(
        code="99001", name="Phường Nam Hà", level=Level.COMMUNE, parent=huong_son, valid_from=date(2017, 1, 1)
    )
    finder = PlaceFinder(IN_2017)

    alone = finder.find("Phường Nam Hà", level=Level.COMMUNE)

    assert alone.place is None
    assert "Phường Nam Hà (Huyện Hương Sơn)" in alone.problem
    assert "Phường Nam Hà (Thành phố Hà Tĩnh)" in alone.problem
    assert finder.find("Nam Hà (huyện Hương Sơn)", level=Level.COMMUNE).then == second
    assert finder.find("Nam Hà, TP Hà Tĩnh", level=Level.COMMUNE).then == first
    assert finder.find("Nam Hà", level=Level.COMMUNE, parent=city).then == first


def test_a_unit_under_another_district_than_the_brackets_say_is_refused() -> None:
    found = PlaceFinder(EARLY_2025).find("Phường Nam Hà (Huyện Hương Sơn)", level=Level.COMMUNE)

    assert found.place is None
    assert "Phường Nam Hà (Thành phố Hà Tĩnh)" in found.problem


def test_a_district_in_brackets_that_is_no_more_is_told_and_not_looked_at() -> None:
    found = PlaceFinder(TODAY).find("Xã Sơn Kim 1 (huyện Hương Sơn)", level=Level.COMMUNE)

    assert found.place is not None
    assert found.place.name == "Xã Sơn Kim 1"
    assert "“huyện Hương Sơn”" in found.warning


def test_an_unknown_name_brings_the_nearest_ones() -> None:
    found = PlaceFinder(TODAY).find("Xã Sơn Kin 1", level=Level.COMMUNE)

    assert found.place is None
    assert "Xã Sơn Kim 1 (Tỉnh Hà Tĩnh)" in found.problem


def test_a_name_of_another_time_is_told_with_its_dates() -> None:
    found = PlaceFinder(TODAY).find("Phường Nam Hà", level=Level.COMMUNE)

    assert found.place is None
    assert "30/06/2025" in found.problem


def test_the_type_that_was_typed_counts() -> None:
    found = PlaceFinder(TODAY).find("Phường Sơn Kim 1", level=Level.COMMUNE)

    assert found.place is None
    assert "Xã Sơn Kim 1" in found.problem


def test_a_divided_unit_goes_to_its_default_and_says_so() -> None:
    divided = next(
        unit
        for unit in queries.at(EARLY_2025).filter(level=Level.COMMUNE)
        if len(queries.successors(unit, TODAY)) > 1 and unit.current is not None
    )

    found = PlaceFinder(EARLY_2025).find(code=divided.code, level=Level.COMMUNE)

    assert found.place == divided.current
    for heir in queries.successors(divided, TODAY):
        assert heir.name in found.warning


def test_a_unit_whose_successor_is_unknown_is_refused() -> None:
    lost = queries.at(IN_2017).filter(level=Level.COMMUNE, current=None).first()
    assert lost is not None

    found = PlaceFinder(IN_2017).find(code=lost.code, level=Level.COMMUNE)

    assert (found.place, found.then) == (None, lost)
    assert lost.name in found.problem


def test_a_village_is_looked_for_in_its_commune() -> None:
    son_kim, thach_ha = (queries.now().get(name=name) for name in ("Xã Sơn Kim 1", "Xã Thạch Hà"))
    for commune in (son_kim, thach_ha):
        actions.add_villages(
            commune=commune,
            villages=[actions.NewVillage(code=f"{commune.code}-{i}", name=f"Thôn {i}") for i in (1, 2, 11)],
            by="system",
            valid_from=date(2025, 7, 1),
        )
    finder = PlaceFinder(TODAY)

    written = ["Thôn 1", "thon 01", "1", "Thôn số 1", "T. 1", "thôn 1, xã Sơn Kim 1"]
    found = [finder.find(one, level=Level.VILLAGE, parent=son_kim) for one in written]
    everywhere = finder.find("Thôn 1", level=Level.VILLAGE)

    assert [one.place.code if one.place else one.problem for one in found] == [f"{son_kim.code}-1"] * len(written)
    assert everywhere.place is None
    assert "Thôn 1 (Xã Sơn Kim 1)" in everywhere.problem
    assert "Thôn 1 (Xã Thạch Hà)" in everywhere.problem
    assert finder.find("Thôn 7", level=Level.VILLAGE, parent=son_kim).place is None


def test_nothing_outside_the_unit_asked_within_is_found_or_named() -> None:
    son_kim, thach_ha = (queries.now().get(name=name) for name in ("Xã Sơn Kim 1", "Xã Thạch Hà"))
    finder = PlaceFinder(TODAY, within=son_kim)

    assert finder.find("Xã Sơn Kim 1", level=Level.COMMUNE).place == son_kim
    outside = finder.find("Xã Thạch Hà", level=Level.COMMUNE)
    assert outside.place is None
    assert thach_ha.code not in outside.problem
    assert str(thach_ha.valid_from.year) not in outside.problem.split(":")[-1]


def test_many_rows_ask_the_database_a_handful_of_times(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    names = list(queries.at(EARLY_2025).filter(level=Level.COMMUNE).values_list("code", flat=True))

    with django_assert_max_num_queries(4):
        finder = PlaceFinder(EARLY_2025)
        found = [finder.find(code=code, level=Level.COMMUNE) for code in names]
        found += [finder.find("Xã Không Có Ở Đâu", level=Level.COMMUNE) for _ in range(50)]
        parents = {one.place.parent.name for one in found if one.place and one.place.parent}

    assert len([one for one in found if one.place]) == 209
    assert parents == {"Tỉnh Hà Tĩnh"}
