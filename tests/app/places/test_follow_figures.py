"""Figures of Hà Tĩnh by the units of then and of now, on the lists that come with the system."""

from datetime import date

import pytest

from coso.places import actions, queries
from coso.places.models import Level, Place, Succession
from coso.places.queries.figures import Standing, followed, people, roll_up, states, units_of

pytestmark = pytest.mark.django_db

NOW = date(2026, 11, 24)


@pytest.fixture
def hatinh(db):
    actions.load_hatinh()


@pytest.mark.parametrize(
    ("day", "communes"), [(date(2017, 6, 1), 262), (date(2020, 6, 1), 216), (date(2025, 5, 1), 209), (NOW, 69)]
)
def test_the_communes_of_each_list_counted_by_then_and_by_now_are_as_many(hatinh, day, communes):
    figures = units_of(day, Level.COMMUNE)

    then = roll_up(figures, day, Level.COMMUNE)
    now = roll_up(figures, NOW, Level.COMMUNE)

    assert len(then) == sum(row.figure for row in then) == communes
    assert {row.standing for row in then} == {Standing.KNOWN}
    assert sum(row.figure for row in now) == communes
    known = [row for row in now if row.standing == Standing.KNOWN]
    lost = [row for row in now if row.standing == Standing.UNTRACED]
    assert len(known) == 69
    assert sum(row.figure for row in known) + len(lost) == communes
    assert {Place.objects.get(pk=row.unit).current for row in lost} <= {None}


def test_the_untraced_units_of_2017_are_those_that_the_list_of_open_ones_names(hatinh):
    now = followed(units_of(date(2017, 6, 1), Level.COMMUNE), NOW)

    lost = set(now.untraced)
    open_ones = set(queries.untraced().filter(level=Level.COMMUNE).values_list("pk", flat=True))
    assert lost <= open_ones
    assert sum(now.untraced.values()) == 262 - sum(now.by_unit.values())


def test_two_steps_give_the_same_as_one(hatinh):
    figures = units_of(date(2017, 6, 1), Level.COMMUNE)

    once = followed(figures, NOW)
    middle = followed(figures, date(2025, 5, 1))
    twice = followed(middle.by_unit, NOW)

    assert twice.by_unit == once.by_unit
    assert {**middle.untraced, **twice.untraced} == once.untraced


def test_a_divided_commune_goes_to_its_default_part_and_is_marked(hatinh):
    divided = Place.objects.filter(successions__is_whole=False, level=Level.COMMUNE).distinct()

    now = followed({place.pk: 10 for place in divided}, NOW)

    assert divided.count() == 2
    assert sum(now.by_unit.values()) == sum(now.doubtful.values()) == 20


def test_a_divided_commune_whose_shares_became_known_is_divided_by_them(hatinh):
    place = Place.objects.filter(successions__is_whole=False, level=Level.COMMUNE).first()
    parts = list(Succession.objects.filter(predecessor=place).order_by("-is_default"))
    for part, share in zip(parts, (0.7, 0.3), strict=True):
        part.share = share
        part.save()

    now = followed({place.pk: 1001}, NOW)

    assert [now.by_unit[part.successor_id] for part in parts] == [701, 300]
    assert now.doubtful == {}


def test_communes_sum_up_to_the_districts_of_their_day(hatinh):
    day = date(2017, 6, 1)

    rows = roll_up(units_of(day, Level.COMMUNE), day, Level.DISTRICT)

    assert len(rows) == 13
    assert sum(row.figure for row in rows) == 262
    huong_son = next(row for row in rows if Place.objects.get(pk=row.unit).code == "439")
    assert huong_son.figure == 32


def test_what_nobody_traced_still_counts_in_the_province(hatinh):
    (row,) = roll_up(units_of(date(2017, 6, 1), Level.COMMUNE), NOW, Level.PROVINCE)

    assert (row.figure, row.standing) == (262, Standing.KNOWN)


def test_what_hangs_on_the_province_or_on_an_abolished_district_is_a_row_of_its_own(hatinh):
    district = Place.objects.get(code="439", level=Level.DISTRICT, valid_to=date(2025, 6, 30))
    province = queries.province()

    rows = roll_up({district.pk: 3, province.pk: 4}, NOW, Level.COMMUNE)

    assert {(row.unit, row.figure, row.standing) for row in rows} == {
        (district.pk, 3, Standing.UNTRACED),
        (province.pk, 4, Standing.ABOVE),
    }


def test_villages_sum_up_to_their_commune(world):
    rows = roll_up(units_of(NOW, Level.VILLAGE), NOW, Level.COMMUNE)

    assert {row.unit: row.figure for row in rows} == {world.son_kim.pk: 3, world.thach_ha.pk: 3}


def test_a_commune_that_counts_its_people_is_not_counted_again_by_its_villages(world):
    Place.objects.filter(pk=world.son_kim.pk).update(population=5000)
    Place.objects.filter(pk__in=[one.pk for one in world.villages]).update(population=1000)
    Place.objects.filter(pk=world.other_villages[0].pk).update(population=300)

    assert people(NOW, "population") == {world.son_kim.pk: 5000, world.other_villages[0].pk: 300}


def test_a_new_state_of_the_units_begins_whenever_a_commune_or_district_begins(hatinh):
    assert [(state.begins.isoformat(), state.ends and state.ends.isoformat()) for state in states()] == [
        ("2017-01-01", "2019-12-31"),
        ("2020-01-01", "2024-12-31"),
        ("2025-01-01", "2025-06-30"),
        ("2025-07-01", None),
    ]


def test_a_roll_up_asks_two_questions_whatever_it_sums_up(hatinh, django_assert_num_queries):
    figures = units_of(date(2017, 6, 1), Level.COMMUNE)

    with django_assert_num_queries(2):
        roll_up(figures, NOW, Level.COMMUNE)
