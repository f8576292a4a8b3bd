"""Members, accounts, handovers and bodies stand under the unit of today, or under that of their day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from coso.kit import clock
from coso.organizations import actions
from coso.organizations.models import Communicator, Organization
from coso.places.models import Level
from tests.support.merged import merge
from tests.support.world import place

pytestmark = pytest.mark.django_db


def _shown(answer, label):
    place = next(i for i, head in enumerate(answer.context["heads"]) if str(head["label"]).startswith(label))
    return [str(row["cells"][place].shown) for row in answer.context["rows"]]


def test_a_communicator_recognised_by_a_commune_of_then_is_in_the_list_of_the_commune_of_today(client, world):
    Communicator.objects.create(
        full_name="Đặng Văn Ấm", place=world.son_kim, decision="12/QĐ-UBND", decided_on=date(2025, 8, 1)
    )
    new = merge(world)
    client.force_login(new.officer)
    address = reverse("organizations:network", args=["tuyen-truyen-vien"])

    now = client.get(address)
    then = client.get(address, {"don-vi": "khi-do"})

    assert _shown(now, "Thuộc") == ["Xã Hương Kim"]
    assert _shown(then, "Thuộc") == ["Xã Sơn Kim 1"]


THEN = {"don-vi": "khi-do"}


def test_the_posts_of_an_account_are_told_by_the_units_of_today_or_of_then(client, world):
    merge(world)
    client.force_login(world.administrator)
    address = reverse("organizations:accounts")

    now = client.get(address, {"q": "le thi dao"})
    then = client.get(address, {"q": "le thi dao", **THEN})

    assert _shown(now, "Chức danh") == ["Công chức phụ trách thông tin cấp xã, Xã Hương Kim"]
    assert _shown(then, "Chức danh đang giữ (khi đó)") == ["Công chức phụ trách thông tin cấp xã, Xã Sơn Kim 1"]


def test_a_post_at_a_unit_that_nobody_traced_says_so(client, world):
    lost = place("18002", "Xã Cũ", Level.COMMUNE, world.province, valid_to=clock.today() - timedelta(days=1))
    world.officer.posts.update(place=lost)
    client.force_login(world.administrator)

    shown = _shown(client.get(reverse("organizations:accounts"), {"q": "le thi dao"}), "Chức danh")

    assert shown == ["Công chức phụ trách thông tin cấp xã, Xã Cũ: chưa rõ nơi kế thừa"]


def test_a_handover_tells_the_posts_of_who_leaves_also_once_they_ended(client, world):
    made = actions.begin_handover(by=world.administrator, person=world.officer, last_day=clock.today())
    merge(world)
    client.force_login(world.administrator)
    address = reverse("organizations:handovers")
    now, then = client.get(address), client.get(address, THEN)

    actions.finish_handover(by=world.administrator, handover=made)

    assert _shown(now, "Chức danh") == ["Công chức phụ trách thông tin cấp xã, Xã Hương Kim"]
    assert _shown(then, "Chức danh (khi đó)") == ["Công chức phụ trách thông tin cấp xã, Xã Sơn Kim 1"]
    assert _shown(client.get(address), "Chức danh") == ["Công chức phụ trách thông tin cấp xã, Xã Hương Kim"]


def test_a_body_of_today_stands_at_the_unit_of_today_or_at_that_of_its_day(client, world):
    Organization.objects.create(code="tt", name="Trung tâm Sơn Kim", kind="commune_office", place=world.son_kim)
    merge(world)
    client.force_login(world.administrator)
    address = reverse("organizations:organizations")

    now = client.get(address, {"q": "son kim"})
    then = client.get(address, {"q": "son kim", **THEN})

    assert _shown(now, "Địa bàn") == ["Xã Hương Kim"]
    assert _shown(then, "Địa bàn (khi đó)") == ["Xã Sơn Kim 1"]
    assert [str(one["label"]) for one in now.context["filters"] if one["is_switch"]] == ["Theo đơn vị"]
