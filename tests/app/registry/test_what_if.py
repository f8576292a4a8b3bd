"""“Put a cluster here: who hears it?”: the address is the question, and nothing is kept."""

import pytest
from django.urls import reverse

from coso.journal.models import Entry
from coso.registry.models import SpeakerCluster
from coso.registry.queries import what_if
from coso.registry.rules.spots import Spot
from tests.app.registry.covering import EAST, NORTH, STEP, covered, signal
from tests.support.world import World

pytestmark = pytest.mark.django_db
__all__ = ["covered"]


def _page(client, person, *spots: str, **asked) -> str:
    client.force_login(person)
    answer = client.get(reverse("registry:what-if"), {"spot": list(spots), **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def _spot(number: float, range_m: int = 500) -> str:
    """Write the spot amid village `number`, as the address does."""
    return f"{NORTH + number * STEP:.5f},{EAST},{range_m}"


def test_a_cluster_brings_something_to_villages_without_one_and_mends_nothing(covered: World):
    silent = covered.clusters[1]
    silent.is_networked = True
    silent.save()
    signal(covered.villages[2])

    answer = what_if.answer(Spot(NORTH + STEP, EAST), 800, what_if.located_villages(covered.editor))

    # Villages 1 to 3 and the first of Thạch Hà, 667 m away; the nearest first.
    assert [one.village.name for one in answer.reached] == ["Thôn 2", "Thôn 1", "Thôn 3", "Thôn Đông 1"]
    assert [one.is_silent for one in answer.reached] == [True, False, False, False]
    assert [one.village.name for one in answer.gaining] == ["Thôn 3", "Thôn Đông 1"]
    assert (answer.people, answer.unknown, answer.reached_by_none) == (700, 0, 1)


def test_people_of_villages_whose_population_nobody_knows_are_told_apart(client, covered: World):
    page = _page(client, covered.editor, _spot(5, 400))

    assert "Thêm 500 người ở 2 thôn được nghe" in page
    assert "1 thôn trong số này chưa rõ dân số." in page


def test_a_spot_typed_with_commas_becomes_the_address_that_can_be_sent(client, covered: World):
    client.force_login(covered.editor)
    asked = {"latitude": "18,406", "longitude": "105,2", "range_m": "500", "spot": [_spot(0)]}

    answer = client.get(reverse("registry:what-if"), asked)

    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Điểm A" in page
    assert "Điểm B" in page
    assert "Điểm B thêm được nhiều nhất: 700 người ở 2 thôn." in page
    assert 'name="spot" value="18.406,105.2,500"' in page


def test_three_spots_stand_side_by_side_and_the_first_goes_when_a_fourth_comes(client, covered: World):
    client.force_login(covered.editor)
    spots = [_spot(0), _spot(1), _spot(2)]

    answer = client.get(
        reverse("registry:what-if"), {"spot": spots, "latitude": "18.5", "longitude": "105.3", "range_m": "300"}
    )

    page = client.get(answer["Location"]).content.decode()
    assert page.count('class="slip"') == 3
    assert "18.4,105.2,500" not in page
    assert 'value="18.5,105.3,300"' in page


def test_the_map_says_what_its_signs_mean_and_names_the_circle_once_a_spot_is_tried(client, covered: World):
    client.force_login(covered.editor)

    before = client.get(reverse("registry:what-if")).content.decode()
    tried = client.get(reverse("registry:what-if"), {"spot": f"{NORTH},{EAST},500"}).content.decode()

    key = before.partition('<p class="map-key">')[2].partition("</p>")[0]
    assert [word for word in ("Nghe được loa", "Chỉ có kênh khác", "Chưa được phủ") if word not in key] == []
    assert "vị trí đang thử" not in key
    assert "vị trí đang thử và tầm nghe" in tried


def test_a_spot_is_left_out_by_its_link(client, covered: World):
    page = _page(client, covered.editor, _spot(0), _spot(2, 900))

    without = f"{reverse('registry:what-if')}?spot=18.406%2C105.2%2C900"
    assert f'href="{without}"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": "chín"},
        {"latitude": "118"},
        {"latitude": "nan"},
        {"longitude": ""},
        {"longitude": "-999"},
        {"range_m": "0"},
        {"range_m": "5001"},
        {"range_m": "1e3"},
    ],
)
def test_a_spot_that_makes_no_sense_is_said_beside_its_field(client, covered: World, wrong):
    client.force_login(covered.editor)
    asked = {"latitude": "18.4", "longitude": "105.2", "range_m": "500", "spot": [_spot(0)]} | wrong

    answer = client.get(reverse("registry:what-if"), asked)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert "Điểm A" in page
    assert "Điểm B" not in page


@pytest.mark.parametrize("nonsense", ["x", "18.4,105.2", "18.4,105.2,9", "18.4,105.2,99999", "91,105,500", "٣,105,500"])
def test_an_address_that_makes_no_sense_asks_nothing(client, covered: World, nonsense):
    page = _page(client, covered.editor, nonsense)

    assert "Điểm A" not in page
    assert "Chọn một điểm và tầm nghe" in page


def test_a_village_is_chosen_by_name_without_a_map(client, covered: World):
    page = _page(client, covered.editor, find="thach ha dong 2", range_m="700")

    assert "Thôn Đông 2" in page
    assert f"{reverse('registry:what-if')}?spot=18.412%2C105.2%2C700" in page
    assert "Không có thôn nào tên như vậy" in _page(client, covered.editor, find="Hà Nội")


def test_suggestions_come_one_after_the_other_and_leave_out_who_has_a_cluster(client, covered: World):
    villages = what_if.located_villages(covered.editor)

    found = what_if.suggestions(villages, 400, 5)

    assert [(place.name, one.people) for place, one in found] == [("Thôn Đông 1", 1200), ("Thôn Đông 3", 0)]
    page = _page(client, covered.editor, range_m="400")
    assert "Thêm 1.200 người ở 3 thôn được nghe" in page
    assert "1 thôn được nghe thêm" in page


def test_an_officer_is_told_of_the_own_villages_only(client, covered: World):
    page = _page(client, covered.officer, _spot(3, 900))

    assert "Thôn 3" in page
    assert "Thôn Đông" not in page


def test_asking_keeps_nothing_and_asks_the_database_a_settled_number_of_times(
    client, covered: World, django_assert_max_num_queries
):
    client.force_login(covered.editor)

    with django_assert_max_num_queries(16):
        client.get(reverse("registry:what-if"), {"spot": [_spot(0), _spot(2)], "find": "thon"})

    assert SpeakerCluster.objects.count() == 2
    assert not Entry.objects.exists()


def test_a_village_without_a_position_is_in_no_circle(covered: World):
    village = covered.villages[2]
    village.latitude = village.longitude = None
    village.save()

    assert village not in what_if.located_villages(covered.editor)
