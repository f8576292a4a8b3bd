"""What waits on the desk is named by the units of today, and whoever held a post before still works."""

import pytest
from django.urls import reverse

from coso.desk import queries
from coso.listening import actions as listening
from coso.listening.models import Category
from coso.newsroom import actions as newsroom
from tests.app.broadcast import support
from tests.support.merged import merge

pytestmark = pytest.mark.django_db


def _about(person, key):
    return [line.about for group in queries.waiting_for(person) if group.key == key for line in group.lines]


def test_what_waits_for_the_office_of_today_is_named_by_today(world):
    category = Category.objects.get(code="loudspeaker")
    listening.send_feedback(category=category, place=world.son_kim, text="Loa ở đầu xóm rè từ hôm qua.")
    draft = support.bulletin(world.officer, [world.son_kim])
    newsroom.submit_bulletin(bulletin_id=draft.pk, by=world.officer)
    new = merge(world)

    assert _about(new.officer, "feedback") == ["Xã Hương Kim"]
    assert _about(new.leader, "approve") == ["Xã Hương Kim"]


def test_a_village_not_reached_by_a_bulletin_of_before_still_stands_on_the_desk_of_today(world):
    support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)

    (about,) = _about(new.officer, "unreached")
    assert about.startswith("3 thôn")


def test_the_communicator_of_a_village_of_then_still_has_it_to_tell(world):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    merge(world)

    (told,) = queries.to_tell(world.communicator)
    assert (told.bulletin, [village.name for village in told.villages]) == (bulletin, ["Thôn 1"])


def test_the_bar_names_the_unit_of_today_at_which_a_post_of_then_works(world, client):
    merge(world)
    client.force_login(world.officer)

    page = client.get(reverse("desk:today")).content.decode()

    assert '<span class="bar-place-name">Xã Hương Kim</span>' in page


def test_the_place_of_a_former_commune_leads_to_the_bulletins_of_the_one_of_today(world, client):
    new = merge(world)
    client.force_login(new.officer)

    page = client.get(reverse("places:place", args=[world.son_kim.pk])).content.decode()

    assert f"{reverse('newsroom:list')}?noi={new.commune.pk}" in page
