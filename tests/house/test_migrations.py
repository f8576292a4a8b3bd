"""The tables and the models say the same."""

import re

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.house.repository import SERVER, name

pytestmark = pytest.mark.house


def test_migrations_make_what_the_models_describe():
    loader = MigrationLoader(None, ignore_no_migrations=True)

    # As makemigrations does: in Vietnamese every label would look changed.
    with translation.override(None, deactivate=True):
        wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)

    missing = {
        app: [operation.describe() for migration in migrations for operation in migration.operations]
        for app, migrations in wanted.items()
    }
    assert missing == {}, f"Write them: .venv/bin/python -m django makemigrations --name what_it_does\n{missing}"


def test_migrations_of_an_app_follow_one_another():
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


def test_a_migration_is_named_after_what_it_does():
    named_by_machine = re.compile(r"^\d{4}_(auto_|initial$|alter_|remove_.*_and_|.*_and_more$)")

    found = [name(p) for p in SERVER.glob("*/migrations/0*.py") if named_by_machine.match(p.stem)]

    assert found == [], f"Rename them to a sentence, such as 0007_item_remembers_approver: {found}"
