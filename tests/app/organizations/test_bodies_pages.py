"""The pages of bodies through their doors: of a day, by then and by now, shown before they are changed."""

from datetime import date

import pytest
from django.urls import reverse

from coso.kit import clock
from coso.organizations import actions, ports
from coso.organizations.models import BodyChange, FieldLead, Organization
from coso.organizations.rules import Role
from coso.ui.lists import Line
from tests.support.world import SINCE, World, person

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


@pytest.fixture
def old(world: World) -> Organization:
    return Organization.objects.create(
        code="so-tttt",
        name="Sở Thông tin và Truyền thông",
        kind="provincial_department",
        place=world.province,
        valid_to=date(2025, 2, 28),
        successor=world.department,
        successor_verified=False,
    )


@pytest.fixture
def office(world: World) -> Organization:
    return Organization.objects.create(
        code="vp", name="Văn phòng Cũ", kind="provincial_office", place=world.province, valid_from=SINCE
    )


def page(client, who, name, *args, **asked) -> str:
    client.force_login(who)
    answer = client.get(reverse(f"organizations:{name}", args=args), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_day_of_then_is_told_by_the_bodies_of_then_or_of_now(client, world, old):
    then = page(client, world.officer, "organizations", on="2017-06-01")
    now = page(client, world.officer, "organizations", **{"on": "2017-06-01", "don-vi": "hien-nay"})

    assert "2 cơ quan, đơn vị tại ngày 01/06/2017." in then
    assert "Nay là" in then
    assert "1 cơ quan, đơn vị tại ngày 01/06/2017." in now
    assert f'href="{reverse("organizations:organization", args=[old.pk])}"' not in now


def test_the_list_says_who_leads_and_that_it_is_not_verified(client, world):
    FieldLead.objects.create(organization=world.department, from_on=date(2025, 3, 1))

    assert "Chưa xác minh" in page(client, world.officer, "organizations")
    assert "chưa ghi" in page(client, world.officer, "organizations", on="2020-01-01")


def test_the_list_asks_as_much_for_many_bodies_as_for_one(client, world, django_assert_max_num_queries):
    for number in range(30):
        Organization.objects.create(
            code=f"b-{number}",
            name=f"Trung tâm {number}",
            kind="provincial_office",
            place=world.province,
            parent=world.department,
            valid_to=date(2025, 1, 1),
            successor=world.department,
        )
    client.force_login(world.administrator)

    for asked in ({}, {"on": "2020-01-01"}, {"on": "2020-01-01", "don-vi": "hien-nay"}, {"don-vi": "khi-do"}):
        with django_assert_max_num_queries(20):
            client.get(reverse("organizations:organizations"), asked)


def test_the_page_of_a_body_tells_its_life_and_what_hung_on_the_one_before(client, world, old):
    person("cu", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=old)

    now = page(client, world.administrator, "organization", world.department.pk)
    then = page(client, world.officer, "organization", old.pk)

    assert "Trước và sau đơn vị này" in now
    assert "Ngô Văn Hòa" in now
    assert "giao cho Sở Thông tin và Truyền thông" in now
    assert "nay là" in then
    assert "Đổi tên" not in then


def test_other_apps_show_what_hangs_on_a_body_and_those_before(client, world, old, monkeypatch):
    monkeypatch.setattr(ports, "_body_lines", {})
    ports.register_body_lines(
        "codes", "Mã", lambda who, bodies: [Line(", ".join(sorted(f"[{one.code}]" for one in bodies)))]
    )

    assert "[so-tttt], [so-vhttdl]" in page(client, world.officer, "organization", world.department.pk)
    assert "[so-tttt]" in page(client, world.officer, "organization", old.pk)


def test_a_merger_is_shown_first_and_done_when_it_is_confirmed(client, world, office):
    client.force_login(world.administrator)
    address = reverse("organizations:merge-bodies", args=[office.pk])
    sent = {
        "bodies": [world.department.pk],
        "into": "",
        "name": "Sở Mới",
        "from_on": "2026-06-01",
        "decision": "15/QĐ-UBND",
    }

    preview = client.post(address, sent)

    assert preview.status_code == 200
    shown = preview.content.decode()
    assert "Chưa có gì thay đổi" in shown
    assert "Sở Mới" in shown
    assert "2 bản ghi đang gắn với đơn vị này" in shown
    assert not BodyChange.objects.exists()

    done = client.post(address, sent | {"confirmed": "yes"})

    made = Organization.objects.get(name="Sở Mới")
    assert done.url == reverse("organizations:organization", args=[made.pk])
    assert set(made.origins.all()) == {office, world.department}


def test_what_cannot_be_is_said_before_anything_is_shown_and_keeps_what_was_typed(client, world, office):
    client.force_login(world.administrator)

    answer = client.post(
        reverse("organizations:rename-body", args=[office.pk]),
        {"name": "Văn phòng Cũ", "short_name": "", "from_on": "2026-06-01", "decision": "15/QĐ-UBND"},
    )

    assert answer.status_code == 422
    assert "Đây là tên hiện có." in answer.content.decode()
    assert "15/QĐ-UBND" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("rename-body", {"name": "Văn phòng Mới"}),
        ("move-body", {"parent": ""}),
        ("dissolve-body", {"successor": ""}),
    ],
)
def test_each_change_has_its_page(client, world, office, name, sent):
    client.force_login(world.administrator)
    if name == "move-body":
        sent = {"place": world.son_kim.pk, "parent": world.department.pk}
    address = reverse(f"organizations:{name}", args=[office.pk])
    told = {"from_on": "2026-06-01", "decision": "15/QĐ-UBND", **sent}

    assert client.get(address).status_code == 200
    assert client.post(address, told).status_code == 200
    assert client.post(address, told | {"confirmed": "yes"}).status_code == 302

    office.refresh_from_db()
    assert office.valid_to == date(2026, 5, 31)


