"""A person at a real browser, and what every page that they open must be: readable by all, whole, in Vietnamese."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.messages.pofile import read_po
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "tests" / "journeys" / "shots"
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# The machine that runs the tests may be busy; a wait ends when its condition holds, so a long one costs nothing.
PATIENCE_MS = 60_000

# Words of English that are no syllables of Vietnamese and that no sample text uses.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|were|with|for|this|that|these|from|have|has|your|you|not|yet|save|search|sign|please|"
    r"select|submit|error|draft|approved|submitted|pending|emergency|priority|normal|played|told|none|null|undefined|"
    r"true|false|nan|object|required|invalid|village|commune|bulletin|task|feedback|annual|quarterly|unknown)\b",
    re.IGNORECASE,
)
RAW = {
    "a date as machines write it": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    "an identifier": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
    "a place for a value": re.compile(r"%\(\w+\)s|\{\{|\}\}|\{%"),
    "a code": re.compile(r"\b[a-z]+_[a-z_]+\b"),
}

# What a person reads or hears on the page: texts that show, and the names that screen readers say. A part in another
# language (the switch to English) says so itself.
_WORDS = """() => {
  const found = [];
  const home = document.documentElement.lang;
  const foreign = (one) => { const part = one.closest("[lang]"); return part && part.lang !== home; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, template, noscript") || foreign(parent)) continue;
    found.push(node.data.trim().replace(/\\s+/g, " "));
  }
  for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"])
    for (const one of document.querySelectorAll(`[${name}]`))
      if (!foreign(one) && one.getAttribute(name).trim()) found.push(one.getAttribute(name).trim());
  return [document.title, ...found];
}"""
_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > most + 1)
    .slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
}"""
# A column squeezed until its words stand letter under letter.
_SQUEEZED = """() => {
  const hidden = (one) => one !== document.body
    && (one.getBoundingClientRect().width < 3 || hidden(one.parentElement));
  return [...document.querySelectorAll("main *:not(option)")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 12))
    .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 40 && box.height > 150; })
    .filter((one) => !hidden(one)).slice(0, 3).map((one) => one.textContent.trim().slice(0, 60));
}"""
_LOOSEN = "(position) => { for (const one of document.querySelectorAll('.deck')) one.style.position = position; }"
_SETTLED = "() => document.fonts.ready.then(() => true)"


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@cache
def _english() -> frozenset[str]:
    """Gather the English texts of every catalogue whose Vietnamese differs; those with values in them are left out."""
    texts = set()
    for path in sorted((ROOT / "server" / "coso").glob("*/locale/vi/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                if isinstance(entry.id, str) and entry.id and entry.string != entry.id and "%(" not in entry.id:
                    texts.add(entry.id)
    return frozenset(texts)


def faults_of_words(words: list[str]) -> list[str]:
    """Name what should not stand on a Vietnamese page: English, and values that were made for machines."""
    faults = []
    for one in words:
        found = ENGLISH.search(one)
        if one in _english() or found:
            faults.append(f"English: {one[:120]!r}" + (f" ({found[0]})" if found else ""))
        faults += [f"{name}: {one[:120]!r} ({hit[0]})" for name, kind in RAW.items() if (hit := kind.search(one))]
    return faults


class Visitor:
    """One person with a browser of their own; keeps what the browser complains about."""

    def __init__(self, browser: Browser, address: str, story: str, *, size: str = "desk", **options: Any) -> None:
        """Open a browser window of one size (see SIZES) at an address; `options` go to playwright's context."""
        self.address, self.story, self.size = address, story, size
        self.complaints: list[str] = []
        self._shots = 0
        self._refused: set[str] = set()
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            # What glides into place would be measured and pictured on its way.
            reduced_motion="reduce",
            viewport=_viewport(size),
            **options,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        """Keep which pages refused on purpose: the browser calls those errors, and they are none."""
        if response.status >= 500:
            self.complaints.append(f"{response.status} from {response.url}")
        elif response.status >= 400 and response.request.is_navigation_request():
            self._refused.add(response.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        where = message.location["url"]
        if "Failed to load resource" in message.text and where in self._refused:
            return
        self.complaints.append(f"console: {message.text} ({where})")

    def open(self, path: str) -> int:
        """Open a page; give its status."""
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None, path
        return answer.status

    def press(self, name: str, *, within: str = "main") -> None:
        """Press the first button or link that is called so and shows."""
        part = self.page.locator(within)
        button, link = part.get_by_role("button", name=name), part.get_by_role("link", name=name)
        button.or_(link).filter(visible=True).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with a label."""
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """Give the first field with a label that shows."""
        return self.page.locator("main").get_by_label(label).filter(visible=True).first

    def sees(self, *texts: str, within: str = "main") -> None:
        """Wait until the page says all of this; fail when it does not."""
        for text in texts:
            try:
                expect(self.page.locator(within)).to_contain_text(text, timeout=PATIENCE_MS)
            except AssertionError:
                shown = self.page.locator(within).all_inner_texts()
                # Playwright's own words hold the whole page twice over.
                raise AssertionError(f"{text!r} does not stand on {self.page.url}: {shown[:1]!r:.1200}") from None

    def misses(self, *texts: str, within: str = "main") -> None:
        """Fail when the page, as it stands, says any of this."""
        shown = self.page.locator(within).inner_text()
        for text in texts:
            assert text not in shown, f"{text!r} stands on {self.page.url}"

    def sign_in(self, username: str, password: str, then: str = "/ban-lam-viec/") -> None:
        """Sign in by the form, as people do."""
        self.open(f"/tai-khoan/login/?next={then}")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(password)
        self.page.locator("main form button.btn-primary").first.click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(then).path)

    def look(self, name: str, *, whole: bool = True) -> None:
        """Look at the page at both sizes: take a picture, let axe look, read every word; fail on any fault."""
        self._shots += 1
        faults = []
        for size in [self.size, *(other for other in SIZES if other != self.size)]:
            self.page.set_viewport_size(_viewport(size))
            self.page.evaluate(_SETTLED)
            self.shot(f"{self._shots:02d}-{name}-{size}", whole=whole)
            faults += [f"{name} {size}: {fault}" for fault in self.faults()]
        self.page.set_viewport_size(_viewport(self.size))
        faults += faults_of_words(self.page.evaluate(_WORDS))
        self._fail_on(name, faults)

    def faults(self) -> list[str]:
        """Name what is wrong with how the page is laid out now: what axe finds, what is wider than the window."""
        wide, squeezed = self.page.evaluate(_TOO_WIDE), self.page.evaluate(_SQUEEZED)
        faults = [f"wider than the window: {wide}"] if wide else []
        faults += [f"letter under letter: {text!r}" for text in squeezed]
        return faults + self._axe_faults()

    def _axe_faults(self) -> list[str]:
        if not self.page.evaluate("() => 'axe' in window"):
            # The policy forbids inline scripts; axe comes through the debugger, which it does not bind.
            self.page.evaluate(_axe())
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"axe {one['id']}: {one['help']}: {json.dumps([node['target'] for node in one['nodes']][:4])}"
            for one in found["violations"]
        ]

    def _fail_on(self, name: str, faults: list[str]) -> None:
        faults = [*dict.fromkeys(faults + self.complaints)]
        assert faults == [], f"{self.story}, {name} ({self.page.url}):\n" + "\n".join(faults)

    def shot(self, name: str, *, whole: bool = True) -> Path:
        """Take a picture of the whole page, or of the window as it stands; give its file."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{self.story}-{name}.png"
        # In a picture of a whole page, what is fixed to the window would stand in its midst.
        if whole:
            self.page.evaluate("() => scrollTo(0, 0)")
        self.page.evaluate(_LOOSEN, "static" if whole else "")
        self.page.screenshot(path=path, full_page=whole, animations="disabled")
        self.page.evaluate(_LOOSEN, "")
        return path

    def assert_calm(self) -> None:
        """Fail when the browser complained: an error in its console, a forbidden inline style or script, a 5xx."""
        self._fail_on("the end", [])


def seconds_of(sound: Locator) -> float:
    """Wait until the browser knows how long a sound is; give it."""
    sound.evaluate("one => new Promise((go) => one.readyState ? go() : one.addEventListener('loadedmetadata', go))")
    return float(sound.evaluate("one => one.duration"))


def _viewport(size: str) -> Any:
    width, height = SIZES[size]
    return {"width": width, "height": height}


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the machine's own chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "chromium is not installed: `make test-setup` says how"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
        )
        try:
            yield started
        finally:
            started.close()
