"""The parts as a board, a chart and a calendar; the calendar that other programs read."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.kit import clock
from coso.organizations.models import Post
from coso.organizations.rules import Role
from coso.plans import actions
from coso.plans.models import CalendarAddress, Part, TaskState
from tests.app.plans.given import committee, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
VIEWS = ("plans:board", "plans:gantt", "plans:calendar")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def part(world):
    """Give the part of Sơn Kim 1 in 2026, due on 31 December, beside that of Thạch Hà."""
    body = committee(world.son_kim)
    committee(world.thach_ha)
    shared(world, body.name, "UBND Xã Thạch Hà")
    return Part.objects.get(organization=body, occurrence__period_from__year=2026)


def read(client, name, **asked):
    return client.get(reverse(name), {"thang": "2026-12", **asked}).content.decode()


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_shows_the_parts_in_ones_scope_and_links_the_others_with_the_same_filters(client, world, part, name):
    client.force_login(world.editor)
    page = read(client, name, unit=str(part.organization_id))
    address = reverse("plans:part", args=[part.pk])

    assert (address if name != "plans:gantt" else "Rà soát loa") in page
    for other in (*VIEWS, "plans:parts"):
        assert f"{reverse(other)}?unit={part.organization_id}" in page


@pytest.mark.parametrize("name", [*VIEWS, "plans:parts"])
def test_every_view_stands_under_the_tab_of_the_units_work(client, world, part, name):
    client.force_login(world.editor)

    tabs = read(client, name).split('<nav class="tabs"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == [reverse("plans:parts")]


def test_another_commune_is_not_shown(client, world, part):
    client.force_login(world.other_officer)

    for name in ("plans:board", "plans:calendar"):
        assert reverse("plans:part", args=[part.pk]) not in read(client, name)


def test_the_filters_of_the_list_narrow_every_view(client, world, part):
    client.force_login(world.editor)

    for name in VIEWS:
        assert "Rà soát loa" in read(client, name, q="son kim")
        assert "Rà soát loa" not in read(client, name, q="khong co gi")


def test_on_the_board_a_unit_begins_its_part_by_one_button(client, world, part):
    client.force_login(world.officer)

    answer = client.post(reverse("plans:begin", args=[part.pk]), {"back": "https://evil.example/"})

    part.refresh_from_db()
    assert (part.state, answer.url) == (TaskState.UNDER_WAY, reverse("plans:board"))
    client.force_login(world.other_officer)
    assert client.post(reverse("plans:begin", args=[part.pk])).status_code == 404


def test_the_board_offers_buttons_on_ones_own_parts_only(client, world, part):
    mine, begin = reverse("plans:report", args=[part.pk]), reverse("plans:begin", args=[part.pk])
    # As an auditor he reads the parts of every commune too; he reports on those of his own alone.
    Post.objects.filter(person=world.officer).update(organization=part.organization)
    province = world.son_kim.parent
    Post.objects.create(person=world.officer, role=Role.AUDITOR, place=province, held_from=date(2026, 1, 1))
    other = Part.objects.exclude(organization=part.organization).get(occurrence__period_from__year=2026)
    client.force_login(world.officer)

    page = read(client, "plans:board")

    assert mine in page
    assert begin in page
    assert reverse("plans:part", args=[other.pk]) in page
    assert reverse("plans:report", args=[other.pk]) not in page
    client.force_login(world.auditor)
    assert mine not in read(client, "plans:board")


def test_the_board_counts_late_parts_as_parts(client, world, part):
    Part.objects.filter(pk=part.pk).update(due_on=date(2026, 11, 1))
    client.force_login(world.officer)

    assert "1 phần việc. 1 phần việc đã quá hạn." in read(client, "plans:board")


@pytest.mark.parametrize("by", ["thang", "quy"])
def test_no_measure_of_the_chart_has_a_decimal_comma(client, world, part, by):
    client.force_login(world.editor)

    picture = re.search(r"<svg viewBox.*?</svg>", read(client, "plans:gantt", theo=by), re.DOTALL)[0]

    measures = re.findall(r' (?:viewBox|width|height|[xy][12]?|d[xy]|rx)="([^"]*)"', picture)
    assert len(measures) > 20
    assert [one for one in measures if not re.fullmatch(r"\d+(\.\d+)?( \d+(\.\d+)?)*", one)] == []


def test_the_chart_goes_by_months_and_by_quarters(client, world, part):
    client.force_login(world.editor)

    assert ">Th12<" in read(client, "plans:gantt")
    assert ">IV/28<" in read(client, "plans:gantt", theo="quy")
    assert "2031" in read(client, "plans:gantt", nam="2031")
    assert "2026" in read(client, "plans:gantt", nam="x")


@pytest.mark.parametrize("name", VIEWS)
def test_many_parts_cost_no_more_questions_than_one(client, world, part, name):
    client.force_login(world.editor)

    def count():
        with CaptureQueriesContext(connection) as asked:
            read(client, name)
        return len(asked)

    others = Part.objects.exclude(pk=part.pk)
    others.update(dropped_at=clock.now())
    count()
    few = count()
    others.update(dropped_at=None)

    assert count() == few


def test_a_month_that_makes_no_sense_is_this_month(client, world, part):
    client.force_login(world.editor)

    for asked in ("", "2026-13", "x", "0001-01", "9999-12"):
        assert "Tháng 11/2026" in read(client, "plans:calendar", thang=asked)


def feed(client, secret):
    return client.get(reverse("calendar-feed", args=[secret]))


def test_the_calendar_feed_reads_the_deadlines_of_ones_own_unit_only(client, world, part):
    secret = actions.make_calendar_address(person=world.officer)

    answer = feed(client, secret)

    text = re.sub(r"\r\n ", "", answer.content.decode())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20261231" in text
    assert f"UID:part-{part.pk}@coso" in text
    assert "SUMMARY:Đến hạn: II.1. Rà soát loa" in text
    assert "Thạch Hà" not in text
    assert answer["Cache-Control"].startswith("max-age=0, no-cache")


def test_the_address_follows_the_rights_of_its_owner_at_each_reading(client, world, part):
    secret = actions.make_calendar_address(person=world.officer)
    Post.objects.filter(person=world.officer).update(held_to=date(2026, 11, 1))

    assert feed(client, secret).status_code == 404
    Post.objects.filter(person=world.officer).update(held_to=None)
    world.officer.is_active = False
    world.officer.save()
    assert feed(client, secret).status_code == 404


def test_a_new_address_ends_the_old_one_and_a_withdrawn_one_reads_nothing(client, world, part):
    old = actions.make_calendar_address(person=world.officer)
    new = actions.make_calendar_address(person=world.officer)

    assert (feed(client, old).status_code, feed(client, new).status_code) == (404, 200)
    actions.withdraw_calendar_address(person=world.officer)
    assert feed(client, new).status_code == 404
    assert feed(client, "x").status_code == 404
    assert client.post(reverse("calendar-feed", args=[new])).status_code == 405


def test_the_address_is_shown_once_and_kept_as_a_hash(client, world, part):
    client.force_login(world.officer)

    page = client.post(reverse("plans:calendar-address"), {"make": "1"}).content.decode()

    secret = re.search(r"/lich/([\w-]+)\.ics", page)[1]
    assert feed(client, secret).status_code == 200
    assert secret not in CalendarAddress.objects.get().digest
    assert secret not in client.get(reverse("plans:calendar-address")).content.decode()
    client.post(reverse("plans:calendar-address"), {"withdraw": "1"})
    assert not CalendarAddress.objects.exists()
