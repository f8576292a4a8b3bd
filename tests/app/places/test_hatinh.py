"""The four states of Hà Tĩnh, from the lists that come with the system."""

import csv
import timeit
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.places import actions, adapters, queries
from coso.places.models import Level, Place, Succession
from coso.places.rules import graph, outlines

pytestmark = pytest.mark.django_db


@pytest.fixture
def hatinh(db: None) -> None:
    actions.load_hatinh()


def _followed(code: str, since: date, until: date) -> set[str]:
    place = queries.one_at(code, since)
    assert place is not None
    return {p.name for p in queries.successors(place, until)}


@pytest.mark.parametrize(
    ("day", "districts", "communes"),
    [
        (date(2016, 12, 31), 0, 0),
        (date(2017, 6, 15), 13, 262),
        (date(2019, 12, 31), 13, 262),
        (date(2020, 1, 1), 13, 216),
        (date(2025, 1, 1), 12, 209),
        (date(2025, 6, 30), 12, 209),
        (date(2025, 7, 1), 0, 69),
        (date(2026, 11, 24), 0, 69),
    ],
)
def test_each_date_has_its_own_units(hatinh: None, day: date, districts: int, communes: int) -> None:
    counts = Counter(queries.at(day).values_list("level", flat=True))

    assert (counts["district"], counts["commune"]) == (districts, communes)


@pytest.mark.parametrize(
    ("day", "file", "code", "name"),
    [
        (date(2017, 6, 1), "units_2017.csv", "commune_code", "commune"),
        (date(2020, 6, 1), "units_2020.csv", "code", "name"),
        (date(2025, 3, 1), "units_early_2025.csv", "code", "name"),
        (date(2025, 12, 1), "units_2025.csv", "commune_code", "commune"),
    ],
)
def test_codes_and_names_are_those_of_the_list(hatinh: None, day: date, file: str, code: str, name: str) -> None:
    with (adapters.DATA / file).open(encoding="utf-8") as lines:
        listed = {(row[code], " ".join(row[name].split())) for row in csv.DictReader(lines)}

    found = set(queries.at(day).filter(level=Level.COMMUNE).values_list("code", "name"))

    assert found == listed


def test_a_code_is_used_again_for_another_unit(hatinh: None) -> None:
    then, now = queries.one_at("18073", date(2024, 5, 1)), queries.one_at("18073", date(2026, 5, 1))

    assert then is not None
    assert now is not None
    assert (then.name, then.valid_to) == ("Phường Nam Hà", date(2025, 6, 30))
    assert (now.name, now.valid_from, now.valid_to) == ("Phường Thành Sen", date(2025, 7, 1), None)
    assert then.parent is not None
    assert now.parent is not None
    assert (then.parent.name, now.parent.name) == ("Thành phố Hà Tĩnh", "Tỉnh Hà Tĩnh")


def test_two_communes_were_divided_in_2025(hatinh: None) -> None:
    before, after = date(2025, 6, 30), date(2025, 7, 1)

    assert _followed("18082", before, after) == {"Phường Thành Sen", "Phường Hà Huy Tập"}
    assert _followed("18796", before, after) == {"Phường Vũng Áng", "Phường Sông Trí", "Phường Hoành Sơn"}
    parts = Succession.objects.filter(is_whole=False, successor__valid_from=after)
    assert parts.count() == 5
    assert set(parts.filter(is_default=True).values_list("predecessor__name", "successor__name")) == {
        ("Phường Đại Nài", "Phường Thành Sen"),
        ("Xã Kỳ Lợi", "Phường Vũng Áng"),
    }


def test_every_commune_of_early_2025_has_a_successor(hatinh: None) -> None:
    ended = Place.objects.filter(level=Level.COMMUNE, valid_to=date(2025, 6, 30))

    assert ended.count() == 209
    assert not ended.filter(successions=None).exists()
    assert Succession.objects.filter(predecessor__in=ended).count() == 212


def test_a_unit_of_2017_is_followed_through_every_merger(hatinh: None) -> None:
    # Phường Trần Phú of 2017 (18070) went into 18094, which took its name, then into Thành Sen; the Trần Phú of today
    # (18100) is another ward.
    assert _followed("18070", date(2017, 6, 1), date(2025, 3, 1)) == {"Phường Trần Phú"}
    assert _followed("18070", date(2017, 6, 1), date(2026, 1, 1)) == {"Phường Thành Sen"}


def test_a_link_that_rests_on_a_name_or_a_code_alone_is_not_verified(hatinh: None) -> None:
    link = Succession.objects.get(predecessor__name="Xã Sơn Thịnh")

    assert (link.successor.name, link.is_whole, link.is_verified) == ("Xã An Hòa Thịnh", True, False)
    assert link.source == "Suy ra từ tên trong cùng huyện; chưa xác minh"


def test_what_no_list_tells_stays_visibly_open(hatinh: None) -> None:
    names = {p.name for p in queries.untraced()}

    assert names == {
        "Xã Sơn Phúc", "Xã Sơn Mai", "Xã Đức Yên", "Xã Đức Lập", "Xã Hương Quang", "Thị trấn Nghi Xuân",
        "Xã Tiến Lộc", "Xã Việt Xuyên", "Xã Thạch Thanh", "Xã Bắc Sơn", "Xã Cẩm Huy", "Xã Trung Lộc", "Xã Phú Phong",
    }  # fmt: skip
    assert _followed("18472", date(2018, 1, 1), date(2026, 1, 1)) == set()


