"""A unit is found by a few words of its name, and no two are said alike."""

from datetime import date

import pytest

from coso.places import queries
from coso.places.models import Level, Place
from tests.support.world import World, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(world: World) -> dict[str, Place]:
    """Give a province with namesakes among its communes and among its villages."""
    ky_xuan = place("18100", "Xã Kỳ Xuân", Level.COMMUNE, world.province)
    first = place("18200", "Xã Kỳ Hoa", Level.COMMUNE, world.province)
    second = place("18300", "Xã Kỳ Hoa", Level.COMMUNE, world.province)
    ward = place("18073", "Phường Trần Phú", Level.COMMUNE, world.province)
    villages = {f"thon {n}": place(f"18100-{n}", f"Thôn {n}", Level.VILLAGE, ky_xuan) for n in (3, 13, 30)}
    group = place("18073-5", "Tổ dân phố 5", Level.VILLAGE, ward)
    return {"ky_xuan": ky_xuan, "first": first, "second": second, "ward": ward, "group": group, **villages}


def _words(typed: str) -> list[str]:
    return [match.words for match in queries.matches(typed, queries.now()).found]


@pytest.mark.parametrize("typed", ["Thôn 3, xã Kỳ Xuân", "thon 3 ky xuan", "  KỲ XUÂN thôn 03 ", "18100-3"])
def test_a_village_is_found_by_its_name_and_its_communes_with_or_without_marks(units, typed):
    assert _words(typed)[0] == "Thôn 3, xã Kỳ Xuân"


def test_a_number_is_the_beginning_of_a_number_and_not_its_end(units):
    assert _words("thon 3 ky xuan") == ["Thôn 3, xã Kỳ Xuân", "Thôn 30, xã Kỳ Xuân"]


def test_words_in_the_order_of_the_name_come_first(units, world):
    other = place("18197", "Xã Sơn Kim 2", Level.COMMUNE, world.province)
    place("18197-01", "Thôn 1", Level.VILLAGE, other)

    assert _words("thon 2 son kim 1") == ["Thôn 2, xã Sơn Kim 1", "Thôn 1, xã Sơn Kim 2"]


def test_the_unit_itself_comes_before_what_lies_in_it(units):
    assert _words("ky xuan")[:2] == ["Xã Kỳ Xuân", "Thôn 3, xã Kỳ Xuân"]


@pytest.mark.parametrize("typed", ["tdp 5", "TDP 05 tran phu", "to 5"])
def test_a_type_may_be_shortened(units, typed):
    assert _words(typed) == ["Tổ dân phố 5, phường Trần Phú"]


def test_two_communes_of_one_name_are_told_apart_by_their_codes(units):
    assert _words("ky hoa") == ["Xã Kỳ Hoa (18200)", "Xã Kỳ Hoa (18300)"]
    assert [match.words for match in queries.said([units["second"]])] == ["Xã Kỳ Hoa (18300)"]
    assert _words("18300") == ["Xã Kỳ Hoa (18300)"]


def test_a_unit_of_then_says_when_it_was(units, world):
    gone = Place.objects.create(
        code="436", name="Huyện Hương Sơn", level=Level.DISTRICT, parent=world.province,
        valid_from=date(2004, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip

    assert queries.with_above(gone) == "Huyện Hương Sơn (01/01/2004–30/06/2025)"


def test_nothing_typed_offers_the_upper_levels_first(units):
    assert _words("")[0] == "Tỉnh Hà Tĩnh"
    assert all("Thôn" not in words for words in _words("")[:6])


def test_at_most_twenty_are_offered_and_it_says_that_there_are_more(world):
    for number in range(25):
        place(f"x{number}", f"Xóm Mới {number}", Level.VILLAGE, world.son_kim)

    found = queries.matches("xom moi", queries.now())

    assert (len(found.found), found.more) == (20, True)
    assert found.found[1].words == "Xóm Mới 1, xã Sơn Kim 1"
    assert queries.matches("xom moi 24", queries.now()).more is False


def test_a_thing_that_nobody_is_called_finds_nothing(units):
    assert _words("atlantis") == []
    assert _words("'; drop table -- %_") == []


def test_the_answer_takes_two_questions_however_many_there_are(units, django_assert_num_queries):
    with django_assert_num_queries(2):
        _words("thon")
