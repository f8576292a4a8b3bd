"""What every source file owes its reader."""

import ast

import pytest

from tests.house.repository import ROOT, SERVER, files_of, name, told

pytestmark = pytest.mark.house


def parsed(under):
    return [(path, ast.parse(path.read_text())) for path in files_of(".py", under=under)]


def test_every_module_says_what_happens_there():
    faults = [
        name(path)
        for folder in (SERVER, ROOT / "wire", ROOT / "agent")
        for path, tree in parsed(folder)
        if "migrations" not in path.parts and ast.get_docstring(tree) is None
    ]

    assert faults == [], told([*faults, "Start each with the sentence that you would say aloud about it."])


def test_there_is_one_clock():
    allowed = {"server/coso/kit/clock.py"}
    asking = {"now", "utcnow", "today"}

    faults = [
        f"{name(path)}:{node.lineno}"
        for path, tree in parsed(SERVER)
        if name(path) not in allowed
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asking
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone"}
    ]

    assert faults == [], told([*faults, "Ask coso.kit.clock: tests and drills can then set the time."])
