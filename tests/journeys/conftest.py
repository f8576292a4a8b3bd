"""What the walks share: the system, started once; the browser; people who open it; where the pictures are."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.given import Given
from tests.support import oidc
from tests.support.browser import SHOTS, Visitor, browser
from tests.support.mail import Mailbox, mail_server
from tests.support.oidc import Issuer
from tests.support.system import System, running


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say where the pictures are."""
    many = len(list(SHOTS.glob("*.png")))
    if many:
        terminalreporter.write_line(f"{many} pictures of the walks: {SHOTS}")


# Package, not session: playwright's event loop must be gone before a test with a database runs in this process.
@pytest.fixture(scope="package")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    """Give the province's single sign-on."""
    with oidc.running(tmp_path_factory.mktemp("issuer")) as started:
        yield started


@pytest.fixture(scope="package")
def mailbox() -> Iterator[Mailbox]:
    """Give the province's mail server."""
    with mail_server() as started:
        yield started


@pytest.fixture(scope="package")
def system(issuer: Issuer, mailbox: Mailbox) -> Iterator[System]:
    """Give the whole system with the demo province and its loudspeakers, which knows the single sign-on and mail."""
    mail = {"COSO_EMAIL_URL": mailbox.url, "COSO_EMAIL_FROM": "coso@hatinh.example"}
    with running(**issuer.options, **mail) as started:
        yield started


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give the browser; the pictures of an earlier run are gone."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    with browser() as started:
        yield started


@pytest.fixture(scope="package")
def given(system: System) -> Iterator[Given]:
    """Give what a walk may take as having happened before."""
    made = Given(system)
    yield made
    made.close()


@pytest.fixture(scope="package")
def signed_in() -> dict[str, Any]:
    """Keep the cookies of who signed in before, by username."""
    return {}


@pytest.fixture
def visit(
    system: System, chromium: Browser, signed_in: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """Give a maker of people at a browser: `visit(story, size="phone", as_="duyet")`."""
    opened: list[Visitor] = []
    failed = request.session.testsfailed

    def one_more(story: str, *, size: str = "desk", as_: str = "", **options: Any) -> Visitor:
        if as_:
            options["storage_state"] = signed_in.get(as_)
        visitor = Visitor(chromium, system.web, story, size=size, **options)
        opened.append(visitor)
        if as_ and as_ not in signed_in:
            visitor.sign_in(as_, system.password)
            signed_in[as_] = visitor.context.storage_state()
        return visitor

    yield one_more
    try:
        if request.session.testsfailed > failed:
            for number, visitor in enumerate(opened):
                print(f"{visitor.page.url}: {visitor.shot(f'FAILED-{number}')}")  # noqa: T201 the clue in the log
            print(system.last_words())  # noqa: T201
        else:
            for visitor in opened:
                visitor.assert_calm()
    finally:
        for visitor in opened:
            visitor.context.close()
