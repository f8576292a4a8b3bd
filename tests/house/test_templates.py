"""What a template may hold."""

import re

import pytest

from tests.house.repository import SERVER, files_of, name, told

pytestmark = pytest.mark.house

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an on… handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "htmx that runs code": re.compile(r"<[^>]*\s(data-)?hx-(on|vals=[\"']js:)", re.IGNORECASE),
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<inside>.*?)</script>", re.IGNORECASE | re.DOTALL)
# A part of a language, not of a program: JSON for our own modules.
DATA = re.compile(r"type\s*=\s*[\"']application/(ld\+)?json[\"']", re.IGNORECASE)
TOO_LONG = 120


def templates():
    return [path for path in files_of(".html", ".svg", under=SERVER) if "templates" in path.parts]


def without_comments(text: str) -> str:
    text = re.sub(r"{% comment .*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def test_no_template_holds_style_or_script():
    faults = []

    for path in templates():
        text = without_comments(path.read_text())
        faults += [f"{name(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
        for script in SCRIPT.finditer(text):
            if script["inside"].strip() and not DATA.search(script["attributes"]):
                faults.append(f"{name(path)}: a script element with code")

    assert faults == [], told([*faults, "Use a class, or a data- attribute and a module in static/<app>/js/."])


def test_no_form_that_changes_something_lacks_its_token():
    forms = re.compile(r"<form\b[^>]*method\s*=\s*[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)

    faults = [
        name(path) for path in templates() for form in forms.findall(path.read_text()) if "{% csrf_token %}" not in form
    ]

    assert faults == [], f"Put {{% csrf_token %}} into the forms of {faults}."


def test_a_template_is_a_page_or_a_part_not_a_program():
    faults = [f"{name(path)}: {n} lines" for path in templates() if (n := path.read_text().count("\n")) > TOO_LONG]

    assert faults == [], told([*faults, f"Split what is longer than {TOO_LONG} lines into parts; aim for 20 to 60."])
