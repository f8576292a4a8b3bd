"""The lists lead to the page where a file is brought in, whoever may."""

import pytest
from django.urls import reverse

from tests.support.world import World

pytestmark = pytest.mark.django_db

LISTS = [
    ("registry:facilities", [], "thiet-che"),
    ("registry:clusters", [], "cum-loa"),
    ("registry:equipment-list", [], "thiet-bi"),
    ("registry:use", [], "su-dung"),
    ("registry:defects", [], "hu-hong"),
    ("registry:coverage-villages", [], "tin-hieu"),
    ("places:places", [], "thon"),
    ("organizations:network", ["tuyen-truyen-vien"], "tuyen-truyen-vien"),
]


@pytest.mark.parametrize(("name", "arguments", "kind"), LISTS)
def test_a_list_leads_an_officer_to_its_register_and_nobody_else(client, world: World, name, arguments, kind) -> None:
    link = f'href="{reverse("desk:register", args=[kind])}"'
    address = reverse(name, args=arguments)

    client.force_login(world.officer)
    officers = client.get(address).content.decode()
    client.force_login(world.auditor)
    auditors = client.get(address).content.decode()

    assert link in officers
    assert link not in auditors
