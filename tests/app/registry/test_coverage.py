"""What reaches each village, counted by village, class, commune and province, and the pages that tell it."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.devices.models import Device
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed
from coso.places.actions import refresh_currents
from coso.places.models import Level, Place, Succession
from coso.registry import actions
from coso.registry.actions.coverage import note_signal
from coso.registry.models import Signal
from coso.registry.queries import coverage, hardness, layers, reaching
from coso.registry.rules.coverage import UNLABELLED, Channel, tallies, tally
from tests.app.registry.covering import board, communicator, covered, label, signal
from tests.support.world import SINCE, World, place

pytestmark = pytest.mark.django_db
__all__ = ["covered"]


def reached(person, village) -> set[Channel]:
    return set(reaching.channels_of(coverage.villages(person).get(pk=village.pk)))


def _page(client, person, name, *args, **asked) -> str:
    client.force_login(person)
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def _sheet(answer) -> list[dict]:
    head, *rows = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# What reaches a village


def test_a_cluster_on_no_network_counts_as_it_was_stated_and_one_on_the_network_when_its_device_is_heard(world: World):
    first, second = world.clusters
    world.clusters[0].is_networked = False
    first.save()

    assert reached(world.editor, world.villages[0]) == {Channel.SPEAKER}
    assert reached(world.editor, world.villages[1]) == set()

    device = Device.objects.create(cluster=second, serial="CS-1", heard_at=clock.now())
    assert reached(world.editor, world.villages[1]) == {Channel.SPEAKER}

    Device.objects.filter(pk=device.pk).update(heard_at=clock.now() - timedelta(days=1))
    silent = coverage.villages(world.editor).get(pk=world.villages[1].pk)
    assert (silent.has_speaker, silent.speaker_stands) == (False, True)


@pytest.mark.parametrize("change", [{"retired_on": date(2026, 1, 1)}, {"installed_on": date(2999, 1, 1)}])
def test_a_cluster_that_does_not_stand_today_reaches_nobody(covered: World, change):
    for name, value in change.items():
        setattr(covered.clusters[0], name, value)
    covered.clusters[0].save()

    village = coverage.villages(covered.editor).get(pk=covered.villages[0].pk)
    assert (village.has_speaker, village.speaker_stands) == (False, False)


def test_a_cluster_that_was_taken_down_this_morning_reaches_nobody_and_is_on_no_map(covered: World):
    cluster, village = covered.clusters[0], covered.villages[0]
    cluster.latitude, cluster.longitude = village.latitude, village.longitude
    cluster.save()
    there = [point["id"] for point in layers.clusters(covered.editor)]

    actions.retire_cluster(by=covered.officer, cluster=cluster, retired_on=clock.today())

    assert there == [cluster.pk]
    assert reached(covered.editor, village) == set()
    assert layers.clusters(covered.editor) == []


def test_a_board_and_a_house_count_while_they_are_open_and_a_station_or_a_team_never(covered: World):
    village = covered.villages[2]
    board(covered.son_kim, village, closed_on=date(2026, 1, 1))
    board(covered.son_kim, village, kind="commune_station")
    board(covered.son_kim, village, kind="mobile_team")
    assert reached(covered.editor, village) == set()

    board(covered.son_kim, village, kind="library", closed_on=clock.today())
    assert reached(covered.editor, village) == {Channel.BOARD}


def test_a_communicator_counts_for_the_own_areas_while_serving(covered: World):
    communicator(covered.son_kim, covered.villages[2], ended_on=date(2026, 1, 1))
    assert reached(covered.editor, covered.villages[2]) == set()

    communicator(covered.son_kim, covered.villages[2])
    communicator(covered.thach_ha, covered.thach_ha)
    assert reached(covered.editor, covered.villages[2]) == {Channel.COMMUNICATOR}
    assert reached(covered.editor, covered.other_villages[0]) == {Channel.COMMUNICATOR}


def test_a_weak_signal_opens_the_portal_and_none_does_not(covered: World):
    signal(covered.other_villages[0], "weak")
    signal(covered.other_villages[1], "none")

    assert reached(covered.editor, covered.other_villages[0]) == {Channel.SIGNAL}
    assert reached(covered.editor, covered.other_villages[1]) == set()


def test_no_signal_noted_of_a_village_itself_goes_before_that_of_what_it_followed(covered: World):
    old, new = covered.other_villages[:2]
    signal(old)
    Place.objects.filter(pk=old.pk).update(valid_to=clock.today() - timedelta(days=1))
    Succession.objects.create(predecessor=old, successor=new)
    refresh_currents()
    assert reached(covered.editor, new) == {Channel.SIGNAL}

    signal(new, "none")

    assert reached(covered.editor, new) == set()
    assert reaching.signal_of(new).strength == "none"


def test_what_hung_on_a_village_of_then_reaches_the_one_that_followed_it(covered: World):
    old = covered.villages[0]
    signal(old)
    board(covered.son_kim, old)
    communicator(covered.son_kim, old)
    label(old, "dac-biet-kho-khan")
    old.valid_to = clock.today() - timedelta(days=1)
    old.save()
    new = Place.objects.create(
        code="18196-09", name="Thôn Mới", level=Level.VILLAGE, parent=covered.son_kim, valid_from=clock.today()
    )
    Succession.objects.create(predecessor=old, successor=new)
    refresh_currents()

    assert reached(covered.editor, new) == set(Channel)
    found = coverage.villages(covered.editor)
    assert old not in found
    assert found.get(pk=new.pk).rank == 0


# Classes of difficulty


def test_a_village_has_the_hardest_class_of_its_own_and_its_communes(covered: World):
    label(covered.son_kim, "ven-bien")
    label(covered.villages[1], "dac-biet-kho-khan")
    label(covered.villages[2], "bien-gioi", valid_to=date(2026, 1, 1))
    label(covered.thach_ha, "mien-nui", valid_from=date(2999, 1, 1))

    kinds = [kind.code for kind in hardness.difficulties()]
    hardest, seaside = kinds.index("dac-biet-kho-khan"), kinds.index("ven-bien")
    ranks = {village.pk: village.rank for village in coverage.villages(covered.editor)}

    assert hardest < kinds.index("bien-gioi") < kinds.index("mien-nui") < seaside
    assert [ranks[village.pk] for village in covered.villages] == [seaside, hardest, seaside]
    assert ranks[covered.other_villages[0].pk] == UNLABELLED


def test_a_label_of_another_family_is_no_class(covered: World):
    label(covered.son_kim, "ven-bien")
    language = label(covered.villages[0], "tieng-lao").kind

    kind = hardness.difficulties()[coverage.villages(covered.editor).get(pk=covered.villages[0].pk).rank]
    assert (language.family, kind.code) == ("language", "ven-bien")


# Roll-ups


def test_the_roll_up_by_commune_class_and_province_tells_people_and_what_is_not_known(covered: World):
    label(covered.son_kim, "bien-gioi")
    signal(covered.other_villages[2])

    groups = coverage.groups(covered.editor)

    whole = tally(groups)
    by_commune = tallies(groups, lambda group: group.commune)
    by_class = tallies(groups, lambda group: group.rank)
    assert (whole.villages, whole.covered, whole.people, whole.people_covered, whole.unknown) == (6, 3, 1500, 300, 1)
    assert by_commune[covered.son_kim.pk].people == 600
    assert by_commune[covered.son_kim.pk].share == pytest.approx(0.5)
    assert by_commune[covered.thach_ha.pk].covered == 1
    assert by_commune[covered.thach_ha.pk].people_covered == 0
    kinds = hardness.difficulties()
    assert {kinds[rank].code: told for rank, told in by_class.items() if rank < len(kinds)} == {
        "bien-gioi": by_commune[covered.son_kim.pk]
    }


def test_the_roll_up_is_one_question_however_many_villages(covered: World, django_assert_num_queries):
    label(covered.son_kim, "bien-gioi")
    for number in range(40):
        village = place(f"18196-1{number}", f"Thôn M{number}", Level.VILLAGE, covered.son_kim)
        covered.clusters[0].villages.add(village)
    coverage.groups(covered.editor)  # the posts are read

    # The classes, whether a label hangs on a unit of then, the roll-up.
    with django_assert_num_queries(3):
        counted = coverage.groups(covered.editor)

    assert tally(counted).villages == 46


def test_an_officer_counts_the_own_villages_only_and_a_stranger_none(covered: World):
    assert tally(coverage.groups(covered.officer)).villages == 3
    assert tally(coverage.groups(covered.communicator)).villages == 0
    assert coverage.groups(object()) == []


# Pages


def test_the_overview_says_where_coverage_stands_and_counts_what_is_not_known(client, covered: World):
    label(covered.son_kim, "bien-gioi", "Biên giới")

    page = _page(client, covered.editor, "registry:coverage")

    assert "2/6 thôn, tổ dân phố có ít nhất một kênh phủ tới; 4 chưa có kênh nào." in page
    assert "1 thôn chưa rõ dân số" in page
    assert "Trong đó có thôn là dữ liệu mẫu." in page
    assert "Biên giới" in page
    assert "Chưa ghi diện nào" in page
    assert 'data-place="18196"' in page
    assert f"{reverse('registry:uncovered')}?class=bien-gioi" in page


def test_the_overview_as_a_file_has_shares_that_a_spreadsheet_can_reckon_with(client, covered: World):
    client.force_login(covered.editor)

    rows = _sheet(client.get(reverse("registry:coverage"), {"export": "xlsx", "sort": "name"}))

    assert [row["Xã, phường"] for row in rows] == ["Xã Sơn Kim 1", "Xã Thạch Hà"]
    assert rows[0]["Dân số được phủ"] == pytest.approx(0.5)
    assert (rows[0]["Số người được phủ"], rows[1]["Thôn chưa được phủ"]) == (300, 3)


@pytest.mark.parametrize(
    ("asked", "there", "missing"),
    [
        ({"coverage": "no"}, ["Thôn 3", "Thôn Đông 1"], ["Thôn 1<", "Thôn 2<"]),
        ({"coverage": "yes"}, ["Thôn 1<", "Thôn Đông 3"], ["Thôn 3<"]),
        ({"missing": "speaker"}, ["Thôn 3<", "Thôn Đông 3"], ["Thôn 1<"]),
        ({"missing": "signal"}, ["Thôn 1<"], ["Thôn Đông 3"]),
        ({"class": "bien-gioi"}, ["Thôn 1<"], ["Thôn Đông 1"]),
        ({"class": "none"}, ["Thôn Đông 1"], ["Thôn 1<"]),
        ({"q": "thach ha dong 2"}, ["Thôn Đông 2"], ["Thôn Đông 1", "Thôn 1<"]),
        ({"class": "khong-co", "missing": "x", "commune": "x"}, ["Thôn 1<", "Thôn Đông 1"], []),
    ],
)
def test_villages_are_narrowed_by_channel_class_and_name(client, covered: World, asked, there, missing):
    label(covered.son_kim, "bien-gioi", "Biên giới")
    signal(covered.other_villages[2])

    page = _page(client, covered.editor, "registry:coverage-villages", **asked)

    assert [word for word in there if word not in page] == []
    assert [word for word in missing if word in page.partition("list-table")[2]] == []


def test_the_file_of_villages_tells_each_channel(client, covered: World):
    signal(covered.villages[0])
    client.force_login(covered.officer)

    first, _second, third = _sheet(client.get(reverse("registry:coverage-villages"), {"export": "xlsx"}))

    assert (first["Thôn, tổ dân phố"], first["Độ phủ"], first["Loa"]) == ("Thôn 1", "Nghe được loa", "Đang hoạt động")
    assert first["Kênh thông tin"] == "Loa đang hoạt động, Sóng điện thoại"
    assert (first["Sóng điện thoại"], third["Sóng điện thoại"], third["Độ phủ"]) == ("Có", "Không", "Chưa được phủ")


def test_villages_that_nothing_reaches_come_with_the_hardest_class_first(client, covered: World):
    label(covered.other_villages[1], "dac-biet-kho-khan", "Đặc biệt khó khăn")
    label(covered.son_kim, "bien-gioi", "Biên giới")

    page = _page(client, covered.editor, "registry:uncovered")

    table = page.partition("list-table")[2]
    order = [table.index(f">{name}<") for name in ("Thôn Đông 2", "Thôn 3", "Thôn Đông 1", "Thôn Đông 3")]
    assert order == sorted(order)
    assert ">Thôn 1<" not in table
    assert "4 thôn, tổ dân phố, diện khó khăn nhất đứng trước; đã biết có 1.200 người sống ở đó." in page


@pytest.mark.parametrize("name", ["registry:coverage", "registry:coverage-villages", "registry:uncovered"])
def test_the_lists_of_coverage_ask_as_often_for_forty_villages_as_for_four(
    client, covered: World, name, django_assert_max_num_queries
):
    label(covered.son_kim, "bien-gioi")
    for number in range(40):
        place(f"18196-1{number}", f"Thôn M{number}", Level.VILLAGE, covered.son_kim)
    client.force_login(covered.editor)

    with django_assert_max_num_queries(22):
        assert client.get(reverse(name)).status_code == 200


def test_pages_of_coverage_are_closed_to_who_may_not_read_the_registry(client, covered: World):
    client.force_login(covered.communicator)
    names = ["coverage", "coverage-villages", "uncovered", "map", "map-areas", "what-if"]

    assert {client.get(reverse(f"registry:{name}")).status_code for name in names} == {403}


# The signal


def test_an_officer_notes_the_signal_of_an_own_village_and_its_page_tells_it(client, covered: World):
    village = covered.villages[2]
    address = reverse("registry:signal", args=[village.pk])
    before = _page(client, covered.officer, "places:place", village.pk)

    answer = client.post(address, {"strength": "weak", "noted_on": "2026-11-01", "source": " Trưởng  thôn "})

    noted = Signal.objects.get()
    page = _page(client, covered.officer, "places:place", village.pk)
    assert answer["Location"] == reverse("places:place", args=[village.pk])
    assert (noted.village, noted.strength, noted.source) == (village, "weak", "Trưởng thôn")
    assert "Chưa được phủ" in before
    assert address in before
    assert "Sóng yếu" in page
    assert "Chỉ có kênh khác" in page
    assert Entry.objects.get().verb == "registry.signal_noted"


def test_a_reader_sees_the_signal_and_is_not_offered_to_note_it(client, covered: World):
    signal(covered.villages[0])

    page = _page(client, covered.leader, "places:place", covered.villages[0].pk)

    assert "Sóng tốt" in page
    assert reverse("registry:signal", args=[covered.villages[0].pk]) not in page


@pytest.mark.parametrize(
    "wrong", [{"strength": ""}, {"strength": "strong"}, {"noted_on": "2999-01-01"}, {"noted_on": "hôm qua"},
              {"source": "x" * 201}],
)  # fmt: skip
def test_a_wrong_note_is_refused_and_nothing_is_noted(client, covered: World, wrong):
    client.force_login(covered.officer)
    form = {"strength": "good", "noted_on": "2026-11-01", "source": ""} | wrong

    answer = client.post(reverse("registry:signal", args=[covered.villages[0].pk]), form)

    assert answer.status_code == 422
    assert not Signal.objects.exists()
    assert not Entry.objects.exists()


def test_the_signal_of_another_commune_or_of_a_commune_cannot_be_noted(client, covered: World):
    client.force_login(covered.officer)

    for other in (covered.other_villages[0], covered.son_kim):
        assert client.post(reverse("registry:signal", args=[other.pk]), {"strength": "good"}).status_code == 404
    with pytest.raises(NotAllowed):
        note_signal(by=covered.leader, village=covered.villages[0], strength="good")
    with pytest.raises(BadInput):
        note_signal(by=covered.officer, village=covered.son_kim, strength="good")
    assert not Signal.objects.exists()


def test_noting_the_same_again_writes_nothing_and_another_note_replaces_it(covered: World):
    told = {"by": covered.officer, "village": covered.villages[0], "noted_on": SINCE}

    note_signal(strength="good", **told)
    note_signal(strength="good", **told)
    note_signal(strength="none", **told)

    assert Signal.objects.get().strength == "none"
    assert Entry.objects.count() == 2
