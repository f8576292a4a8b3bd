"""Every address of the site, gathered from the apps that have pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# Staff pages live under one prefix, so that the portal owns the short addresses people type.
DESK = "ban-lam-viec/"

STAFF = {
    "documents": "van-ban/",
    "plans": "ke-hoach/",
    "newsroom": "ban-tin/",
    "broadcast": "phat-song/",
    "listening": "y-kien/",
    "registry": "co-so-vat-chat/",
    "places": "dia-ban/",
    "devices": "thiet-bi/",
    "organizations": "to-chuc/",
    "journal": "nhat-ky/",
    "notices": "thong-bao/",
    "ui": "mau-giao-dien/",
}


def _pages(app: str) -> str | None:
    name = f"coso.{app}.web.urls"
    return name if find_spec(f"coso.{app}.web") and find_spec(name) else None


urlpatterns: list[URLPattern | URLResolver] = [path("tai-khoan/", include("allauth.urls"))]
for _app, _prefix in STAFF.items():
    if _found := _pages(_app):
        urlpatterns.append(path(DESK + _prefix, include(_found)))
if _found := _pages("desk"):
    urlpatterns.append(path(DESK, include(_found)))
if _found := _pages("portal"):
    urlpatterns.append(path("", include(_found)))

handler400 = "coso.ui.web.errors.bad_request"
handler403 = "coso.ui.web.errors.not_allowed"
handler404 = "coso.ui.web.errors.not_found"
handler500 = "coso.ui.web.errors.server_error"
