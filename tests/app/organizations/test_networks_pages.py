"""The pages of the three networks through their doors: who sees whom, who enters, and where nobody serves."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coso.kit.refs import Ref, describe
from coso.organizations import actions
from coso.organizations.actions import MemberTold
from coso.organizations.models import Communicator, NetworkMember, Reporter
from coso.organizations.rules import DecisionFile, Network
from coso.places.models import LabelKind
from tests.app.organizations.test_networks import DECIDED, PDF, told
from tests.support.world import World

pytestmark = pytest.mark.django_db

SLUGS = ["tuyen-truyen-vien", "bao-cao-vien", "thong-tin-vien"]


@pytest.fixture
def hao(world: World) -> NetworkMember:
    lao = LabelKind.objects.get(code="tieng-lao")
    given = told(world, languages=[lao])
    return actions.add_member(by=world.officer, network=Network.COMMUNICATORS, told=given, file=PDF)


@pytest.fixture
def dong(world: World) -> NetworkMember:
    given = told(world, full_name="Trần Thị Đông", place=world.thach_ha, areas=world.other_villages, phone="0988888888")
    return actions.add_member(by=world.other_officer, network=Network.COMMUNICATORS, told=given)


def page(client, who, name, *args, **asked) -> str:
    client.force_login(who)
    answer = client.get(reverse(f"organizations:{name}", args=args), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def listed(client, who, **asked) -> str:
    return page(client, who, "network", SLUGS[0], **asked)


def test_each_network_has_a_list_of_its_own(client, world, hao):
    assert client.login(username="canbo", password="mat-khau-thu-nghiem")
    assert client.get(reverse("organizations:networks")).url == reverse("organizations:network", args=[SLUGS[0]])
    assert "Nguyễn Văn Hảo" in listed(client, world.officer)
    for slug in SLUGS[1:]:
        assert "Nguyễn Văn Hảo" not in page(client, world.officer, "network", slug)
    assert client.get("/ban-lam-viec/to-chuc/mang-luoi/phong-vien/").status_code == 404


def test_the_sentence_says_how_many_serve_and_where_nobody_does(client, world, hao, dong):
    assert "1 người đang làm nhiệm vụ. 2 thôn, tổ dân phố chưa có." in listed(client, world.officer)
    assert "2 người đang làm nhiệm vụ. 2 thôn, tổ dân phố chưa có." in listed(client, world.editor)
    assert "1 người đang làm nhiệm vụ. Địa bàn nào cũng có người phụ trách." in listed(client, world.other_officer)
    reporters = page(client, world.editor, "network", SLUGS[1])
    assert "0 người đang làm nhiệm vụ. 2 xã, phường chưa có." in reporters


def test_a_list_is_searched_without_marks_and_filtered(client, world, hao, dong):
    assert "Trần Thị Đông" not in listed(client, world.editor, q="nguyen van hao")
    assert "Nguyễn Văn Hảo" not in listed(client, world.editor, commune=str(world.thach_ha.pk))
    assert "Trần Thị Đông" not in listed(client, world.editor, language="tieng-lao")
    assert "Nguyễn Văn Hảo" not in listed(client, world.editor, own="front_head")
    actions.end_service(by=world.officer, member=hao, last_day=date(2026, 1, 31))
    assert "Nguyễn Văn Hảo" not in listed(client, world.editor)
    assert "Thôi sau 31/01/2026" in listed(client, world.editor, state="ended")


def test_an_officer_sees_the_members_of_his_commune_alone(client, world, hao, dong):
    assert "Trần Thị Đông" not in listed(client, world.officer)
    for who, name, status in [
        (world.officer, "member", 404),
        (world.officer, "member-decision", 404),
        (world.officer, "edit-member", 404),
        (world.officer, "end-member", 404),
        (world.communicator, "member", 403),
    ]:
        client.force_login(who)
        assert client.get(reverse(f"organizations:{name}", args=[SLUGS[0], dong.pk])).status_code == status
    assert describe(Ref("communicator", str(dong.pk)), world.officer) is None
    assert describe(Ref("communicator", str(dong.pk)), world.editor) == (
        "Trần Thị Đông",
        reverse("organizations:member", args=[SLUGS[0], dong.pk]),
    )


def _exported(client, who) -> list[tuple]:
    client.force_login(who)
    answer = client.get(reverse("organizations:network", args=[SLUGS[0]]), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_telephone_numbers_are_exported_to_who_may_edit_there_alone(client, world, hao):
    edited, read = _exported(client, world.officer), _exported(client, world.auditor)

    assert any("0912345678" in (cell or "") for row in edited for cell in row if isinstance(cell, str))
    assert any("Nguyễn Văn Hảo" in row for row in read)
    assert not any("0912345678" in str(cell) for row in read for cell in row)


def test_the_page_shows_the_decision_and_that_rights_come_from_the_post(client, world, hao):
    seen = page(client, world.leader, "member", SLUGS[0], hao.pk)

    assert "12/QĐ-UBND" in seen
    assert "quyet-dinh.pdf" in seen
    assert "Tiếng Lào" in seen
    assert "Quyền trong hệ thống chỉ do chức danh mang lại" in seen
    assert "Thôi làm nhiệm vụ" not in seen


def test_the_decision_is_given_to_who_may_see_the_member_and_to_nobody_else(client, world, hao):
    address = reverse("organizations:member-decision", args=[SLUGS[0], hao.pk])

    client.force_login(world.leader)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PDF.data
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "public" not in answer["Cache-Control"]
    client.force_login(world.other_officer)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_member_without_a_file_has_none_to_show(client, world, dong):
    client.force_login(world.editor)

    assert client.get(reverse("organizations:member-decision", args=[SLUGS[0], dong.pk])).status_code == 404


def form(world: World, **more) -> dict:
    return {
        "full_name": "Phan Thị Mai",
        "phone": "0911222333",
        "duty": "cell_secretary",
        "areas": [world.villages[2].pk],
        "decision": "30/QĐ-UBND",
        "decided_on": "2026-05-04",
        **more,
    }


def test_an_officer_enters_a_communicator_with_the_decisions_file(client, world):
    client.force_login(world.officer)
    address = reverse("organizations:enter-member", args=[SLUGS[0]])
    file = SimpleUploadedFile("qd.pdf", b"%PDF-1.4 x", "application/pdf")

    answer = client.post(address, form(world, file=file))

    made = Communicator.objects.get()
    assert answer.url == reverse("organizations:member", args=[SLUGS[0], made.pk])
    assert (made.place, made.decision_file, made.duty) == (world.son_kim, "qd.pdf", "cell_secretary")
    assert list(made.areas.all()) == [world.villages[2]]


def test_nothing_typed_is_lost_when_something_is_wrong(client, world):
    client.force_login(world.officer)
    file = SimpleUploadedFile("qd.pdf", b"MZ", "application/pdf")

    answer = client.post(
        reverse("organizations:enter-member", args=[SLUGS[0]]), form(world, phone="123", areas=[], file=file)
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Phan Thị Mai" in shown
    assert "30/QĐ-UBND" in shown
    assert not Communicator.objects.exists()


def test_who_works_for_the_province_chooses_whose_member_it_is(client, world):
    address = reverse("organizations:enter-member", args=[SLUGS[1]])
    asked = page(client, world.editor, "enter-member", SLUGS[1])
    assert "Người này thuộc đơn vị nào?" in asked
    assert "Tỉnh Hà Tĩnh" in asked

    sent = form(world, level="central", areas=[])
    answer = client.post(f"{address}?place={world.province.pk}", sent)

    made = Reporter.objects.get()
    assert answer.status_code == 302
    assert (made.place, made.level, list(made.areas.all())) == (world.province, "central", [world.province])
    client.force_login(world.officer)
    assert client.get(address, {"place": world.thach_ha.pk}).status_code == 404
    assert client.get(address, {"place": "x"}).status_code == 404


def test_a_member_is_changed_ended_and_taken_up_again(client, world, hao):
    client.force_login(world.officer)
    own = [SLUGS[0], hao.pk]
    assert "Nguyễn Văn Hảo" in page(client, world.officer, "edit-member", *own)
    sent = form(world, full_name="Nguyễn Văn Hảo", areas=[village.pk for village in world.villages])
    assert client.post(reverse("organizations:edit-member", args=own), sent).status_code == 302
    hao.refresh_from_db()
    assert (hao.areas.count(), hao.decision, hao.decision_file) == (3, "30/QĐ-UBND", "quyet-dinh.pdf")

    ended = {"last_day": "2026-05-31", "reason": "Chuyển đi"}
    assert client.post(reverse("organizations:end-member", args=own), ended).status_code == 302
    hao.refresh_from_db()
    assert hao.ended_on == date(2026, 5, 31)
    assert "Hủy việc thôi nhiệm vụ" in page(client, world.officer, "member", *own)
    assert client.post(reverse("organizations:resume-member", args=own), {"reason": "Nhầm"}).status_code == 302
    hao.refresh_from_db()
    assert hao.ended_on is None


def test_the_villages_without_one_are_listed_with_a_way_to_their_page(client, world, hao):
    seen = page(client, world.officer, "network-gaps", SLUGS[0])

    assert "2 thôn, tổ dân phố chưa có." in seen
    assert reverse("places:place", args=[world.villages[1].pk]) in seen
    assert reverse("places:place", args=[world.villages[0].pk]) not in seen
    assert reverse("places:place", args=[world.other_villages[0].pk]) not in seen
    assert "Thôn 3" in page(client, world.officer, "network-gaps", SLUGS[0], q="thon 3")


def test_who_may_not_read_networks_opens_none_of_their_pages(client, world, hao):
    lists, pages = ["network", "network-gaps", "enter-member"], ["member", "edit-member"]
    addresses = [reverse(f"organizations:{name}", args=[SLUGS[0]]) for name in lists]
    addresses += [reverse(f"organizations:{name}", args=[SLUGS[0], hao.pk]) for name in pages]

    client.force_login(world.communicator)
    assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(world.leader)
    assert [client.get(address).status_code for address in addresses] == [200, 200, 403, 200, 403]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_list_asks_as_much_for_many_members_as_for_one(client, world, django_assert_max_num_queries, slug):
    network = Network(list(Network)[SLUGS.index(slug)])
    for number in range(30):
        given = MemberTold(
            full_name=f"Người {number}",
            place=world.son_kim,
            decision="1/QĐ",
            decided_on=DECIDED,
            phone=f"0900000{number:03d}",
            areas=[world.villages[number % 3]],
            duty="village_head",
            level="commune",
        )
        actions.add_member(by="system", network=network, told=given)
    client.force_login(world.editor)

    with django_assert_max_num_queries(20):
        client.get(reverse("organizations:network", args=[slug]))
    with django_assert_max_num_queries(16):
        client.get(reverse("organizations:network-gaps", args=[slug]))
    with django_assert_max_num_queries(16):
        b"".join(client.get(reverse("organizations:network", args=[slug]), {"export": "xlsx"}).streaming_content)


def test_another_file_takes_the_place_of_the_first(world, hao):
    other = DecisionFile("moi.pdf", b"%PDF-1.7 other")

    actions.edit_member(by=world.officer, member=hao, told=told(world), file=other)

    hao.refresh_from_db()
    assert hao.decision_file == "moi.pdf"
