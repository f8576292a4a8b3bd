"""The agencies of 2017 and of today, and the committees of every place."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.kit.errors import BadInput
from coso.organizations import actions, queries
from coso.organizations.models import Organization
from coso.places.actions import load_hatinh

pytestmark = pytest.mark.django_db

THEN, NOW = date(2017, 6, 1), date(2026, 6, 1)


@pytest.fixture
def agencies(db: None) -> None:
    load_hatinh()
    actions.load_agencies()


@pytest.mark.parametrize(
    ("kind", "then", "now"),
    [("district_authority", 13, 0), ("commune_authority", 0, 69), ("provincial_authority", 1, 1), ("press", 2, 1)],
)
def test_each_time_has_its_own_bodies(agencies: None, kind: str, then: int, now: int) -> None:
    assert queries.organizations_on(THEN).filter(kind=kind).count() == then
    assert queries.organizations_on(NOW).filter(kind=kind).count() == now


def test_committees_are_named_as_officers_write_them(agencies: None) -> None:
    names = dict(Organization.objects.filter(code__startswith="ubnd-").values_list("code", "name"))

    assert names["ubnd-42"] == "UBND tỉnh Hà Tĩnh"
    assert names["ubnd-436"] == "UBND thành phố Hà Tĩnh"
    assert names["ubnd-439"] == "UBND huyện Hương Sơn"
    assert names["ubnd-18073"] == "UBND phường Thành Sen"
    assert names["ubnd-18196"] == "UBND xã Sơn Kim 1"


def test_the_broadcaster_went_into_the_newspaper_on_the_first_of_april(agencies: None) -> None:
    station = Organization.objects.get(code="dai-ptth")

    assert station.valid_to == date(2025, 3, 31)
    assert station.successor is not None
    assert station.successor.name == "Báo Hà Tĩnh"
    assert station.successor_verified is True


def test_who_took_over_from_the_department_of_2017_is_marked_as_not_verified(agencies: None) -> None:
    department = Organization.objects.get(code="so-tttt")

    assert department.successor is not None
    assert department.successor.code == "so-vhttdl"
    assert (department.successor_verified, department.dates_verified) == (False, False)
    assert "chưa xác minh" in department.note


def test_a_body_is_found_by_its_whole_or_short_name_on_its_own_day(agencies: None) -> None:
    assert [o.code for o in queries.by_name("Sở Thông tin và Truyền thông", THEN)] == ["so-tttt"]
    assert [o.code for o in queries.by_name("so tt&tt", THEN)] == ["so-tttt"]
    assert [o.code for o in queries.by_name("Sở Thông tin và Truyền thông", NOW)] == []
    assert [o.code for o in queries.by_name("Sở", THEN)] == []


def test_loading_again_adds_nothing_and_the_first_load_is_in_the_journal_once(agencies: None) -> None:
    count = Organization.objects.count()

    assert actions.load_agencies() == 0
    assert Organization.objects.count() == count
    assert Entry.objects.get(verb="organizations.loaded").data == {"organizations": count}


def test_without_places_nothing_is_loaded(db: None) -> None:
    with pytest.raises(BadInput):
        actions.load_agencies()

    assert not Organization.objects.exists()
