"""Addresses that no file may hold: a registry's (a lock must work anywhere), a CDN's (pages load nothing foreign)."""

import re

import pytest

from tests.house.repository import files, name, told

pytestmark = pytest.mark.house

FOREIGN = [
    "pypi.org", "files.pythonhosted.org", "registry.npmjs.org", "registry.yarnpkg.com", "deb.debian.org",
    "cdn.jsdelivr.net", "unpkg.com", "cdnjs.cloudflare.com", "fonts.googleapis.com", "fonts.gstatic.com",
    "ajax.googleapis.com", "code.jquery.com", "esm.sh", "tile.openstreetmap.org",
]  # fmt: skip
LOADED = re.compile(r"(<script[^>]+src|<link[^>]+href|<img[^>]+src|@import|url\()\s*=?\s*[\"'(]?\s*(https?:)?//", re.I)


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_registry_or_a_cdn():
    faults = [
        f"{name(path)}: {host}"
        for path in files()
        if path.name != "test_addresses.py"
        for host in FOREIGN
        if host in text_of(path)
    ]

    assert faults == [], told([*faults, "Lock with `make lock`; front-end files come from packages at build time."])


def test_no_page_loads_anything_from_elsewhere():
    pages = [path for path in files() if path.suffix in {".html", ".css", ".svg"}]

    faults = [f"{name(path)}: {found[0]}" for path in pages for found in LOADED.finditer(text_of(path))]

    assert faults == [], told([*faults, "Everything a page loads is served by us."])
