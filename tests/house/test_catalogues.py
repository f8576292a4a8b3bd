"""Everything that a person reads on screen is there in Vietnamese."""

import unicodedata
from collections import defaultdict

import pytest

from tests.house.messages import catalogue, placeholders, used
from tests.house.repository import apps, name, told

pytestmark = pytest.mark.house

# Words that every page shares; any app may use them without repeating them.
SHARED = "ui"

# One thing has one name on every page; what stands on the left was said beside it once.
SETTLED = {
    "chức trách": "chức danh",
    "giữ vị trí": "giữ chức danh",
    "giao vị trí": "giao chức danh",
    "chưa kiểm chứng": "chưa xác minh",
    "giờ yên lặng": "giờ yên tĩnh",
    "nói trực tiếp": "báo trực tiếp",
    "truyền đạt": "báo trực tiếp",
    "lần phát": "lượt phát",
    "im lặng": "mất liên lạc",
    "quản trị viên": "người quản trị",
    "đơn vị kế tiếp": "đơn vị kế thừa",
    "tên tài khoản": "tên đăng nhập",
}


def forms(message):
    """Give the translations of an entry: one, or one for each plural form."""
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


@pytest.mark.parametrize("app", apps())
def test_every_text_of_the_app_is_in_its_vietnamese_catalogue(app):
    own, shared = catalogue(app), catalogue(SHARED)
    faults = []

    for text in used(app):
        entry = own.get(text.text, text.context) or shared.get(text.text, text.context)
        where = f"{name(text.path)}:{text.line}: {text.text!r}"
        if entry is None:
            faults.append(f"{where} is not in {app}/locale/vi/LC_MESSAGES/django.po")
        elif not all(forms(entry)):
            faults.append(f"{where} has no Vietnamese")
        elif text.plural and not entry.pluralizable:
            faults.append(f"{where} needs msgid_plural and msgstr[0]")

    assert faults == [], told(faults)


@pytest.mark.parametrize("app", apps())
def test_the_vietnamese_keeps_every_named_place(app):
    faults = []

    for entry in catalogue(app):
        if not entry.id:
            continue
        # With one plural form the Vietnamese follows the plural, which has the number.
        english = entry.id[1] if isinstance(entry.id, list | tuple) else entry.id
        for vietnamese in forms(entry):
            if vietnamese and placeholders(english) != placeholders(vietnamese):
                faults.append(f"{english!r} → {vietnamese!r}")

    assert faults == [], told([*faults, "A page with such a text fails, or shows less than it should."])


@pytest.mark.parametrize("app", apps())
def test_the_catalogue_is_settled(app):
    faults = [f"{entry.id!r} is marked fuzzy" for entry in catalogue(app) if entry.id and entry.fuzzy]
    faults += [
        f"{vietnamese!r} is not composed (NFC)"
        for entry in catalogue(app)
        for vietnamese in forms(entry)
        if vietnamese and unicodedata.normalize("NFC", vietnamese) != vietnamese
    ]

    assert faults == [], told(faults)


def test_one_english_text_has_one_vietnamese():
    """Django joins all catalogues: of two translations of the same text, every page shows the same one."""
    found = defaultdict(dict)
    for app in apps():
        for entry in catalogue(app):
            if entry.id and all(forms(entry)):
                english = entry.id[0] if isinstance(entry.id, list | tuple) else entry.id
                found[(entry.context, english)].setdefault(tuple(forms(entry)), app)

    faults = [
        f"{english!r}: " + "; ".join(f"{app} says {form[0]!r}" for form, app in by.items())
        for (_context, english), by in found.items()
        if len(by) > 1
    ]

    assert faults == [], told([*faults, "Agree on one, or give one of them a context (pgettext, translate … context)."])


@pytest.mark.parametrize("app", apps())
def test_a_thing_with_a_settled_name_is_called_nothing_else(app):
    faults = [
        f"{vietnamese!r} says “{word}”; say “{settled}”"
        for entry in catalogue(app)
        for vietnamese in forms(entry)
        for word, settled in SETTLED.items()
        if entry.id and vietnamese and word in vietnamese.lower()
    ]

    assert faults == [], told(faults)
