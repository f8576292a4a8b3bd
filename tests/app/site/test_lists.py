"""No page of the desk asks the database more than a page needs, over the whole demo province."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.organizations.models import Person
from coso.organizations.rules import Role
from coso.site.demo import DEMO_ACCOUNTS, load_demo
from coso.ui.lists import ListSpec
from tests.house.authorization import address, doors, read

pytestmark = pytest.mark.django_db

# Signing in, posts, the shell's own figures, the count, the rows and what is joined to them.
LIST_CEILING = 25
PAGE_CEILING = 60


@pytest.fixture
def account(client, request):
    """Sign in the demo's first person of a role."""
    load_demo()
    username = next(account.username for account in DEMO_ACCOUNTS if account.role is request.param)
    client.force_login(Person.objects.get(username=username))
    return username


@pytest.mark.parametrize("account", [Role.PROVINCIAL_EDITOR, Role.COMMUNE_OFFICER, Role.ADMINISTRATOR], indirect=True)
def test_every_page_stays_under_its_ceiling_of_queries(client, account):
    faults, seen = [], 0

    for door in doors():
        if door.arguments:
            continue
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = read(client.get(address(door)))
        is_list = isinstance((answer.context or {}).get("spec"), ListSpec)
        seen += is_list
        if len(asked) > (LIST_CEILING if is_list else PAGE_CEILING):
            faults.append(f"{address(door)}: {len(asked)} queries, such as {asked[-1]['sql'][:200]}")

    assert faults == []
    assert seen > 0
