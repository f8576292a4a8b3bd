"""The pages on which a deputy is named and ended, and where he is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coso.kit import clock
from coso.organizations import actions
from coso.organizations.models import Deputy
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _day(days: int) -> str:
    return f"{clock.today() + timedelta(days=days):%Y-%m-%d}"


def _page(client, who, name: str, *args: object) -> str:
    client.force_login(who)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def _post(world: World) -> int:
    return world.leader.posts.get().pk


@pytest.fixture
def deputy(world: World) -> Deputy:
    """Give the officer, who stands in for the leader this week."""
    today = clock.today()
    return actions.name_deputy(
        by=world.leader,
        post=world.leader.posts.get(),
        person=world.officer,
        from_on=today,
        to_on=today + timedelta(days=6),
    )


def test_a_leader_names_a_deputy_on_his_own_page(client, world: World) -> None:
    assert reverse("organizations:name-deputy", args=[_post(world)]) in _page(client, world.leader, "organizations:me")

    answer = client.post(
        reverse("organizations:name-deputy", args=[_post(world)]),
        {"person": world.officer.pk, "from_on": _day(0), "to_on": _day(6), "decision": "Số 12/QĐ-UBND"},
        follow=True,
    )

    assert answer.redirect_chain == [(reverse("organizations:me"), 302)]
    page = answer.content.decode()
    assert "Đã cử Lê Thị Đào làm thay Phạm Văn Ân." in page
    assert "Lê Thị Đào làm thay Phạm Văn Ân" in page
    assert Deputy.objects.get().decision == "Số 12/QĐ-UBND"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client, world: World) -> None:
    client.force_login(world.leader)

    answer = client.post(
        reverse("organizations:name-deputy", args=[_post(world)]),
        {"person": world.officer.pk, "from_on": _day(3), "to_on": _day(1), "decision": "Số 12/QĐ-UBND"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày cuối không được trước ngày đầu." in page
    assert "Số 12/QĐ-UBND" in page
    assert not Deputy.objects.exists()


@pytest.mark.parametrize("who", ["officer", "other_leader", "auditor"])
def test_for_others_the_page_does_not_exist(client, world: World, deputy: Deputy, who: str) -> None:
    client.force_login(getattr(world, who))

    assert client.get(reverse("organizations:name-deputy", args=[_post(world)])).status_code == 404
    ends = client.get(reverse("organizations:end-deputy", args=[deputy.pk])).status_code
    assert ends == (200 if who == "officer" else 404)


def test_it_is_shown_on_both_accounts_and_in_the_switch_of_workplaces(client, world: World, deputy: Deputy) -> None:
    holder = _page(client, world.administrator, "organizations:account", world.leader.pk)
    stand_in = _page(client, world.administrator, "organizations:account", world.officer.pk)
    own = _page(client, world.officer, "organizations:me")

    for page in (holder, stand_in, own):
        assert "Lê Thị Đào làm thay Phạm Văn Ân" in page
        assert "Đang làm thay" in page
    assert "Lãnh đạo UBND cấp xã, thay Phạm Văn Ân" in own
    assert reverse("organizations:name-deputy", args=[_post(world)]) not in own


def test_an_administrator_ends_it_and_comes_back_to_the_account(client, world: World, deputy: Deputy) -> None:
    client.force_login(world.administrator)

    answer = client.post(reverse("organizations:end-deputy", args=[deputy.pk]), {"reason": "Lãnh đạo về sớm"})

    assert answer["Location"] == reverse("organizations:account", args=[world.leader.pk])
    deputy.refresh_from_db()
    assert deputy.ended_at is not None


def test_a_list_of_accounts_by_role_finds_who_stands_in(client, world: World, deputy: Deputy) -> None:
    client.force_login(world.administrator)

    page = client.get(reverse("organizations:accounts"), {"role": "commune_leader"}).content.decode()

    assert "Lê Thị Đào" in page
    assert "Võ Thị Ánh" not in page
