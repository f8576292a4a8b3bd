"""Bulletins of a commune that ended are in the lists of what followed it, under its name of today or of then."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coso.kit import clock
from coso.newsroom import actions, queries
from coso.places.models import Level
from tests.app.broadcast import support
from tests.support.merged import merge
from tests.support.world import place

pytestmark = pytest.mark.django_db


def _areas(answer):
    return [str(row["cells"][3].shown) for row in answer.context["rows"]]


def test_a_bulletin_of_last_month_is_in_the_list_of_the_new_commune(world, client):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)
    client.force_login(new.officer)

    now = client.get(reverse("newsroom:list"), {"noi": new.commune.pk})

    assert list(queries.visible_to(new.officer)) == [bulletin]
    assert _areas(now) == ["Xã Hương Kim"]


def test_the_list_by_the_units_of_then_names_them_and_offers_them_with_their_last_day(world, client):
    support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    support.bulletin(world.other_officer, [world.other_villages[0]], approved_by=world.other_leader)
    new = merge(world)
    client.force_login(new.officer)
    last = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"

    then = client.get(reverse("newsroom:list"), {"don-vi": "khi-do"})
    only = client.get(reverse("newsroom:list"), {"don-vi": "khi-do", "noi": world.son_kim.pk})

    offered = next(one["options"] for one in then.context["filters"] if one["name"] == "noi")
    assert [label for _value, label, _chosen in offered] == [f"Xã Sơn Kim 1 (đến {last})", f"Xã Thạch Hà (đến {last})"]
    assert sorted(_areas(then)) == ["Thôn Đông 1 (Xã Thạch Hà)", "Xã Sơn Kim 1"]
    assert _areas(only) == ["Xã Sơn Kim 1"]


def test_a_bulletin_for_a_village_that_nobody_traced_says_so(world, client):
    lost = place("18196-09", "Xóm Cũ", Level.VILLAGE, world.son_kim)
    support.bulletin(world.officer, [lost], approved_by=world.leader)
    new = merge(world)
    type(lost).objects.filter(pk=lost.pk).update(
        valid_to=clock.today() - timedelta(days=1), current=None, current_path=f"{new.commune.path}{lost.pk}/"
    )
    client.force_login(new.officer)

    (areas,) = _areas(client.get(reverse("newsroom:list")))

    assert "Xóm Cũ (Xã Sơn Kim 1): chưa rõ nơi kế thừa" in areas


def test_a_village_that_nobody_traced_is_not_lost_beside_one_that_was(world, client):
    lost = place("18196-09", "Xóm Cũ", Level.VILLAGE, world.son_kim)
    support.bulletin(world.officer, [world.villages[0], lost], approved_by=world.leader)
    new = merge(world)
    type(lost).objects.filter(pk=lost.pk).update(
        valid_to=clock.today() - timedelta(days=1), current=None, current_path=f"{new.commune.path}{lost.pk}/"
    )
    client.force_login(new.officer)

    (areas,) = _areas(client.get(reverse("newsroom:list")))

    assert "Thôn 1 mới" in areas
    assert "Xóm Cũ" in areas


def test_a_draft_for_a_unit_that_ended_is_offered_for_what_followed_it(world, client):
    draft = support.bulletin(world.officer, [world.son_kim])
    new = merge(world)
    client.force_login(new.officer)

    page = client.get(reverse("newsroom:edit", args=[draft.pk]))

    ticked = [choice.place for choice in page.context["picker"].choices if choice.chosen]
    assert ticked == [new.commune]


def test_the_leader_of_today_decides_on_what_the_old_commune_submitted(world):
    draft = support.bulletin(world.officer, [world.son_kim])
    actions.submit_bulletin(bulletin_id=draft.pk, by=world.officer)
    new = merge(world)

    assert list(queries.waiting_for(new.leader)) == [draft]
    assert new.leader in queries.approvers_of(draft)
