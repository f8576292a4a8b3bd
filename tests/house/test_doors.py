"""Every door of the site: who may open it is written down, and strangers stay outside the desk."""

import difflib

import pytest
from django.test import Client

from coso.organizations import rules
from tests.house.authorization import TABLE, address, doors, table
from tests.house.repository import told

pytestmark = pytest.mark.house


def test_every_door_is_in_the_table_of_who_may():
    written, live = TABLE.read_text().splitlines(), table().splitlines()

    changes = list(difflib.unified_diff(written, live, "written", "live", n=0, lineterm=""))

    assert changes == [], told(
        [*changes, "Is that who may? Then print the table anew with `make docs` and commit it with the door."]
    )


def test_every_page_of_the_desk_asks_for_a_right_that_exists():
    known = set().union(*rules.RIGHTS.values())

    faults = [f"/{door.route}: {door.right}" for door in doors() if door.is_desk and door.right not in known]

    assert faults == [], told([*faults, "Decorate the view with coso.organizations.doors.staff(RIGHT)."])


def test_no_public_page_asks_for_a_right():
    faults = [f"/{door.route}: {door.right}" for door in doors() if not door.is_desk and door.right]

    assert faults == [], told([*faults, "A page for staff lives under /ban-lam-viec/, where strangers are tested."])


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_of_the_desk_sends_a_stranger_to_sign_in(method):
    """No database is allowed here: whoever looks something up before asking who knocks, fails."""
    stranger = Client(enforce_csrf_checks=False)
    faults = []

    for door in doors():
        if door.is_desk:
            answer = getattr(stranger, method)(address(door))
            # The other method (405) is refused to everybody, and shows nothing.
            led_away = answer.status_code == 302 and answer["Location"].startswith("/tai-khoan/login/?next=")
            if not led_away and answer.status_code != 405:
                faults.append(f"{address(door)}: {answer.status_code}")

    assert faults == [], told(faults)


def test_a_stranger_through_htmx_is_led_to_sign_in_by_the_whole_page():
    door = next(door for door in doors() if door.is_desk and not door.arguments)

    answer = Client().get(address(door), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/tai-khoan/login/?next=")
    assert answer.content == b""
