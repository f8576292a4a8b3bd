"""What takes longer than the quick suite allows; `make slow` runs it and prints its table into the documentation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.gateway import system as systems
from tests.app.gateway.system import System


@pytest.fixture
def system(tmp_path: Path, settings, django_db_blocker) -> Iterator[System]:  # type: ignore[no-untyped-def]
    """Give a running gateway and signer over a database of their own."""
    settings.DATA, settings.MEDIA = tmp_path / "data", tmp_path / "data" / "media"
    with (
        django_db_blocker.unblock(),
        systems.running(tmp_path / "data") as running,
        systems.connected(running.database),
    ):
        yield running


@pytest.fixture
def figure(record_property):  # type: ignore[no-untyped-def]
    """Note a figure for the table: `figure("devices", 1000)`. A figure is told, never compared with a limit."""
    return record_property
