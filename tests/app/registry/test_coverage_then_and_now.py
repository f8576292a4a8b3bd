"""Coverage is told by the villages of a past day, under the communes of then or of today."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.places.models import Place, Succession
from coso.registry.queries import coverage, reaching
from coso.registry.rules.coverage import UNLABELLED, Channel, tallies, tally
from tests.app.registry.covering import board, communicator, covered, label
from tests.support.merged import Merged, merge
from tests.support.world import SINCE, World

pytestmark = pytest.mark.django_db
__all__ = ["covered"]

SINCE_THEN = SINCE.isoformat()


@pytest.fixture
def merged(covered: World) -> Merged:
    """Give what two communes with their villages became today; the old villages had the clusters."""
    return merge(covered)


def _yesterday():
    return clock.today() - timedelta(days=1)


def _get(client, person, name, **asked):
    client.force_login(person)
    return client.get(reverse(name), {key.replace("_", "-"): value for key, value in asked.items()})


def _column(answer, place: int) -> list[str]:
    return [str(row["cells"][place].shown) for row in answer.context["rows"]]


def test_a_village_of_then_is_told_by_what_reaches_today_the_one_that_it_became(covered: World, merged: Merged):
    board(merged.commune, merged.other_villages[0])
    communicator(merged.commune, merged.villages[2])

    found = coverage.villages(covered.editor, reaching.By(_yesterday(), then=True))

    assert {village.pk: set(reaching.channels_of(village)) for village in found} == {
        covered.villages[0].pk: {Channel.SPEAKER},
        covered.villages[1].pk: {Channel.SPEAKER},
        covered.villages[2].pk: {Channel.COMMUNICATOR},
        covered.other_villages[0].pk: {Channel.BOARD},
        covered.other_villages[1].pk: set(),
        covered.other_villages[2].pk: set(),
    }


def test_the_class_of_difficulty_is_that_of_the_village_that_followed(covered: World, merged: Merged):
    label(merged.villages[1], "bien-gioi", valid_from=clock.today())

    found = coverage.villages(covered.editor, reaching.By(_yesterday()))

    assert [village.pk for village in found if village.rank < UNLABELLED] == [covered.villages[1].pk]


def test_the_same_villages_stand_under_the_communes_of_then_or_of_today(covered: World, merged: Merged):
    then = coverage.groups(covered.editor, reaching.By(_yesterday(), then=True))
    now = coverage.groups(covered.editor, reaching.By(_yesterday(), then=False))

    by_then = tallies(then, lambda group: group.commune)
    assert {pk: (told.villages, told.covered) for pk, told in by_then.items()} == {
        covered.son_kim.pk: (3, 2),
        covered.thach_ha.pk: (3, 0),
    }
    assert set(tallies(now, lambda group: group.commune)) == {merged.commune.pk}
    assert tally(then) == tally(now)
    assert (tally(now).villages, tally(now).people) == (6, 1500)


def test_a_village_that_nobody_traced_is_in_no_figure_and_the_page_says_so(client, covered: World, merged: Merged):
    lost = covered.villages[0]
    Succession.objects.filter(predecessor=lost).delete()
    Place.objects.filter(pk=lost.pk).update(current=None)

    page = _get(client, covered.editor, "registry:coverage", ngay=SINCE_THEN)

    assert sum(row["record"].tally.villages for row in page.context["rows"]) == 5
    assert "1 thôn, tổ dân phố ngày đó chưa rõ đơn vị kế thừa" in page.content.decode()
    assert coverage.untraced(covered.officer, reaching.TODAY) == 0


def test_the_overview_offers_the_days_and_then_the_communes_of_then_or_of_today(client, covered: World, merged: Merged):
    today = _get(client, covered.editor, "registry:coverage")
    then = _get(client, covered.editor, "registry:coverage", ngay=SINCE_THEN)
    now = _get(client, covered.editor, "registry:coverage", ngay=SINCE_THEN, don_vi="hien-nay")

    last = f"{_yesterday():%d/%m/%Y}"
    assert [one["name"] for one in today.context["filters"]] == ["ngay"]
    assert [one["name"] for one in then.context["filters"]] == ["ngay", "don-vi"]
    assert _column(today, 0) == ["Xã Hương Kim"]
    assert sorted(_column(then, 0)) == [f"Xã Sơn Kim 1 (đến {last})", f"Xã Thạch Hà (đến {last})"]
    assert _column(now, 0) == ["Xã Hương Kim"]
    assert f"các thôn, tổ dân phố ngày {last}, xếp theo xã, phường khi đó" in then.content.decode()
    assert f"các thôn, tổ dân phố ngày {last}, xếp theo xã, phường hiện nay" in now.content.decode()


def test_communes_of_then_are_on_no_map_of_today(client, covered: World, merged: Merged):
    today = _get(client, covered.editor, "registry:coverage")
    then = _get(client, covered.editor, "registry:coverage", ngay=SINCE_THEN)

    assert "data-map-canvas" in today.content.decode()
    assert "data-map-canvas" not in then.content.decode()


def test_the_ways_on_keep_the_chosen_day(client, covered: World, merged: Merged):
    page = _get(client, covered.editor, "registry:coverage", ngay=SINCE_THEN, don_vi="khi-do").content.decode()

    kept = f"ngay={SINCE_THEN}&amp;don-vi=khi-do"
    assert f"{reverse('registry:uncovered')}?commune={covered.thach_ha.pk}&amp;{kept}" in page
    assert f"{reverse('registry:coverage-villages')}?{kept}" in page
    assert f'href="{reverse("registry:map")}"' in page


def test_villages_of_then_are_listed_by_commune_and_name_with_what_they_are_today(
    client, covered: World, merged: Merged
):
    then = _get(client, covered.editor, "registry:coverage-villages", ngay=SINCE_THEN)

    last = f"{_yesterday():%d/%m/%Y}"
    assert _column(then, 0) == ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn Đông 1", "Thôn Đông 2", "Thôn Đông 3"]
    assert _column(then, 1) == [f"Xã Sơn Kim 1 (đến {last})"] * 3 + [f"Xã Thạch Hà (đến {last})"] * 3
    assert _column(then, 2)[:2] == ["Thôn 1 mới", "Thôn 2 mới"]


def test_villages_of_then_are_narrowed_by_the_commune_of_the_chosen_time(client, covered: World, merged: Merged):
    asked = {"ngay": SINCE_THEN}
    then = _get(client, covered.editor, "registry:coverage-villages", commune=covered.thach_ha.pk, **asked)
    now = _get(
        client, covered.editor, "registry:coverage-villages", commune=merged.commune.pk, don_vi="hien-nay", **asked
    )

    assert _column(then, 0) == ["Thôn Đông 1", "Thôn Đông 2", "Thôn Đông 3"]
    assert len(_column(now, 0)) == 6
    assert set(_column(now, 1)) == {"Xã Hương Kim"}


def test_a_village_of_then_is_found_by_the_name_that_it_has_today(client, covered: World, merged: Merged):
    found = _get(client, covered.editor, "registry:coverage-villages", ngay=SINCE_THEN, q="thon dong 2 moi")

    assert _column(found, 0) == ["Thôn Đông 2"]


@pytest.mark.parametrize("units", ["khi-do", "hien-nay"])
def test_villages_of_then_that_nothing_reaches_are_listed_and_drawn_alike(client, covered, merged, units):
    page = _get(client, covered.editor, "registry:uncovered", ngay=SINCE_THEN, don_vi=units)
    drawn = client.get(reverse("registry:map-layer", args=["chua-phu"]), {"ngay": SINCE_THEN, "don-vi": units}).json()

    names = {"Thôn 3", "Thôn Đông 1", "Thôn Đông 2", "Thôn Đông 3"}
    assert set(_column(page, 0)) == names
    assert {feature["properties"]["name"].split(",")[0] for feature in drawn["features"]} == names
    assert "4 thôn, tổ dân phố" in page.content.decode()


def test_the_file_of_villages_of_then_names_the_commune_of_then(client, covered: World, merged: Merged):
    answer = _get(client, covered.editor, "registry:coverage-villages", ngay=SINCE_THEN, export="xlsx")

    head, first, *_rest = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(
        values_only=True
    )
    assert head[:3] == ("Thôn, tổ dân phố", "Xã, phường (khi đó)", "Đơn vị hiện nay")
    assert first[0] == "Thôn 1"


def test_the_officer_of_today_reads_of_the_villages_of_then(client, covered: World, merged: Merged):
    page = _get(client, merged.officer, "registry:coverage-villages", ngay=SINCE_THEN)

    assert len(_column(page, 0)) == 6


@pytest.mark.parametrize("day", ["1900-01-01", "nay", "x", "2025-13-01"])
def test_a_day_that_makes_no_sense_is_today(client, covered: World, merged: Merged, day):
    page = _get(client, covered.editor, "registry:coverage-villages", ngay=day)

    assert set(_column(page, 1)) == {"Xã Hương Kim"}


def test_without_a_past_list_of_units_no_day_is_offered(client, covered: World):
    page = _get(client, covered.editor, "registry:coverage")

    assert page.context["filters"] == []


@pytest.mark.parametrize("name", ["registry:coverage", "registry:coverage-villages", "registry:uncovered"])
def test_a_past_day_is_told_in_a_settled_number_of_questions(
    client, covered: World, merged: Merged, name, django_assert_max_num_queries
):
    client.force_login(covered.editor)

    with django_assert_max_num_queries(24):
        assert client.get(reverse(name), {"ngay": SINCE_THEN}).status_code == 200


@pytest.mark.parametrize("name", ["registry:coverage", "registry:uncovered"])
def test_of_a_day_without_villages_no_page_says_that_all_are_reached(client, covered: World, merged: Merged, name):
    Place.objects.filter(level="village", valid_to=_yesterday()).update(valid_from=clock.today(), valid_to=None)

    page = _get(client, covered.editor, name, ngay=SINCE_THEN).content.decode()

    assert "Danh mục đơn vị của ngày đó chưa có thôn, tổ dân phố nào." in page
    assert "Thôn nào cũng đã có kênh phủ tới" not in page
