"""Use: months told, tours, and institutions that stand unused."""

from datetime import date, timedelta

import pytest

from coso.desk import queries as desk
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.registry import actions, queries
from coso.registry.actions import Counts
from coso.registry.models import MonthOfUse, Tour
from coso.registry.rules import usage
from tests.app.registry.entering import facts, house
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()
MONTH = usage.closed_months(TODAY, 1)[0]


def _tell(world: World, counts, month: date = MONTH, by=None) -> int:
    return actions.tell_month(by=by or world.officer, month=month, counts=counts)


def test_a_month_is_told_changed_and_taken_back(world: World) -> None:
    hall, shelf = house(world), house(world, kind="law_bookcase", name="Tủ sách", place=world.son_kim)

    assert _tell(world, {hall.pk: Counts(4, 120), shelf.pk: Counts(0, 10, 7)}) == 2
    assert _tell(world, {hall.pk: Counts(4, 120), shelf.pk: Counts(0, 10, 8)}) == 1
    assert MonthOfUse.objects.get(facility=shelf).loans == 8
    assert _tell(world, {hall.pk: None, shelf.pk: Counts(0, 10, 8)}) == 1

    assert [row.facility for row in MonthOfUse.objects.all()] == [shelf]
    told = [sentence_of(entry) for entry in Entry.objects.filter(verb="registry.use_told").order_by("at", "pk")]
    assert told[0] == f"Đã nhập số liệu tháng {MONTH:%m/%Y} của 2 thiết chế."


def test_telling_the_same_again_leaves_no_trace(world: World) -> None:
    hall = house(world)
    _tell(world, {hall.pk: Counts(4, 120)})

    assert _tell(world, {hall.pk: Counts(4, 120)}) == 0
    assert Entry.objects.filter(verb="registry.use_told").count() == 1


@pytest.mark.parametrize("month", [usage.month_before(usage.month_of(TODAY), -1), date(2015, 1, 1)])
def test_no_month_to_come_nor_of_long_ago_is_told(world: World, month) -> None:
    hall = house(world)

    with pytest.raises(BadInput) as refused:
        _tell(world, {hall.pk: Counts(1)}, month)

    assert list(refused.value.fields) == ["month"]
    assert not MonthOfUse.objects.exists()


def test_a_count_out_of_reason_is_named_and_keeps_every_other_back(world: World) -> None:
    hall, shelf = house(world), house(world, kind="law_bookcase", name="Tủ sách", place=world.son_kim)

    with pytest.raises(BadInput) as refused:
        _tell(world, {hall.pk: Counts(4, 100_001), shelf.pk: Counts(1)})

    assert list(refused.value.fields) == [f"visits-{hall.pk}"]
    assert not MonthOfUse.objects.exists()


def test_nobody_tells_of_a_facility_outside_the_own_commune_nor_of_a_station(world: World) -> None:
    hall = house(world)

    with pytest.raises(NotFound):
        _tell(world, {hall.pk: Counts(1)}, by=world.other_officer)
    with pytest.raises(BadInput):
        _tell(world, {world.clusters[0].station_id: Counts(1)})

    assert not MonthOfUse.objects.exists()


def test_twelve_months_are_given_oldest_first_with_gaps(world: World) -> None:
    hall = house(world)
    _tell(world, {hall.pk: Counts(4, 120)})

    found = queries.months_of(hall, TODAY)

    assert len(found.months) == 12
    assert found.series("visits")[-2] == 120
    assert found.total("activities") == 4
    assert found.told[0] is None


# Unused


def test_an_institution_without_activity_comes_up_by_itself_on_today_and_in_the_list(world: World) -> None:
    hall = house(world, opened_on=date(2019, 9, 2))
    house(world, name="Nhà mới", opened_on=TODAY - timedelta(20))
    house(world, kind="notice_board", name="Bảng tin")

    unused = queries.facilities().filter(queries.unused())
    groups = {group.key: group for group in desk.waiting_for(world.officer)}

    assert list(unused) == [hall]
    assert [line.text for line in groups["facilities"].lines] == [
        "1 thiết chế chưa ghi nhận hoạt động nào trong 3 tháng gần đây"
    ]
    assert groups["facilities"].lines[0].url.endswith("?state=unused")
    assert "facilities" not in {group.key for group in desk.waiting_for(world.other_officer)}


