"""Every list page has a ceiling on its queries: a list must not ask once for each row."""

import ast
import re

import pytest

from tests.house.repository import ROOT, SERVER, files_of, name, told

pytestmark = pytest.mark.house

COUNTS = re.compile(r"django_assert_(max_)?num_queries|CaptureQueriesContext|assertNumQueries")


def lists():
    """Give each list that an app makes: its app, where, its key."""
    for path in files_of(".py", under=SERVER):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and "ListSpec" in {
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            }:
                keys = [k.value.value for k in node.keywords if k.arg == "key" and isinstance(k.value, ast.Constant)]
                yield path.relative_to(SERVER).parts[0], f"{name(path)}:{node.lineno}", keys[0] if keys else ""


def test_every_list_is_named_by_a_key_of_its_own():
    keys = [key for _app, _where, key in lists()]

    assert "" not in keys
    assert sorted(set(keys)) == sorted(keys)


def test_every_app_with_a_list_counts_its_queries_with_many_rows():
    counting = {
        path.relative_to(ROOT / "tests/app").parts[0]
        for path in files_of(".py", under=ROOT / "tests/app")
        if COUNTS.search(path.read_text())
    }

    faults = [f"{where}: {key}" for app, where, key in lists() if app not in counting]

    assert faults == [], told(
        [*faults, "In tests/app/<app>, open the page with 1 row and with 25: the same number of queries."]
    )
