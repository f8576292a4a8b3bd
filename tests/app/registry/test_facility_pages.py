"""The pages of facilities, clusters, equipment, transfers and use, through their doors."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.organizations.models import Organization
from coso.registry import actions
from coso.registry.models import Equipment, Facility, MonthOfUse, SpeakerCluster, Tour, Transfer
from coso.registry.rules import usage
from tests.app.registry.entering import district_of_then, house, piece
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()
MONTH = usage.closed_months(TODAY, 1)[0]


def _as(client, person):
    client.force_login(person)
    return client


def _page(client, person, name, *args, **asked) -> str:
    answer = _as(client, person).get(reverse(f"registry:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def _send(client, person, door, *args, asked=None, **told):
    address = reverse(f"registry:{door}", args=args)
    if asked:
        address = f"{address}?{asked}"
    return _as(client, person).post(address, told)


# Facilities


def test_the_list_tells_in_a_sentence_what_is_wrong(client, world: World) -> None:
    house(world)
    house(world, kind="commune_station", name="Đài FM", place=world.son_kim, mode="fm")

    page = _page(client, world.officer, "facilities")

    assert "3 thiết chế đang hoạt động." in page
    assert "1 nơi chưa ghi nhận hoạt động nào trong 3 tháng gần đây." in page
    assert "1 đài FM chưa có giấy phép tần số" in page
    assert "Chưa có giấy phép tần số" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "nha van hoa thon 1"}, {"Nhà văn hóa Thôn 1"}),
        ({"group": "team"}, {"Đội lưu động"}),
        ({"kind": "commune_station"}, {"Đài truyền thanh xã Sơn Kim 1"}),
        ({"state": "closed"}, {"Nhà cũ"}),
        ({"state": "unused"}, {"Nhà văn hóa Thôn 1", "Đội lưu động"}),
        ({"sample": "yes"}, {"Nhà mẫu"}),
    ],
)
def test_the_list_is_searched_and_narrowed(client, world: World, asked, found) -> None:
    house(world)
    house(world, kind="mobile_team", name="Đội lưu động", place=world.son_kim)
    house(world, name="Nhà cũ")
    Facility.objects.filter(name="Nhà cũ").update(closed_on=TODAY)
    Facility.objects.filter(pk=house(world, name="Nhà mẫu", kind="notice_board").pk).update(is_sample=True)

    page = _page(client, world.officer, "facilities", **asked)

    every = set(Facility.objects.values_list("name", flat=True))
    assert {name for name in every if f">{name}</a>" in page} == found


def test_the_lists_ask_a_settled_number_of_questions(client, world: World, django_assert_max_num_queries) -> None:
    for number in range(30):
        piece(house(world, name=f"Nhà {number}", code=f"NVH-{number}", place=world.villages[number % 3]))
    _as(client, world.officer)

    for name, most in [("facilities", 20), ("clusters", 26), ("equipment-list", 14), ("use", 16), ("transfers", 14)]:
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"registry:{name}")).status_code == 200


def test_the_list_goes_out_with_the_fields_of_stations(client, world: World) -> None:
    house(
        world, kind="commune_station", name="Đài FM", place=world.son_kim, mode="fm", licence_number="218/GP",
        licence_expires_on=date(2030, 1, 31),
    )  # fmt: skip

    answer = _as(client, world.officer).get(reverse("registry:facilities"), {"export": "xlsx", "q": "dai fm"})
    head, row = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)

    told = dict(zip(head, row, strict=True))
    assert (told["Cách truyền thanh"], told["Số giấy phép"]) == ("Vô tuyến FM", "218/GP")
    assert told["Giấy phép hết hạn ngày"].date() == date(2030, 1, 31)


def test_a_facility_is_entered_in_two_pages_and_its_form_asks_what_its_group_has(client, world: World) -> None:
    first = _send(client, world.officer, "new-facility", kind="law_bookcase", home=world.son_kim.pk)
    form = client.get(first.url).content.decode()
    second = client.post(
        first.url,
        {
            "kind": "law_bookcase",
            "name": "Tủ sách pháp luật xã",
            "place": world.son_kim.pk,
            "serves": [world.villages[0].pk],
            "opening_hours": "Giờ hành chính",
            "latitude": "18,42",
            "longitude": "105,18",
        },
    )

    made = Facility.objects.get(kind="law_bookcase")
    assert first.url == reverse("registry:add-facility", args=["law-bookcase", world.son_kim.pk])
    assert "Giờ mở cửa" in form
    assert "Tần số" not in form
    assert second.url == reverse("registry:facility", args=[made.pk])
    assert (made.opening_hours, made.latitude) == ("Giờ hành chính", 18.42)
    assert list(made.serves.all()) == world.villages[:1]


def test_nothing_typed_is_lost_when_a_facility_is_refused(client, world: World) -> None:
    house(world, code="NVH-01")

    answer = _send(
        client, world.officer, "add-facility", "culture-house", world.son_kim.pk,
        kind="culture_house", name="Nhà mới", code="NVH-01", place=world.villages[1].pk, note="ghi chú dài",
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã NVH-01 đã thuộc về một thiết chế khác." in page
    assert "ghi chú dài" in page
    assert Facility.objects.filter(kind="culture_house").count() == 1


@pytest.mark.parametrize("name", ["facility", "edit-facility", "close-facility", "facility-use", "add-equipment"])
def test_the_pages_of_a_facility_are_not_there_outside_its_commune(client, world: World, name) -> None:
    made = house(world)

    answer = _as(client, world.other_officer).get(reverse(f"registry:{name}", args=[made.pk]))

    assert answer.status_code == 404


def test_the_page_of_a_station_shows_clusters_licence_and_history(client, world: World) -> None:
    station = world.clusters[0].station
    actions.edit_cluster(
        by=world.officer, cluster=world.clusters[0], name="Cụm loa Thôn 1", villages=world.villages[:1],
        latitude=18.4, longitude=105.2, facts=actions.ClusterFacts(link="sim"),
    )  # fmt: skip

    page = _page(client, world.officer, "facility", station.pk)

    assert "Cụm loa Thôn 2" in page
    assert reverse("registry:add-cluster", args=[station.pk]) in page
    assert f'data-place="{world.clusters[0].code}"' in page


def test_a_facility_is_changed_closed_and_opened_again_on_its_pages(client, world: World) -> None:
    made = house(world)
    told = {"kind": "culture_house", "name": "Nhà văn hóa liên thôn", "place": world.villages[0].pk}

    changed = _send(client, world.officer, "edit-facility", made.pk, **told)
    closed = _send(client, world.officer, "close-facility", made.pk, closed_on=TODAY.isoformat())
    page = _page(client, world.officer, "facility", made.pk)
    opened = _send(client, world.officer, "reopen-facility", made.pk)

    made.refresh_from_db()
    assert [answer.status_code for answer in (changed, closed, opened)] == [302, 302, 302]
    assert "Mở lại" in page
    assert (made.name, made.closed_on) == ("Nhà văn hóa liên thôn", None)


# Clusters


def test_a_cluster_tells_link_power_and_range_and_is_retired(client, world: World) -> None:
    cluster = world.clusters[0]
    told = {
        "name": "Cụm loa Thôn 1", "villages": [world.villages[0].pk], "is_networked": "on", "link": "sim",
        "power": "solar", "battery_hours": "6,5", "range_m": "400", "installed_on": "2024-05-20",
    }  # fmt: skip

    changed = _send(client, world.officer, "edit-cluster", cluster.pk, **told)
    page = _page(client, world.officer, "cluster", cluster.pk)
    retired = _send(
        client, world.officer, "retire-cluster", cluster.pk, retired_on=TODAY.isoformat(), reason="Hỏng cột"
    )
    cluster.refresh_from_db()

    assert (changed.status_code, retired.status_code) == (302, 302)
    assert (cluster.battery_hours, cluster.range_m, cluster.retired_on) == (6.5, 400, TODAY)
    assert "Mạng di động (SIM)" in page
    assert "chạy ắc quy được 6,5 giờ" in page
    assert "Đã tháo dỡ" in _page(client, world.officer, "clusters")
    assert "1 cụm loa." in _page(client, world.officer, "clusters")
    _send(client, world.officer, "restore-cluster", cluster.pk)
    assert SpeakerCluster.objects.get(pk=cluster.pk).retired_on is None


# Equipment


def test_a_piece_is_entered_goes_to_repair_and_moves_on_its_pages(client, world: World) -> None:
    hall, other = house(world), house(world, name="Nhà văn hóa Thôn 2", place=world.villages[1])

    entered = _send(
        client, world.officer, "add-equipment", hall.pk,
        kind="amplifier", name="Tăng âm 500 W", state="in_use", quantity="1", price_vnd="14.200.000", serial="SN-1",
    )  # fmt: skip
    made = Equipment.objects.get()
    step = _send(client, world.officer, "step-equipment", made.pk, to="in_repair", on=TODAY.isoformat())
    move = _send(client, world.officer, "move-equipment", made.pk, to=other.pk, on=TODAY.isoformat())
    page = _page(client, world.officer, "equipment", made.pk)

    assert [answer.status_code for answer in (entered, step, move)] == [302, 302, 302]
    assert made.price_vnd == 14_200_000
    assert "14.200.000" in page
    assert "Đang sửa chữa" in page
    assert "Chuyển đến Nhà văn hóa Thôn 2" in page
    assert "1 chiếc đang sửa chữa." in _page(client, world.officer, "equipment-list", facility=str(other.pk))


def test_writing_off_without_a_decision_is_refused_on_the_page(client, world: World) -> None:
    made = piece(house(world))

    answer = _send(client, world.officer, "step-equipment", made.pk, to="written_off", on=TODAY.isoformat())

    made.refresh_from_db()
    assert answer.status_code == 422
    assert "Thanh lý trang thiết bị phải có quyết định" in answer.content.decode()
    assert made.state == "in_use"


def test_a_piece_is_not_moved_on_the_page_to_a_facility_of_somebody_else(client, world: World) -> None:
    made = piece(house(world))
    far = house(world, name="Nhà xa", place=world.other_villages[0])

    answer = _send(client, world.officer, "move-equipment", made.pk, to=far.pk, on=TODAY.isoformat())

    assert answer.status_code == 422
    assert "Nhà xa" not in answer.content.decode()


# Transfers


def test_an_administrator_transfers_a_dissolved_district_line_by_line_and_undoes_it(client, world: World) -> None:
    district = district_of_then(world)
    committee = Organization.objects.create(
        code="ubnd-18562", name="UBND xã Thạch Hà", kind="commune_authority", place=world.thach_ha
    )
    hall = Facility.objects.create(kind="culture_house", name="Nhà văn hóa xã cũ", place=district.children.get())
    radio = Facility.objects.create(kind="district_station", name="Đài huyện", place=district)
    asked = f"unit={district.pk}"

    assert "Huyện Hương Sơn" in _page(client, world.administrator, "choose-transfer")
    form = _page(client, world.administrator, "new-transfer", unit=str(district.pk))
    told = {f"take-{hall.pk}": "on", f"from-{hall.pk}": hall.place_id, f"place-{hall.pk}": world.son_kim.pk,
            f"organization-{hall.pk}": "", f"take-{radio.pk}": "on", f"from-{radio.pk}": radio.place_id,
            f"place-{radio.pk}": "", f"organization-{radio.pk}": "committee",
            "decision": "1663/QĐ-UBND", "on": TODAY.isoformat()}  # fmt: skip
    refused = _send(client, world.administrator, "new-transfer", asked=asked, **told)
    done = _send(
        client, world.administrator, "new-transfer", asked=asked, **told | {f"place-{radio.pk}": world.thach_ha.pk}
    )

    made = Transfer.objects.get()
    radio.refresh_from_db()
    assert "2 thiết chế của Huyện Hương Sơn" in form
    assert refused.status_code == 422
    assert "Hãy chọn nơi tiếp nhận Đài huyện." in refused.content.decode()
    assert done.url == reverse("registry:transfer", args=[made.pk])
    assert (radio.place, radio.organization) == (world.thach_ha, committee)
    assert "1663/QĐ-UBND" in _page(client, world.administrator, "facility", radio.pk)
    assert _send(client, world.administrator, "undo-transfer", made.pk).status_code == 302
    radio.refresh_from_db()
    assert radio.place == district


def test_all_that_is_ticked_is_sent_to_one_commune_to_look_at_and_nothing_moves_before_saving(
    client, world: World
) -> None:
    district = district_of_then(world)
    hall = Facility.objects.create(kind="culture_house", name="Nhà xã", place=district.children.get())
    radio = Facility.objects.create(kind="district_station", name="Đài huyện", place=district)
    stays = Facility.objects.create(kind="culture_house", name="Nhà ở lại", place=district)
    asked = f"unit={district.pk}"
    told = {f"take-{hall.pk}": "on", f"take-{radio.pk}": "on", "decision": "1663/QĐ-UBND", "on": "2026-11-01"}
    for one in (hall, radio, stays):
        told |= {f"from-{one.pk}": one.place_id, f"place-{one.pk}": "", f"organization-{one.pk}": ""}

    filled = _send(client, world.administrator, "new-transfer", asked=asked, **told, all_to=world.thach_ha.pk, fill="1")

    form = filled.context["form"]
    goes = {one.pk: form[f"place-{one.pk}"].value() for one in (hall, radio, stays)}
    assert filled.status_code == 200
    assert goes == {hall.pk: str(world.thach_ha.pk), radio.pk: str(world.thach_ha.pk), stays.pk: ""}
    assert [form[f"take-{one.pk}"].value() for one in (hall, stays)] == [True, False]
    assert form[f"organization-{radio.pk}"].value() == "committee"
    assert (form["decision"].value(), form["on"].value()) == ("1663/QĐ-UBND", "2026-11-01")
    assert "Chưa có gì được chuyển giao. Hãy xem từng dòng" in filled.content.decode()
    assert not Transfer.objects.exists()


def test_filling_in_all_lines_without_a_commune_means_to_save(client, world: World) -> None:
    district = district_of_then(world)
    radio = Facility.objects.create(kind="district_station", name="Đài huyện", place=district)
    told = {f"take-{radio.pk}": "on", f"from-{radio.pk}": district.pk, f"place-{radio.pk}": world.thach_ha.pk,
            f"organization-{radio.pk}": "", "decision": "1663/QĐ-UBND", "on": TODAY.isoformat()}  # fmt: skip

    done = _send(client, world.administrator, "new-transfer", asked=f"unit={district.pk}", **told, all_to="", fill="1")

    assert done.url == reverse("registry:transfer", args=[Transfer.objects.get().pk])


def test_an_officer_sees_of_a_transfer_only_the_own_lines(client, world: World) -> None:
    mine, theirs = house(world), house(world, name="Nhà xa", place=world.other_villages[0])
    moves = [
        actions.Move(mine.pk, mine.place_id, world.son_kim, None),
        actions.Move(theirs.pk, theirs.place_id, world.thach_ha, None),
    ]
    made = actions.transfer(by=world.administrator, moves=moves, decision="9/QĐ", on=TODAY)

    page = _page(client, world.officer, "transfer", made.pk)

    assert "Nhà văn hóa Thôn 1" in page
    assert "Nhà xa" not in page
    assert "Còn 1 thiết chế ngoài địa bàn của bạn." in page
    assert _as(client, world.officer).get(reverse("registry:new-transfer")).status_code == 403


# Use


def test_a_month_of_a_commune_is_entered_in_one_table(client, world: World) -> None:
    hall = house(world)
    asked = {"commune": world.son_kim.pk, "month": f"{MONTH:%Y-%m}"}

    form = _page(client, world.officer, "tell-month")
    sent = _send(
        client, world.officer, "tell-month", **asked, **{f"activities-{hall.pk}": "4", f"visits-{hall.pk}": "1.200"}
    )
    page = _page(client, world.officer, "facility-use", hall.pk)

    row = MonthOfUse.objects.get()
    assert f'name="visits-{hall.pk}"' in form
    assert sent.status_code == 302
    assert (row.facility, row.month, row.activities, row.visits) == (hall, MONTH, 4, 1200)
    assert "1.200" in page


def test_rows_that_nobody_touched_keep_what_somebody_else_told_meanwhile(client, world: World) -> None:
    hall, other = house(world), house(world, name="Nhà văn hóa Thôn 2", place=world.villages[1])
    asked = {"commune": world.son_kim.pk, "month": f"{MONTH:%Y-%m}"}
    form = _page(client, world.officer, "tell-month")
    actions.tell_month(by=world.officer, month=MONTH, counts={other.pk: actions.Counts(6, 90)})

    typed = {
        f"activities-{hall.pk}": "4",
        f"visits-{hall.pk}": "",
        f"activities-{other.pk}": "",
        f"visits-{other.pk}": "",
    }
    sent = _send(
        client, world.officer, "tell-month", **asked, **typed, **{f"seen-{pk}": "" for pk in (hall.pk, other.pk)}
    )

    assert f'name="seen-{other.pk}" value=""' in form
    assert sent.status_code == 302
    assert {row.facility: row.activities for row in MonthOfUse.objects.all()} == {hall: 4, other: 6}
    assert f'name="seen-{other.pk}" value="6 90 0"' in _page(client, world.officer, "tell-month")


def test_a_wrong_count_is_named_and_the_others_stay_typed(client, world: World) -> None:
    hall = house(world)
    asked = {"commune": world.son_kim.pk, "month": f"{MONTH:%Y-%m}"}

    answer = _send(
        client, world.officer, "tell-month", **asked, **{f"activities-{hall.pk}": "bốn", f"visits-{hall.pk}": "77"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Số hoạt động, Nhà văn hóa Thôn 1: Nhập một số nguyên từ 0 đến 100.000." in page
    assert 'value="77"' in page
    assert not MonthOfUse.objects.exists()


@pytest.mark.parametrize("asked", [{"month": "2026-13"}, {"commune": "999"}, {"month": "abc"}])
def test_an_address_that_names_no_month_or_commune_is_not_there(client, world: World, asked) -> None:
    assert _as(client, world.officer).get(reverse("registry:tell-month"), asked).status_code == 404


def test_a_tour_is_noted_and_taken_back_on_the_pages(client, world: World) -> None:
    team = house(world, kind="mobile_team", name="Đội lưu động", place=world.son_kim)

    noted = _send(
        client, world.officer, "add-tour", team.pk,
        on=(TODAY - timedelta(2)).isoformat(), commune=world.thach_ha.pk, topic="An toàn giao thông", people="150",
    )  # fmt: skip
    page = _page(client, world.officer, "facility", team.pk)
    taken = _send(client, world.officer, "take-back-tour", Tour.objects.get().pk)

    assert (noted.status_code, taken.status_code) == (302, 302)
    assert "An toàn giao thông" in page
    assert "khoảng 150 người" in page
    assert not Tour.objects.exists()
