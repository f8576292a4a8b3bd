"""Every address of the site, gathered from the apps that have pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from coso.organizations.doors import staff
from coso.ui.web import urls as look
from coso.ui.web.favicon import favicon

# Staff pages live under one prefix, so that the portal owns the short addresses people type.
DESK = "ban-lam-viec/"

STAFF = {
    "documents": "van-ban/",
    "plans": "ke-hoach/",
    "newsroom": "ban-tin/",
    "broadcast": "phat-song/",
    "listening": "y-kien/",
    "registry": "co-so-vat-chat/",
    "devices": "co-so-vat-chat/thiet-bi/",
    "organizations": "to-chuc/",
    "notices": "thong-bao/",
}


def _pages(app: str) -> str | None:
    name = f"coso.{app}.web.urls"
    return name if find_spec(f"coso.{app}.web") and find_spec(name) else None


def _look() -> URLResolver:
    """Give the pages that show the look: for staff, though `ui` knows no staff; only the language is everybody's."""
    pages = [
        path(str(page.pattern), staff("desk.use")(page.callback), name=page.name)
        for page in look.urlpatterns
        if page.name != "language"
    ]
    language = path("ngon-ngu/", set_language, name="language")
    return path("", include(([path(DESK + "mau-giao-dien/", include(pages)), language], look.app_name)))


urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", favicon, name="favicon"),
    # The way to the single sign-on and back is ours: the library's would follow any issuer's word.
    path("tai-khoan/", include("coso.organizations.web.sign_on")),
    path("tai-khoan/", include("allauth.urls")),
    _look(),
]
for _app, _prefix in STAFF.items():
    if _found := _pages(_app):
        urlpatterns.append(path(DESK + _prefix, include(_found)))
# The pages of places: they need the door of staff pages, which stands above `places`.
urlpatterns.append(path(DESK + "dia-ban/", include("coso.registry.web.places.urls")))
urlpatterns.append(path("", include("coso.organizations.web.public")))
urlpatterns.append(path("", include("coso.plans.web.public")))
if _found := _pages("desk"):
    urlpatterns.append(path(DESK, include(_found)))
if _found := _pages("portal"):
    urlpatterns.append(path("", include(_found)))

handler400 = "coso.ui.web.errors.bad_request"
handler403 = "coso.ui.web.errors.not_allowed"
handler404 = "coso.ui.web.errors.not_found"
handler500 = "coso.ui.web.errors.server_error"
