"""Every door of the desk, knocked at by somebody of every role: it opens to exactly those whose role has its right."""

import pytest

from coso.organizations import rules
from coso.organizations.rules import Role
from tests.house.authorization import address, doors, read

pytestmark = pytest.mark.django_db

PEOPLE = {
    Role.PROVINCIAL_EDITOR: "editor",
    Role.PROVINCIAL_APPROVER: "approver",
    Role.COMMUNE_OFFICER: "officer",
    Role.COMMUNE_LEADER: "leader",
    Role.COMMUNICATOR: "communicator",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}


def knock(client, door):
    status = read(client.get(address(door))).status_code
    return read(client.post(address(door))).status_code if status == 405 else status


@pytest.mark.parametrize("role", Role)
def test_a_door_opens_to_whose_role_has_its_right(client, world, role):
    """Nothing is behind the addresses knocked at: who may come in gets a page, or is told that there is nothing."""
    client.force_login(getattr(world, PEOPLE[role]))
    client.raise_request_exception = False
    faults = []

    for door in doors():
        if door.is_desk:
            status = knock(client, door)
            if rules.may(role, door.right) and status not in {200, 302, 404, 422}:
                faults.append(f"{address(door)} ({door.right}): {status} for one who may")
            if not rules.may(role, door.right) and status != 403:
                faults.append(f"{address(door)} ({door.right}): {status} for one who may not")

    assert faults == []


def test_public_doors_open_to_a_stranger(client, world):
    client.raise_request_exception = False

    statuses = {address(door): knock(client, door) for door in doors() if not door.is_desk}

    assert {where: status for where, status in statuses.items() if status not in {200, 302, 404, 422}} == {}
