"""What the pages of the repository promise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from coso.site import options
from tests.house.repository import ROOT, files_of, name, told

pytestmark = pytest.mark.house

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
FRAGMENT = re.compile(r"^\+[a-z0-9-]+\.(?P<kind>[a-z]+)\.md$")


def test_every_link_inside_the_repository_leads_somewhere():
    faults = []
    for path in files_of(".md"):
        for target in LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.DOTALL)):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (path.parent / target.partition("#")[0]).exists():
                faults.append(f"{name(path)}: {target}")

    assert faults == [], told(faults)


def test_the_page_of_settings_is_up_to_date():
    printed = options.reference()

    assert (ROOT / "docs/reference/settings.md").read_text() == printed, "Print it anew: make docs"


def test_every_setting_is_read_in_one_place():
    # Handing the whole environment to a child is no reading.
    reading = re.compile(r"os\.environ(\[|\.get|\.setdefault|\.pop)|getenv\(")
    # They name Django's settings before those can be read.
    allowed = {"site/options.py", "site/cli.py", "site/wsgi.py"}

    faults = [
        name(path)
        for path in files_of(".py", under=ROOT / "server")
        if reading.search(path.read_text()) and not any(name(path).endswith(end) for end in allowed)
    ]

    assert faults == [], f"Add an Option to coso.site.options instead of reading the environment in {faults}."


def test_every_decision_is_titled_by_what_was_decided():
    found = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [path.name[:4] for path in found]

    faults = [name(path) for path in found if not re.fullmatch(r"\d{4}(-[a-z0-9]+){3,}\.md", path.name)]

    assert faults == []
    assert len(set(numbers)) == len(numbers), f"Two decisions share a number: {numbers}"


def test_every_piece_of_news_is_one_that_towncrier_tells():
    kinds = set(re.findall(r'^directory = "([a-z]+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)) - {
        "changes"
    }
    faults = []
    for path in files_of(".md", under=ROOT / "changes"):
        matched, text = FRAGMENT.match(path.name), path.read_text().strip()
        if not matched or matched["kind"] not in kinds:
            faults.append(f"{name(path)}: name it +what-it-is-about.KIND.md, KIND being one of {sorted(kinds)}")
        if not text.endswith(".") or "\n\n" in text or len(text) > 300:
            faults.append(f"{name(path)}: write one or two sentences, of what a person notices")

    assert faults == [], told(faults)


def test_the_news_can_be_told():
    program = Path(sys.executable).with_name("towncrier")

    found = subprocess.run(
        [program, "build", "--draft", "--version", "next"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stderr