@pytest.mark.parametrize(
    ("counts", "back", "unused"),
    [
        (Counts(1), 3, False),
        (Counts(0, 5), 1, False),
        (Counts(0, 0, 1), 2, False),
        (Counts(9), 4, True),
        (Counts(), 1, True),
    ],
)
def test_activity_within_three_closed_months_is_use(world: World, counts, back, unused) -> None:
    shelf = house(world, kind="law_bookcase", name="Tủ sách", place=world.son_kim)
    _tell(world, {shelf.pk: counts}, usage.month_before(usage.month_of(TODAY), back))

    assert queries.facilities().get(pk=shelf.pk).is_unused is unused


def test_a_new_institution_is_called_unused_only_once_a_whole_month_went_by_without_activity(world: World) -> None:
    new = actions.add_facility(by="system", facts=facts(world, opened_on=None))
    last = usage.closed_months(TODAY)[-1]
    waiting = house(world, name="Nhà văn hóa Thôn 2", opened_on=date(2010, 1, 1), registered_on=last + timedelta(1))
    judged = house(world, name="Nhà văn hóa Thôn 3", registered_on=last)

    assert new.registered_on == TODAY
    assert {one.name: one.is_unused for one in queries.facilities()} == {
        "Đài truyền thanh xã Sơn Kim 1": False,
        new.name: False,
        waiting.name: False,
        judged.name: True,
    }


def test_a_closed_institution_is_not_called_unused(world: World) -> None:
    hall = house(world)
    actions.close_facility(by=world.officer, facility=hall, closed_on=TODAY)

    assert not queries.facilities().filter(queries.unused()).exists()


# Tours


def test_a_team_tells_its_tours_and_is_unused_without(world: World) -> None:
    team = house(world, kind="mobile_team", name="Đội lưu động", place=world.son_kim)
    assert queries.facilities().get(pk=team.pk).is_unused is True

    made = actions.add_tour(
        by=world.officer, team=team, on=TODAY, place=world.villages[2], topic=" Phòng  chống lũ ", people=80
    )

    assert (made.topic, made.people, made.told_by) == ("Phòng chống lũ", 80, world.officer)
    assert queries.facilities().get(pk=team.pk).is_unused is False
    actions.take_back_tour(by=world.officer, tour=made)
    assert not Tour.objects.exists()
    assert [sentence_of(one) for one in Entry.objects.filter(verb="registry.tour_taken_back")] == [
        f"Đã bỏ chuyến lưu động của Đội lưu động ngày {TODAY:%d/%m/%Y}: Phòng chống lũ"
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [({"on": TODAY + timedelta(1)}, "on"), ({"topic": " "}, "topic"), ({"people": 100_001}, "people")],
)
def test_a_tour_that_makes_no_sense_is_refused(world: World, told, field) -> None:
    team = house(world, kind="mobile_team", name="Đội lưu động", place=world.son_kim)
    given = {"by": world.officer, "team": team, "on": TODAY, "place": world.son_kim, "topic": "Lũ"} | told

    with pytest.raises(BadInput) as refused:
        actions.add_tour(**given)

    assert list(refused.value.fields) == [field]


def test_only_teams_tour_and_only_their_own_officers_tell(world: World) -> None:
    team = house(world, kind="mobile_team", name="Đội lưu động", place=world.son_kim)

    with pytest.raises(BadInput):
        actions.add_tour(by=world.officer, team=house(world), on=TODAY, place=world.son_kim, topic="Lũ")
    with pytest.raises(NotAllowed):
        actions.add_tour(by=world.other_officer, team=team, on=TODAY, place=world.son_kim, topic="Lũ")

    assert facts(world).group == "house"
    assert not Tour.objects.exists()