def test_a_change_is_undone_on_its_page(client, world, office):
    new = actions.rename_body(
        by=world.administrator, body=office, name="Văn phòng Mới", from_on=DAY, decision="15/QĐ-UBND"
    )
    address = reverse("organizations:body-change", args=[new.begun_by_id])
    assert "Văn phòng Mới" in page(client, world.administrator, "body-changes")
    assert "Hoàn tác thay đổi" in page(client, world.administrator, "body-change", new.begun_by_id)

    answer = client.post(address, {"reason": "Ghi nhầm"})

    assert answer.status_code == 302
    office.refresh_from_db()
    assert office.valid_to is None
    assert "Thay đổi này đã được hoàn tác." in page(client, world.administrator, "body-change", new.begun_by_id)


def test_the_list_of_changes_asks_as_much_for_many_as_for_one(client, world, django_assert_max_num_queries):
    for number in range(30):
        BodyChange.objects.create(kind="add", from_on=DAY, decision=str(number))
    client.force_login(world.administrator)

    with django_assert_max_num_queries(12):
        client.get(reverse("organizations:body-changes"))


def test_a_body_is_entered_on_its_page(client, world):
    client.force_login(world.administrator)

    answer = client.post(
        reverse("organizations:add-body"),
        {"name": "Sở Mới", "kind": "provincial_department", "from_on": "2026-06-01", "decision": "15/QĐ-UBND"},
    )

    assert answer.status_code == 302
    assert Organization.objects.get(name="Sở Mới").code == "so-moi"


def test_who_leads_is_said_and_taken_back_on_its_pages(client, world):
    client.force_login(world.administrator)
    told = {"organization": world.department.pk, "from_on": "2025-03-01", "source": "Nghị quyết 1", "is_verified": "on"}

    assert client.post(reverse("organizations:set-lead"), told).status_code == 302
    lead = FieldLead.objects.get()
    assert f"Hiện nay {world.department.name} phụ trách." in page(client, world.officer, "leads")
    client.force_login(world.administrator)
    changed = {"organization": world.department.pk, "source": ""}
    assert client.post(reverse("organizations:edit-lead", args=[lead.pk]), changed).status_code == 302
    lead.refresh_from_db()
    assert (lead.from_on, lead.is_verified) == (date(2025, 3, 1), False)
    assert client.post(reverse("organizations:remove-lead", args=[lead.pk]), {"reason": "Nhầm"}).status_code == 302
    assert not FieldLead.objects.exists()


def test_nobody_else_opens_the_pages_that_change_bodies(client, world, office):
    local = person("quantri.sk", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)
    names = ["add-body", "body-changes", "set-lead"]
    addresses = [reverse(f"organizations:{name}") for name in names]
    changing = ["rename-body", "move-body", "merge-bodies", "dissolve-body"]
    addresses += [reverse(f"organizations:{name}", args=[office.pk]) for name in changing]

    for who in (world.officer, world.editor, world.auditor, local):
        client.force_login(who)
        assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(world.administrator)
    assert {client.get(address).status_code for address in addresses} == {200}
    assert client.get(reverse("organizations:rename-body", args=[999999])).status_code == 404
    assert office.valid_from is not None
    assert office.valid_from <= clock.today()


def test_facilities_and_tasks_of_then_stand_on_the_page_of_the_body_of_now(client, world, old):
    station = world.clusters[0].station
    station.organization = old
    station.save()

    assert station.name in page(client, world.officer, "organization", world.department.pk)
    assert station.name not in page(client, world.other_officer, "organization", world.department.pk)


def test_what_hangs_on_a_body_of_then_is_said_with_the_one_of_now(client, world, old):
    holder = person("cu", "Ngô Văn Hòa", Role.PROVINCIAL_EDITOR, world.province, organization=old)
    lost = Organization.objects.create(code="x", name="Trung tâm X", kind="press", valid_to=date(2025, 1, 1))

    said = "Sở Thông tin và Truyền thông (nay là Sở Văn hóa, Thể thao và Du lịch)"
    assert said in page(client, world.administrator, "account", holder.pk)
    assert (old.today, world.department.today, lost.today) == (world.department, world.department, None)
    assert (world.department.said_today, lost.said_today) == (world.department.name, "Trung tâm X")
