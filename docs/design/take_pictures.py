"""Take the pictures of the pattern pages, and let axe look at each.

    python docs/design/take_pictures.py [--axe-only] [--whole] [--out FOLDER] [NAME…]

No server: pages are rendered in this process, on a database made for the moment, and handed to the browser by its
request interception.
"""

import argparse
import io
import json
import mimetypes
import os
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path[:0] = [str(REPOSITORY / name) for name in ("server", "wire", "agent")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coso.site.settings")
os.environ["COSO_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/pictures.sqlite3"
# The browser's driver runs an event loop in this thread; nobody else uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from PIL import Image  # noqa: E402

HOST = "http://co-so.test"
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
# The others are looked at by axe only.
SHOWN = {"parts", "list", "lines", "errors", "detail", "portal", "alert", "sign-in"}
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PAGES = {
    "parts": "ui:patterns",
    "list": "ui:pattern_list",
    "lines": "ui:pattern_lines",
    "form": "ui:pattern_form",
    "errors": "ui:pattern_form",
    "detail": "ui:pattern_detail",
    "portal": "ui:pattern_portal",
    "alert": "ui:pattern_alert",
    "sign-in": "account_login",
    "sign-out": "account_logout",
    "password": "account_change_password",
    "reauthenticate": "account_reauthenticate",
    "two-step": "mfa_index",
    "phone-code": "mfa_activate_totp",
    "key": "mfa_add_webauthn",
    "not-found": "404",
}


def _addresses() -> Any:
    from django.urls import include, path

    # Only what the pictures need, so that they can be taken while another app is being rebuilt.
    module = ModuleType("pattern_addresses")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("tai-khoan/", include("allauth.urls")),
        path("ban-lam-viec/mau-giao-dien/", include("coso.ui.web.urls")),
    ]
    return module


def rendered(path: str, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    """Render one address as a signed-in person sees it: (status, body, content type)."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage
    from django.contrib.sessions.backends.signed_cookies import SessionStore
    from django.test import RequestFactory
    from django.urls import Resolver404, resolve

    from coso.ui.web import errors

    parts = urlsplit(path)
    make = RequestFactory(headers=headers or {})
    request: HttpRequest = make.post(path, {}) if method == "POST" else make.get(path)
    request.session = SessionStore()  # type: ignore[assignment]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    request.htmx = False  # type: ignore[attr-defined]
    request.user = AnonymousUser() if parts.path.endswith("/login/") else person()
    # What allauth remembers of a fresh sign-in: some of its pages ask for one.
    request.session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    request.session["account_authentication_methods_user"] = str(request.user.pk)
    try:
        match = resolve(parts.path)
    except Resolver404:
        response: Any = errors.not_found(request)
    else:
        from allauth.core import context

        with context.request_context(request):
            response = match.func(request, *match.args, **match.kwargs)
            response = response.render() if hasattr(response, "render") and not response.is_rendered else response
    return response.status_code, response.content, response.headers["Content-Type"]


def keep(picture: bytes, target: Path) -> None:
    """Keep a picture small: pages have few colours, and a palette shows them as well."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(colors=128, dither=Image.Dither.NONE).save(target, optimize=True)


@cache
def person() -> Any:
    """Give the officer who looks at the pages."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    for app in ("sessions", "account", "mfa", "organizations"):
        call_command("migrate", app, verbosity=0)
    return get_user_model().objects.create_user(username="hoai", password="mau-giao-dien", full_name="Trần Thị Hoài")  # noqa: S106


def answer(route: Any) -> None:
    """Give the browser a static file or a rendered page; refuse everything else."""
    from django.contrib.staticfiles import finders

    parts = urlsplit(route.request.url)
    if not route.request.url.startswith(HOST):
        route.abort()
    elif parts.path.startswith("/static/"):
        found = finders.find(parts.path.removeprefix("/static/"))
        if not found:
            route.fulfill(status=404, body=parts.path)
            return
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    else:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        status, body, kind = rendered(path, route.request.method, dict(route.request.headers))
        from coso.ui.middleware import POLICY

        policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
        route.fulfill(status=status, body=body, headers={"Content-Type": kind, "Content-Security-Policy": policy})


def look(page: Any, name: str, axe: str) -> list[str]:
    """Let axe look at the page; give a line for each thing that it found."""
    # The policy forbids inline scripts; axe comes through the debugger, which it does not bind.
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{name}: {one['id']}: {one['help']}: {json.dumps([node['target'] for node in one['nodes']][:4])}"
        for one in found["violations"]
    ]


def listen(page: Any, said: list[str]) -> None:
    """Keep what the browser complains about."""
    # The page of what is nowhere is asked for on purpose.
    page.on(
        "console",
        lambda one: (
            said.append(f"console: {one.text}")
            if one.type == "error" and not one.location["url"].endswith("/khong-co/")
            else None
        ),
    )
    page.on("pageerror", lambda one: said.append(f"page: {one}"))


def main() -> int:
    """Take the pictures; 1 when axe or the browser's console had anything to say."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--axe-only", action="store_true", help="take no picture")
    parser.add_argument("--whole", action="store_true", help="pictures of whole pages, however long")
    parser.add_argument("--out", type=Path, default=HERE)
    wanted = parser.parse_args()
    django.setup()
    settings.ROOT_URLCONF = _addresses()
    settings.ALLOWED_HOSTS = ["testserver"]
    from django.urls import reverse

    axe = (REPOSITORY / "node_modules/axe-core/axe.min.js").read_text()
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
            listen(page, said)
            page.route("**/*", answer)
            for name, address in PAGES.items():
                if wanted.names and name not in wanted.names:
                    continue
                page.goto(HOST + ("/khong-co/" if address == "404" else reverse(address)))
                if name == "errors":
                    page.click("main .submit .btn-primary")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(300)
                said += look(page, f"{name} {size}", axe)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    said.append(f"{name} {size}: wider than the window")
                if not wanted.axe_only and (wanted.names or wanted.whole or name in SHOWN):
                    keep(page.screenshot(full_page=wanted.whole), wanted.out / f"{name}-{size}.png")
        browser.close()
    sys.stdout.write("\n".join([*said, f"{len(said)} remarks."]) + "\n")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
