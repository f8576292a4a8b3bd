"""The pages of agencies and accounts, through their doors."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.refs import Ref, describe
from coso.organizations import policies
from coso.organizations.models import Organization, Person, Post
from coso.organizations.rules import Role
from tests.support.world import SINCE, World, person

pytestmark = pytest.mark.django_db


def _as(client, who):
    client.force_login(who)
    return client


def _page(client, who, name, *args, **asked) -> str:
    answer = _as(client, who).get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def local(world: World) -> Person:
    """Give an administrator of Sơn Kim 1 alone."""
    return person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)


# Agencies


def test_agencies_are_those_of_today_unless_another_day_is_asked_for(client, world: World) -> None:
    Organization.objects.create(
        code="so-tttt", name="Sở Thông tin và Truyền thông", kind="provincial_department", valid_to=date(2025, 2, 28)
    )

    today = _page(client, world.officer, "organizations:organizations")
    then = _page(client, world.officer, "organizations:organizations", on="2017-06-01")
    nonsense = _page(client, world.officer, "organizations:organizations", on="hôm kia")

    assert "Sở Thông tin và Truyền thông" not in today
    assert "Sở Văn hóa, Thể thao và Du lịch" in today
    assert "Sở Thông tin và Truyền thông" in then
    assert "2 cơ quan, đơn vị tại ngày 01/06/2017." in then
    assert "Sở Thông tin và Truyền thông" not in nonsense


def test_agencies_are_found_without_marks_and_by_kind(client, world: World) -> None:
    Organization.objects.create(code="bao-ht", name="Báo Hà Tĩnh", kind="press")

    page = _page(client, world.officer, "organizations:organizations", q="bao ha tinh")

    assert "Báo Hà Tĩnh" in page
    assert "Sở Văn hóa" not in page
    assert "Sở Văn hóa" not in _page(client, world.officer, "organizations:organizations", kind="press")


def test_the_page_of_an_agency_tells_what_came_before_and_who_works_there(client, world: World) -> None:
    Organization.objects.create(
        code="so-cu", name="Sở Cũ", kind="provincial_department", successor=world.department, valid_to=date(2025, 2, 28)
    )

    managed = _page(client, world.administrator, "organizations:organization", world.department.pk)
    read = _page(client, world.officer, "organizations:organization", world.department.pk)

    assert "Sở Cũ" in read
    assert "Nguyễn Thị Hoa" in managed
    assert "Nguyễn Thị Hoa" not in read
    assert client.get(reverse("organizations:organization", args=[999999])).status_code == 404


# Accounts


def test_the_administrator_of_the_province_sees_every_account(client, world: World) -> None:
    page = _page(client, world.administrator, "organizations:accounts")

    assert "Lê Thị Đào" in page
    assert "Võ Thị Ánh" in page
    assert "9 tài khoản đang mở." in page


def test_an_administrator_of_a_commune_sees_the_accounts_of_the_commune_alone(
    client, world: World, local: Person
) -> None:
    page = _page(client, local, "organizations:accounts")

    assert "Lê Thị Đào" in page
    assert "Đặng Văn Ấm" in page
    assert "Võ Thị Ánh" not in page
    assert "Nguyễn Thị Hoa" not in page


@pytest.mark.parametrize("who", ["editor", "approver", "officer", "leader", "communicator", "auditor"])
def test_nobody_else_sees_accounts_or_manages_them(client, world: World, who) -> None:
    post = world.other_officer.posts.get()
    addresses = [
        reverse("organizations:accounts"),
        reverse("organizations:open-account"),
        reverse("organizations:account", args=[world.other_officer.pk]),
        reverse("organizations:give-post", args=[world.other_officer.pk]),
        reverse("organizations:close-account", args=[world.other_officer.pk]),
        reverse("organizations:end-post", args=[post.pk]),
    ]

    statuses = {_as(client, getattr(world, who)).get(address).status_code for address in addresses}

    assert statuses == {403}


def test_an_account_of_another_commune_does_not_exist_for_a_local_administrator(
    client, world: World, local: Person
) -> None:
    post = world.other_officer.posts.get()
    addresses = [
        reverse("organizations:account", args=[world.other_officer.pk]),
        reverse("organizations:give-post", args=[world.other_officer.pk]),
        reverse("organizations:close-account", args=[world.other_officer.pk]),
        reverse("organizations:end-post", args=[post.pk]),
    ]

    _as(client, local)
    statuses = {client.get(address).status_code for address in addresses}
    statuses |= {client.post(address, {"reason": "Thử"}).status_code for address in addresses[1:]}

    assert statuses == {404}
    assert Person.objects.get(pk=world.other_officer.pk).is_active
    assert Post.objects.get(pk=post.pk).held_to is None


def test_the_list_of_accounts_asks_a_settled_number_of_questions(
    client, world: World, django_assert_max_num_queries
) -> None:
    for number in range(30):
        person(f"nguoi{number}", f"Người {number}", Role.COMMUNE_OFFICER, world.son_kim, world.thach_ha)
    _as(client, world.administrator)

    with django_assert_max_num_queries(14):
        client.get(reverse("organizations:accounts"))


def test_accounts_are_narrowed_by_role_and_state_and_found_without_marks(client, world: World) -> None:
    Person.objects.filter(pk=world.other_leader.pk).update(is_active=False)

    leaders = _page(client, world.administrator, "organizations:accounts", role="commune_leader")
    closed = _page(client, world.administrator, "organizations:accounts", state="closed")
    found = _page(client, world.administrator, "organizations:accounts", q="dao le")

    assert "Phạm Văn Ân" in leaders
    assert "Lê Thị Đào" not in leaders
    assert "Hồ Văn Ước" in closed
    assert "Phạm Văn Ân" not in closed
    assert "Lê Thị Đào" in found
    assert "Phạm Văn Ân" not in found


def test_an_account_is_opened_with_a_password_shown_once_that_signs_in(client, world: World) -> None:
    answer = _as(client, world.administrator).post(
        reverse("organizations:open-account"),
        {
            "full_name": "Nguyễn Thị Lan",
            "username": "lan.nguyen",
            "email": "lan@hatinh.gov.vn",
            "phone": "0912 345 678",
        },
    )

    made = Person.objects.get(username="lan.nguyen")
    password = answer.context["password"]
    assert answer.status_code == 200
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert authenticate(RequestFactory().post("/"), username="lan.nguyen", password=password) == made
    assert password not in client.get(reverse("organizations:account", args=[made.pk])).content.decode()
    assert password not in str(Entry.objects.values_list("data", "refs"))
    assert policies.posts_of(made) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": ""},
        {"full_name": "x" * 121},
        {"username": ""},
        {"username": "Lan Nguyễn"},
        {"username": "canbo"},
        {"username": "l" * 61},
        {"email": "không phải thư"},
        {"phone": "0" * 21},
    ],
)
def test_a_wrong_account_is_refused_and_none_is_opened(client, world: World, wrong) -> None:
    before = Person.objects.count()
    told = {"full_name": "Nguyễn Thị Lan", "username": "lan.nguyen", "email": "", "phone": ""} | wrong

    answer = _as(client, world.administrator).post(reverse("organizations:open-account"), told)

    assert answer.status_code == 422
    assert Person.objects.count() == before
    assert not Entry.objects.exists()


def _post(world: World, **changes):
    return {
        "role": "commune_officer",
        "place": world.thach_ha.pk,
        "organization": world.department.pk,
        "held_from": "2026-01-05",
        "decision": "12/QĐ-UBND ngày 05/01/2026",
    } | changes


def test_a_post_is_given_and_journalled(client, world: World) -> None:
    answer = _as(client, world.administrator).post(
        reverse("organizations:give-post", args=[world.officer.pk]), _post(world)
    )

    given = world.officer.posts.get(place=world.thach_ha)
    assert answer["Location"] == reverse("organizations:account", args=[world.officer.pk])
    assert (given.role, given.held_from, given.organization) == ("commune_officer", date(2026, 1, 5), world.department)
    assert given.decision == "12/QĐ-UBND ngày 05/01/2026"
    assert Entry.objects.get(verb="post.given").actor == f"person:{world.administrator.pk}"
    assert "Xã Thạch Hà" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "vua"},
        {"role": ""},
        {"place": ""},
        {"place": "999999"},
        {"place": "xã"},
        {"organization": "999999"},
        {"held_from": "mồng năm"},
        {"decision": "x" * 201},
    ],
)
def test_a_wrong_post_is_refused_and_none_is_given(client, world: World, wrong) -> None:
    before = Post.objects.count()

    answer = _as(client, world.administrator).post(
        reverse("organizations:give-post", args=[world.officer.pk]), _post(world, **wrong)
    )

    assert answer.status_code == 422
    assert Post.objects.count() == before
    assert not Entry.objects.exists()


def test_a_local_administrator_gives_no_post_in_another_commune(client, world: World, local: Person) -> None:
    for place in (world.thach_ha, world.province, world.other_villages[0]):
        answer = _as(client, local).post(
            reverse("organizations:give-post", args=[world.officer.pk]), _post(world, place=place.pk)
        )
        assert answer.status_code == 422, place.name

    assert world.officer.posts.count() == 1


def test_the_same_post_is_not_given_twice(client, world: World) -> None:
    answer = _as(client, world.administrator).post(
        reverse("organizations:give-post", args=[world.officer.pk]), _post(world, place=world.son_kim.pk)
    )

    assert answer.status_code == 422
    assert "đang giữ chức danh này" in answer.content.decode()
    assert world.officer.posts.count() == 1


def test_a_post_is_ended_at_once_with_a_reason(client, world: World) -> None:
    post = world.officer.posts.get()

    answer = _as(client, world.administrator).post(
        reverse("organizations:end-post", args=[post.pk]), {"last_day": "", "reason": "Chuyển công tác"}
    )

    post.refresh_from_db()
    page = client.get(answer["Location"]).content.decode()
    assert post.held_to == clock.today() - timedelta(days=1)
    assert Entry.objects.get(verb="post.ended").reason.text == "Chuyển công tác"
    assert "Chuyển công tác" in page
    assert "Đã thôi" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_day": "2025-07-02", "reason": "Trễ"},
        {"last_day": "hôm qua", "reason": "Trễ"},
        {"last_day": "", "reason": ""},
        {"last_day": "", "reason": "x" * 301},
    ],
)
def test_a_post_is_not_ended_wrongly(client, world: World, wrong) -> None:
    post = world.officer.posts.get()

    answer = _as(client, world.administrator).post(reverse("organizations:end-post", args=[post.pk]), wrong)

    post.refresh_from_db()
    assert answer.status_code == 422
    assert post.held_to is None


def test_an_account_is_closed_with_a_reason_and_signs_in_no_more(client, world: World) -> None:
    address = reverse("organizations:close-account", args=[world.officer.pk])

    without = _as(client, world.administrator).post(address, {"reason": " "})
    still_open = Person.objects.get(pk=world.officer.pk).is_active
    answer = client.post(address, {"reason": "Nghỉ hưu"})

    world.officer.refresh_from_db()
    assert (without.status_code, still_open) == (422, True)
    assert answer["Location"] == reverse("organizations:account", args=[world.officer.pk])
    assert not world.officer.is_active
    assert "Đã đóng" in client.get(answer["Location"]).content.decode()
    assert client.post(address, {"reason": "Lần nữa"}).status_code == 409


def test_nobody_changes_the_own_account_or_posts(client, world: World) -> None:
    own = world.administrator
    post = own.posts.get()

    page = _page(client, own, "organizations:account", own.pk)
    statuses = {
        client.post(reverse("organizations:give-post", args=[own.pk]), _post(world)).status_code,
        client.post(reverse("organizations:end-post", args=[post.pk]), {"reason": "Thử"}).status_code,
        client.post(reverse("organizations:close-account", args=[own.pk]), {"reason": "Thử"}).status_code,
    }

    assert "Đây là tài khoản của chính bạn" in page
    assert reverse("organizations:give-post", args=[own.pk]) not in page
    assert statuses == {403}
    assert own.posts.get().held_to is None
    assert not Entry.objects.exists()


def test_a_person_with_a_post_elsewhere_is_not_closed_by_a_local_administrator(
    client, world: World, local: Person
) -> None:
    Post.objects.create(person=world.officer, role=Role.COMMUNE_OFFICER, place=world.thach_ha, held_from=SINCE)

    page = _page(client, local, "organizations:account", world.officer.pk)
    answer = client.post(reverse("organizations:close-account", args=[world.officer.pk]), {"reason": "Thử"})

    world.officer.refresh_from_db()
    assert reverse("organizations:close-account", args=[world.officer.pk]) not in page
    assert answer.status_code == 403
    assert world.officer.is_active


@pytest.mark.parametrize("who", ["officer", "communicator", "auditor", "administrator"])
def test_everybody_sees_the_own_account_with_the_ways_to_password_and_second_step(client, world: World, who) -> None:
    own = getattr(world, who)

    page = _page(client, own, "organizations:me")

    assert own.full_name in page
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page


def test_references_to_people_open_to_who_manages_them(world: World, local: Person) -> None:
    post = world.other_officer.posts.get()

    assert describe(Ref("person", str(world.other_officer.pk)), world.administrator) == (
        "Võ Thị Ánh",
        reverse("organizations:account", args=[world.other_officer.pk]),
    )
    assert describe(Ref("post", str(post.pk)), world.administrator) is not None
    assert describe(Ref("person", str(world.other_officer.pk)), local) is None
    assert describe(Ref("post", str(post.pk)), local) is None
    assert describe(Ref("post", "không-phải-số"), world.administrator) is None
    assert describe(Ref("organization", str(world.department.pk)), world.officer) is not None
    assert describe(Ref("organization", str(world.department.pk)), world.communicator) is None
