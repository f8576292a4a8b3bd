"""Residents find under the commune of today what was said to those of then, and old addresses still lead somewhere."""

import pytest
from django.urls import reverse

from tests.app.broadcast import support
from tests.support.merged import merge

pytestmark = pytest.mark.django_db


def test_the_page_of_the_new_commune_shows_the_bulletins_of_the_old_ones(client, world):
    support.bulletin(world.officer, [world.son_kim], approved_by=world.leader, title="Tin của Sơn Kim")
    support.bulletin(
        world.other_officer, [world.other_villages[0]], approved_by=world.other_leader, title="Tin của Đông"
    )
    new = merge(world)

    page = client.get(reverse("portal:place", args=[new.commune.code])).content.decode()
    village = client.get(reverse("portal:place", args=[new.villages[0].code])).content.decode()

    assert "Tin của Sơn Kim" in page
    assert "Tin của Đông" in page
    assert "Tin của Sơn Kim" in village
    assert "Tin của Đông" not in village


def test_the_address_of_a_unit_of_then_leads_to_that_of_today(client, world):
    new = merge(world)

    answer = client.get(reverse("portal:place", args=[world.villages[1].code]))

    assert answer.status_code == 302
    assert answer.url == reverse("portal:place", args=[new.villages[1].code])


def test_who_chose_his_village_before_is_led_to_what_it_became(client, world):
    client.get(reverse("portal:place", args=[world.villages[1].code]))
    new = merge(world)

    answer = client.get(reverse("portal:home"))

    assert answer.status_code == 302
    assert answer.url == reverse("portal:place", args=[new.villages[1].code])


def test_a_code_that_never_was_leads_nowhere(client, world):
    merge(world)

    assert client.get(reverse("portal:place", args=["00000"])).status_code == 404
