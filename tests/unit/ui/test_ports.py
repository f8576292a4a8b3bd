"""The rail, as each request sees it."""

import pytest
from django.test import RequestFactory

from coso.ui import ports
from coso.ui.ports import NavItem


@pytest.fixture(autouse=True)
def empty_rail(monkeypatch):
    monkeypatch.setattr(ports, "_nav", {})


def put(key, order, url_name="ui:patterns", **more):
    ports.register_nav(NavItem(key, key, "dot", url_name, order, **more))


def keys(path="/"):
    return [link.key for link in ports.nav_for(RequestFactory().get(path))]


def test_the_rail_follows_the_order_of_the_day():
    put("reports", 100)
    put("today", 10)
    put("plans", 20)

    assert keys() == ["today", "plans", "reports"]


def test_what_a_person_may_not_and_what_is_not_there_is_left_out():
    put("mine", 10, right=lambda request: request.path == "/")
    put("theirs", 20, right=lambda request: False)
    put("gone", 30, url_name="no-such:page")

    assert keys() == ["mine"]


def test_the_entry_of_this_page_is_the_one_with_the_longest_address():
    put("outer", 10, url_name="ui:patterns")
    put("inner", 20, url_name="ui:pattern_form")
    request = RequestFactory().get("/ban-lam-viec/mau-giao-dien/bieu-mau/buoc-2/")

    marked = [link.key for link in ports.nav_for(request) if link.current]

    assert marked == ["inner"]


def test_a_phone_keeps_the_four_most_used_in_the_order_of_the_day():
    for order, key in enumerate(["a", "b", "c", "d", "e", "f"]):
        put(key, order, phone={"f": 1, "b": 2}.get(key))

    near = ports.phone_nav(ports.nav_for(RequestFactory().get("/")))

    assert [link.key for link in near] == ["a", "b", "c", "f"]


def test_an_entry_says_how_much_waits():
    put("today", 10, badge=lambda request: 3)

    assert [link.badge for link in ports.nav_for(RequestFactory().get("/"))] == [3]


def test_the_rail_stands_under_headings_and_loses_nothing():
    for key, order in [
        ("today", 10),
        ("papers", 16),
        ("registry", 70),
        ("networks", 215),
        ("accounts", 220),
        ("me", 290),
    ]:
        put(key, order)
    links = ports.nav_for(RequestFactory().get("/"))

    groups = ports.nav_groups(links)

    assert [(group.key, [link.key for link in group.links]) for group in groups] == [
        ("day", ["today", "papers"]),
        ("means", ["registry", "networks"]),
        ("system", ["accounts", "me"]),
    ]
    assert ports.nav_groups(links[:1])[0].heading == ""
    assert ports.nav_groups([]) == []
