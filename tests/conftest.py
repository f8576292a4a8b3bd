"""What every test may ask for."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.world import World


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without counting them as skipped, the tests that hold on the other database only."""
    other = "sqlite" if os.environ.get("COSO_DATABASE_URL", "").startswith("postgres") else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    """Give each test a media folder of its own."""
    settings.MEDIA = tmp_path / "media"
    # Hashing passwords slowly is right for people and wrong for a thousand tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Tasks run at once in tests; `tests/app/test_worker.py` runs the real queue.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings.MEDIA


@pytest.fixture
def world(db) -> "World":  # type: ignore[no-untyped-def]
    """Give a small province: two communes with three villages each, and somebody in every role."""
    from tests.support.world import build

    return build()