def test_an_abolished_district_has_no_successor_but_its_communes_do(hatinh: None) -> None:
    district = queries.one_at("437", date(2025, 6, 30))

    assert district is not None
    assert district.valid_to == date(2025, 6, 30)
    assert not district.successions.exists()
    assert {p.name for p in queries.successors(district, date(2025, 7, 1))} == {
        "Phường Bắc Hồng Lĩnh",
        "Phường Nam Hồng Lĩnh",
    }


def test_the_district_of_loc_ha_was_shared_out_before_districts_ended(hatinh: None) -> None:
    assert _followed("448", date(2020, 6, 1), date(2025, 3, 1)) == {"Huyện Thạch Hà", "Thành phố Hà Tĩnh"}


def test_days_taken_from_a_year_are_marked_and_the_day_of_the_law_is_not(hatinh: None) -> None:
    assert not Place.objects.filter(valid_from__lt=date(2025, 7, 1), dates_verified=True).exists()
    assert not Place.objects.filter(valid_from=date(2025, 7, 1), dates_verified=False).exists()


def test_paths_lead_from_the_province_to_each_unit(hatinh: None) -> None:
    for place in Place.objects.select_related("parent"):
        above = place.parent.path if place.parent else "/"
        assert place.path == f"{above}{place.pk}/"


def test_loading_again_adds_nothing_and_keeps_what_an_office_corrected(hatinh: None) -> None:
    Place.objects.filter(code="18196", valid_to=None).update(valid_from=date(2025, 7, 2), population=5210)
    Succession.objects.get(predecessor__name="Xã Sơn Thịnh").delete()
    rows = Place.objects.count()

    again = actions.load_hatinh()

    assert (again.places, again.successions) == (0, 0)
    assert Place.objects.count() == rows
    assert Place.objects.get(code="18196", valid_to=None).population == 5210
    assert Entry.objects.filter(verb="places.loaded").count() == 1


def test_the_journal_says_what_was_loaded(hatinh: None) -> None:
    entry = Entry.objects.get(verb="places.loaded")

    assert entry.actor == "system"
    assert entry.data["places"] == Place.objects.count()
    assert str(Place.objects.count()) in sentence_of(entry)


def test_every_commune_of_today_has_a_centre_inside_its_sketched_cell_but_one_on_the_coarse_coast(hatinh: None) -> None:
    cells = adapters.schematic_cells()

    outside = []
    for commune in queries.communes():
        assert commune.latitude is not None
        assert commune.longitude is not None
        assert 17.8 < commune.latitude < 18.9
        assert 105.0 < commune.longitude < 106.6
        if not outlines.contains(cells[commune.code], (commune.longitude, commune.latitude)):
            outside.append(commune.name)
    assert outside == ["Phường Hải Ninh"]


def test_a_unit_is_found_by_a_part_of_its_name_without_marks(hatinh: None) -> None:
    assert [p.name for p in queries.search("thanh sen")] == ["Phường Thành Sen"]


def test_the_successors_of_every_unit_since_2017_are_told_at_once_and_quickly(
    hatinh: None, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        found = queries.all_successors(date(2026, 1, 1))

    assert set(found) == set(Place.objects.values_list("pk", flat=True))
    today = set(queries.at(date(2026, 1, 1)).values_list("pk", flat=True))
    assert set().union(*found.values()) == today
    # Many runs, so that one slow turn of a busy machine says nothing; the promise is 0.2 s.
    seconds = min(timeit.repeat(lambda: queries.all_successors(date(2026, 1, 1)), number=1, repeat=5))
    assert seconds < 0.2


def test_on_the_real_lists_the_successor_of_the_successor_is_the_direct_one(hatinh: None) -> None:
    days = [date(2017, 6, 1), date(2020, 6, 1), date(2025, 3, 1), date(2026, 1, 1)]
    on = {day: queries.all_successors(day) for day in days}
    wider = set()

    for place in Place.objects.all():
        for first, later in combinations(days, 2):
            if place.valid_from > first:
                continue
            direct, halfway = set(on[later][place.pk]), on[first][place.pk]
            by_way = set().union(*(on[later][heir] for heir in halfway))
            assert direct <= by_way
            if direct != by_way:
                wider.add(place.name)
    # Its communes were shared out between two districts, which then ended: directly, only its own communes count.
    assert wider == {"Huyện Lộc Hà"}


def test_no_code_is_borne_by_two_units_on_one_day(hatinh: None) -> None:
    spells = list(Place.objects.values_list("code", "valid_from", "valid_to"))

    assert graph.twice_on_one_day(spells) == set()


def test_no_link_leads_back(hatinh: None) -> None:
    _lives, links = queries.lives_and_links()

    assert graph.circles(links) == set()


def test_what_one_unit_became_is_what_is_told_of_all(hatinh: None) -> None:
    days = [date(2017, 6, 1), date(2020, 6, 1), date(2025, 3, 1), date(2026, 1, 1)]
    every = {day: queries.all_successors(day) for day in days}

    for place in Place.objects.filter(valid_to__isnull=False).order_by("pk")[::9]:
        for day in days:
            assert sorted(p.pk for p in queries.successors(place, day)) == every[day][place.pk], (place, day)
