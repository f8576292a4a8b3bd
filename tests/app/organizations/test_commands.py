"""`coso accounts` and `coso organizations`."""

import pytest
from click.testing import CliRunner

from coso.organizations import policies
from coso.organizations.commands import accounts, organizations
from coso.organizations.models import Organization, Person
from coso.places.actions import load_hatinh

pytestmark = pytest.mark.django_db


def _open(*words: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(accounts, ["open", *words, "--password", "cay-cam-ben-song-la"])


def test_the_first_administrator_is_made_from_a_terminal() -> None:
    load_hatinh()

    done = _open("quantri", "Bùi Thị Yến", "--role", "administrator", "--place", "42")

    assert done.exit_code == 0
    assert "Bùi Thị Yến" in done.stdout
    assert policies.may(Person.objects.get(username="quantri"), "account.manage")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["quantri", "Bùi Thị Yến", "--role", "vua", "--place", "42"], "vua"),
        (["quantri", "Bùi Thị Yến", "--role", "administrator", "--place", "439"], "439"),
        (["Quản Trị", "Bùi Thị Yến", "--role", "administrator", "--place", "42"], "60"),
    ],
)
def test_a_wrong_word_is_named_and_nobody_is_made(words: list[str], named: str) -> None:
    load_hatinh()

    done = _open(*words)

    assert done.exit_code == 2
    assert named in done.stderr
    assert not Person.objects.exists()


def test_agencies_wait_for_places() -> None:
    done = CliRunner().invoke(organizations, ["load"])

    assert done.exit_code == 1
    assert "coso places load" in done.stderr
    assert not Organization.objects.exists()
