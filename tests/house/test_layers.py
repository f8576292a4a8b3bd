"""Who may import whom."""

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, apps

pytestmark = pytest.mark.house


def contracts() -> configparser.ConfigParser:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    return config


def test_every_import_stands_below_the_file_that_imports():
    program = Path(sys.executable).with_name("lint-imports")

    found = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, (
        f"{found.stdout[-4000:]}\nUse an event, a port or a Ref to reach upward (docs: the three ways upward)."
    )


def test_every_app_keeps_its_inner_order():
    without_order = {"site", "kit", "ui", "desk", "portal", "gateway", "api"}
    ordered = {line.removeprefix("coso.") for line in contracts()["importlinter:contract:inner"]["containers"].split()}

    forgotten = set(apps()) - without_order - ordered

    assert not forgotten, f"Name {sorted(forgotten)} in the contract `inner` of .importlinter."
