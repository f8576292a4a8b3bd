"""The demo province is whole, marked as a sample, and loads again without a change."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from coso.journal.models import Entry
from coso.organizations import policies
from coso.organizations.models import Person, Post
from coso.organizations.rules import Role
from coso.places import adapters
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.places.rules import outlines
from coso.registry.models import SpeakerCluster, Station
from coso.site.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, load_demo

pytestmark = pytest.mark.django_db

WITH_STATIONS = {"18073", "18196", "18199", "18676"}


@pytest.fixture
def demo(db: None) -> None:
    load_demo()


def _at(account_role: Role, code: str) -> Person:
    return Post.objects.get(role=account_role, place__code=code).person


def test_every_commune_of_today_has_sample_villages_and_only_samples(demo: None) -> None:
    today = Place.objects.filter(level=Level.VILLAGE, valid_to=None)
    counts = Counter(today.values_list("parent__code", flat=True))

    assert set(counts) == {place.code for place in places.communes()}
    assert {code: counts[code] for code in WITH_STATIONS} == {"18073": 10, "18196": 8, "18199": 6, "18676": 8}
    assert {count for code, count in counts.items() if code not in WITH_STATIONS} == {4}
    assert not Place.objects.filter(level=Level.VILLAGE, is_sample=False).exists()


def test_a_past_day_has_villages_too_and_each_leads_to_one_of_today(demo: None) -> None:
    then = Place.objects.filter(level=Level.VILLAGE, valid_to=date(2025, 6, 30))

    assert sorted(then.values_list("name", "current__name"))[-2:] == [("Thôn 8", "Thôn 8"), ("Thôn 9", "Thôn 8")]
    assert {village.parent.name for village in then} == {"Xã Sơn Kim 1"}
    assert not Place.objects.exclude(level=Level.VILLAGE).filter(is_sample=True).exists()
    assert not Place.objects.filter(is_sample=True).exclude(source__contains="không phải thôn").exists()


def test_sample_villages_lie_apart_from_each_other_inside_their_communes_cell(demo: None) -> None:
    cells = adapters.schematic_cells()
    villages = list(Place.objects.filter(level=Level.VILLAGE, valid_to=None).select_related("parent"))

    outside = [
        village.code
        for village in villages
        if not outlines.contains(cells[village.code[:5]], (village.longitude or 0, village.latitude or 0))
    ]

    # The sketch's coarse coast leaves out the centre of Hải Ninh itself.
    assert {code[:5] for code in outside} <= {"18781"}
    assert len({(v.latitude, v.longitude) for v in villages}) == len(villages)


def test_twelve_clusters_stand_in_four_communes_and_leave_some_villages_without(demo: None) -> None:
    served = [cluster.villages.count() for cluster in SpeakerCluster.objects.all()]

    assert len(served) == 12
    assert set(served) == {1, 2, 3}
    stations = Station.objects.filter(kind="commune_station")
    assert set(stations.values_list("place__code", flat=True)) == WITH_STATIONS
    for station in stations:
        assert places.villages_of([station.place]).filter(clusters=None).exists()
    assert not SpeakerCluster.objects.filter(is_sample=False).exists()
    assert not Station.objects.filter(is_sample=False).exists()


def test_somebody_stands_in_every_role_and_signs_in_with_the_shown_password(demo: None) -> None:
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role)
    for account in DEMO_ACCOUNTS:
        person = authenticate(RequestFactory().post("/"), username=account.username, password=DEMO_PASSWORD)
        assert isinstance(person, Person)
        assert person.full_name == account.full_name
        held = policies.posts_of(person)
        assert {post.place.code for post in held} == set(account.codes)
        assert {post.role for post in held} == {account.role}
        assert {post.organization.code for post in held if post.organization} == {account.organization}
        assert account.username in str(account)


@pytest.mark.parametrize("code", ["18196", "18073"])
def test_in_two_communes_an_officer_writes_and_another_person_approves(demo: None, code: str) -> None:
    officer, leader = _at(Role.COMMUNE_OFFICER, code), _at(Role.COMMUNE_LEADER, code)
    commune = Place.objects.get(code=code, valid_to=None)

    assert officer != leader
    assert policies.may(officer, "bulletin.write", commune)
    assert not policies.may(officer, "bulletin.approve", commune)
    assert policies.may(leader, "bulletin.approve", commune)


def test_each_communicator_stands_for_several_villages_that_no_cluster_serves(demo: None) -> None:
    for account in (a for a in DEMO_ACCOUNTS if a.role is Role.COMMUNICATOR):
        villages = Place.objects.filter(code__in=account.codes)
        assert len(villages) >= 2
        without = places.villages_of([places.province()]).filter(clusters=None)
        assert without.filter(pk__in=villages).exists()


def test_loading_again_changes_nothing_and_keeps_what_people_did(demo: None) -> None:
    Person.objects.filter(username="bientap").update(full_name="Nguyễn Thị Thu Hằng")
    Post.objects.filter(person__username="thanhtra").delete()
    counts = [model.objects.count() for model in (Place, Person, Post, SpeakerCluster, Station, Entry)]

    load_demo()

    assert [model.objects.count() for model in (Place, Person, Post, SpeakerCluster, Station, Entry)] == counts
    assert Person.objects.get(username="bientap").full_name == "Nguyễn Thị Thu Hằng"
