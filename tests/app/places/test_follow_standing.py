"""Which rows of any time stand for a unit, and which unit of today holds what was another's."""

from datetime import timedelta

import pytest

from coso.journal.bus import subscribe
from coso.kit import clock
from coso.places import actions, queries
from coso.places.events import UnitsLieElsewhere
from coso.places.models import Level, Place, Succession
from tests.support.merged import begin, follow, merge
from tests.support.world import place

pytestmark = pytest.mark.django_db


def _names(places):
    return [one.name for one in places]


def test_a_unit_of_today_has_what_hung_on_those_that_it_followed_and_one_of_then_its_own(world):
    new = merge(world)

    under_today = Place.objects.filter(queries.hung_on(new.commune, "parent"))
    under_then = Place.objects.filter(queries.hung_on(world.son_kim, "parent"))

    assert set(under_then) == set(world.villages)
    assert set(under_today) == {*world.villages, *world.other_villages, *new.villages, *new.other_villages}


def test_what_hangs_above_a_unit_of_today_is_what_hung_on_all_that_is_above_it_now(world):
    new = merge(world)

    above_today = Place.objects.filter(queries.hung_above(new.villages[0], "current"), level=Level.COMMUNE)
    above_then = Place.objects.filter(queries.hung_above(world.villages[0], "pk"))

    assert set(above_today) == {new.commune, world.son_kim, world.thach_ha}
    assert set(above_then) == {world.province, world.son_kim, world.villages[0]}


def test_a_row_stands_for_what_it_became_and_for_what_it_was_formed_from_but_not_for_its_sister(world):
    new = merge(world)
    Succession.objects.filter(predecessor=world.villages[1]).update(successor=new.villages[0])
    actions.refresh_currents()
    first, second, today = world.villages[0].pk, world.villages[1].pk, new.villages[0].pk

    for_today = queries.stand_ins([today])
    for_then = queries.stand_ins([first])

    assert for_today.stands_for == {today: {today}, first: {today}, second: {today}}
    assert for_then.stands_for == {first: {first}, today: {first}}
    assert second not in for_then.rows
    assert (len(for_today), today in for_today, list(for_today)) == (1, True, [today])


def test_stand_ins_are_asked_for_once(world, django_assert_num_queries):
    new = merge(world)

    with django_assert_num_queries(1):
        known = queries.stand_ins([one.pk for one in new.villages])
        assert queries.stand_ins(known) is known


def test_the_unit_of_today_of_one_that_nobody_traced_is_that_of_its_parent(world):
    lost = place("18196-09", "Xóm Cũ", Level.VILLAGE, world.son_kim, valid_to=clock.today() - timedelta(days=1))
    alone = place("18999-99", "Xã Lạc", Level.COMMUNE, valid_to=clock.today() - timedelta(days=1))
    new = merge(world)
    lost.refresh_from_db()

    assert lost.current is None
    assert queries.today_of(lost) == new.commune
    assert queries.today_of(alone) is None
    assert queries.today_of_all([world.son_kim, world.thach_ha, alone]) == [new.commune]
    assert not queries.stands_today(world.son_kim)
    assert queries.stands_today(new.commune)


def test_the_villages_of_a_unit_that_ended_are_those_of_its_last_day(world):
    new = merge(world)

    assert _names(queries.villages_on([world.son_kim])) == ["Thôn 1", "Thôn 2", "Thôn 3"]
    assert _names(queries.villages_on([new.commune]))[:3] == ["Thôn 1 mới", "Thôn 2 mới", "Thôn 3 mới"]
    then = queries.villages_on([world.province], clock.today() - timedelta(days=3))
    assert set(then) == {*world.villages, *world.other_villages}
    before = queries.villages_on([new.villages[0]], clock.today() - timedelta(days=3))
    assert list(before) == [new.villages[0]]


def test_a_village_is_named_with_its_commune_of_its_day(world):
    assert queries.commune_name(world.villages[0]) == "Xã Sơn Kim 1"
    assert queries.commune_name(world.son_kim) == "Xã Sơn Kim 1"


def test_whoever_listens_hears_once_that_units_lie_elsewhere_and_nothing_when_none_do(world):
    heard = []
    subscribe(UnitsLieElsewhere, heard.append)
    Place.objects.filter(pk=world.villages[2].pk).update(valid_to=clock.today() - timedelta(days=1))
    follow(world.villages[2], begin("18196-33", "Thôn Ba", Level.VILLAGE, world.son_kim))

    actions.refresh_currents()
    actions.refresh_currents()

    assert [event.count for event in heard] == [1]
