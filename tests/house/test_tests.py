"""What every test owes its reader: it can fail, it always runs, its name is a sentence."""

import ast

import pytest

from tests.house.repository import ROOT, files_of, name, told

pytestmark = pytest.mark.house

# Calls that fail by themselves when what they say does not hold.
CHECKS = {"raises", "warns", "django_assert_num_queries", "django_assert_max_num_queries", "expect", "fail"}
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def every_test():
    """Give each test with its file and the names of the file's own helpers that can fail."""
    for path in files_of(".py", under=ROOT / "tests"):
        if path.name.startswith("test_"):
            functions = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, FUNCTION)]
            helpers = {n.name for n in functions if can_fail(n, CHECKS) and not n.name.startswith("test_")}
            for node in functions:
                if node.name.startswith("test_"):
                    yield path, node, helpers


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def can_fail(function: ast.AST, checks: set[str]) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and (called(node) in checks or called(node).startswith("assert")))
        for node in ast.walk(function)
    )


def test_every_test_asserts_something():
    faults = [
        f"{name(path)}: {node.name}" for path, node, helpers in every_test() if not can_fail(node, CHECKS | helpers)
    ]

    assert faults == [], told([*faults, "Assert the exact value; name a helper that asserts `assert_…`."])


def test_no_test_is_skipped():
    skipping = {"skip", "skipif", "xfail", "importorskip", "skipIf", "skipUnless"}

    faults = [
        f"{name(path)}:{node.lineno}"
        for path in files_of(".py", under=ROOT / "tests")
        if path.name != "test_tests.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in skipping
    ]

    assert faults == [], told([*faults, "Mark what holds on one database `sqlite` or `postgres`."])


def test_the_name_of_a_test_is_a_sentence():
    faults = [f"{name(path)}: {node.name}" for path, node, _helpers in every_test() if node.name.count("_") < 3]

    assert faults == [], told([*faults, "Say what the test shows: test_nobody_approves_their_own_item."])
