"""An officer enters a village of his commune and tells its figures; nobody else's, and nothing half."""

import pytest
from django.urls import reverse

from coso.journal.models import Entry
from coso.places.models import Level, Place
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_an_officer_enters_a_village_of_his_commune(client, world: World) -> None:
    client.force_login(world.officer)

    page = client.post(
        reverse("places:add-village", args=[world.son_kim.pk]),
        {"code": "18196-04", "name": "Thôn 4", "population": "1.250", "households": "310", "source": "05/QĐ-UBND"},
    )

    made = Place.objects.get(code="18196-04")
    assert page.url == reverse("places:place", args=[made.pk])
    assert (made.level, made.parent, made.valid_from) == (Level.VILLAGE, world.son_kim, world.son_kim.valid_from)
    assert (made.population, made.households, made.source) == (1250, 310, "05/QĐ-UBND")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "18196-01"}, None),
        ({"population": "100", "households": "101"}, "households"),
        ({"latitude": "18,4"}, "latitude"),
        ({"latitude": "95", "longitude": "105"}, "latitude"),
        ({"population": "nhiều"}, "population"),
        ({"valid_from": "2020-01-01"}, None),
    ],
)
def test_a_village_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, world: World, wrong, field) -> None:
    client.force_login(world.officer)
    typed = {"code": "18196-09", "name": "Thôn 9", **wrong}

    page = client.post(reverse("places:add-village", args=[world.son_kim.pk]), typed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field or "__all__"]
    assert 'value="Thôn 9"' in page.content.decode()
    assert not Place.objects.filter(name="Thôn 9").exists()


def test_the_figures_of_a_village_are_told_anew_and_journalled(client, world: World) -> None:
    village = world.villages[0]
    client.force_login(world.officer)

    client.post(
        reverse("places:describe-village", args=[village.pk]),
        {"population": "812", "households": "204", "latitude": "18,4312", "longitude": "105,1820"},
    )

    village.refresh_from_db()
    assert (village.population, village.households) == (812, 204)
    assert (village.latitude, village.longitude) == (18.4312, 105.182)
    entry = Entry.objects.get(verb="places.village_described")
    assert entry.data == {"fields": ["households", "latitude", "longitude", "population"]}


def test_what_is_told_as_it_was_leaves_no_entry(client, world: World) -> None:
    client.force_login(world.officer)

    client.post(reverse("places:describe-village", args=[world.villages[0].pk]), {})

    assert not Entry.objects.filter(verb="places.village_described").exists()


@pytest.mark.parametrize("name", ["add-village", "describe-village"])
def test_an_officer_of_another_commune_finds_no_such_page(client, world: World, name: str) -> None:
    place = world.son_kim if name == "add-village" else world.villages[0]
    client.force_login(world.other_officer)

    page = client.post(reverse(f"places:{name}", args=[place.pk]), {"code": "X-1", "name": "Thôn X"})

    assert page.status_code == 404
    assert not Place.objects.filter(code="X-1").exists()
