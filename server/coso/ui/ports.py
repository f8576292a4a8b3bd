"""What upper apps plug into the shells: entries of the rail, where I work, notices, search, banners.

Each registration is made once, from `AppConfig.ready`. Registering a key again replaces the first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coso.ui.parts import MapBase

Text = str | Promise


@dataclass(frozen=True)
class NavItem:
    """One entry of the rail: a thing that a person does today."""

    key: str
    label: Text
    icon: str
    url_name: str
    order: int
    """Place in the order of the day: Hôm nay 10, Kế hoạch 20, Bản tin 30 … Báo cáo 100; the rare after 200."""
    right: Callable[[HttpRequest], bool] | None = None
    """Whether this person sees the entry; None: everybody who is signed in."""
    badge: Callable[[HttpRequest], int | None] | None = None
    """How many things wait for this person there."""
    phone: int | None = None
    """Rank among the four at the bottom of a phone; without it the order of the day decides."""


@dataclass(frozen=True)
class NavLink:
    """An entry of the rail as this request sees it."""

    key: str
    label: Text
    icon: str
    url: str
    current: bool
    badge: int | None
    order: int = 0


@dataclass(frozen=True)
class NavGroup:
    """Entries of the rail that belong together, under a heading; the work of the day needs none."""

    key: str
    heading: Text
    links: list[NavLink]


@dataclass(frozen=True)
class Workplace:
    """One place and post in which a person may work."""

    key: str
    """What is posted as `workplace` to change to it."""
    place: Text
    post: Text


@dataclass(frozen=True)
class Workplaces:
    """Where a person works now, and where else they may."""

    current: Workplace
    others: list[Workplace] = field(default_factory=list)
    switch_url: str = ""
    """Takes POST `workplace` and `next`; empty when there is nothing to change to."""


@dataclass(frozen=True)
class Bell:
    """How many notices are unread, and the page that lists them."""

    count: int
    url: str


@dataclass(frozen=True)
class SearchField:
    """The one search over everything: its page takes `q`."""

    url: str
    hint: Text = ""


@dataclass(frozen=True)
class Banner:
    """A sentence on top of every page: sample data, a drill, maintenance."""

    text: Text
    tone: str = "need"
    """`need` (amber), `danger` (red, a running emergency only) or `quiet`."""


WorkplaceProvider = Callable[[HttpRequest], Workplaces | None]
BellProvider = Callable[[HttpRequest], Bell | None]
SearchProvider = Callable[[HttpRequest], SearchField | None]
MapBaseProvider = Callable[[], MapBase | None]
BannerProvider = Callable[[HttpRequest], Banner | None]


@dataclass(frozen=True)
class SignIn:
    """An account of a demonstration, shown on the sign-in page for everybody to use."""

    username: str
    who: Text
    """The person, the post and the place in words."""
    password: str


SignInNote = Callable[[], Sequence[tuple[str, Text, str]]]

_nav: dict[str, NavItem] = {}
_sign_in_note: SignInNote | None = None
_banners: list[BannerProvider] = []
_workplace: WorkplaceProvider | None = None
_bell: BellProvider | None = None
_search: SearchProvider | None = None
_map_base: MapBaseProvider | None = None


def register_nav(item: NavItem) -> None:
    """Put an entry on the rail."""
    _nav[item.key] = item


def register_workplace(provider: WorkplaceProvider) -> None:
    """Let an app tell where a person works."""
    global _workplace
    _workplace = provider


def register_bell(provider: BellProvider) -> None:
    """Let an app count a person's unread notices."""
    global _bell
    _bell = provider


def register_search(provider: SearchProvider) -> None:
    """Let an app answer the search field of the top bar."""
    global _search
    _search = provider


def register_banner(provider: BannerProvider) -> None:
    """Let an app say a sentence on top of every page; None says nothing."""
    if provider not in _banners:
        _banners.append(provider)


def register_sign_in_note(note: SignInNote) -> None:
    """Let the site show accounts of a demonstration on the sign-in page: (username, who, password) of each."""
    global _sign_in_note
    _sign_in_note = note


def sign_in_notes() -> list[SignIn]:
    """Give the accounts that the sign-in page shows; none outside a demonstration."""
    return [SignIn(*account) for account in _sign_in_note()] if _sign_in_note is not None else []


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def nav_for(request: HttpRequest) -> list[NavLink]:
    """Give the rail for this request, in the order of the day; the entry of the present page is marked.

    An entry whose address does not exist (its app is not installed) is left out.
    """
    shown = []
    for item in sorted(_nav.values(), key=lambda item: (item.order, item.key)):
        url = _address(item.url_name)
        if url is None or (item.right is not None and not item.right(request)):
            continue
        shown.append((item, url))
    # The longest address that the page's own begins with: /ban-lam-viec/ must not win over /ban-lam-viec/ban-tin/.
    here = max((url for _item, url in shown if request.path.startswith(url)), key=len, default="")
    return [
        NavLink(
            key=item.key,
            label=item.label,
            icon=item.icon,
            url=url,
            current=url == here,
            badge=item.badge(request) if item.badge is not None else None,
            order=item.order,
        )
        for item, url in shown
    ]


_HEADINGS: list[tuple[int, str, Text]] = [
    (0, "day", ""),
    (70, "means", _("Places, people, means")),
    (220, "system", _("The system")),
]
"""From which place in the order of the day on which heading stands."""


def nav_groups(links: Sequence[NavLink]) -> list[NavGroup]:
    """Part the rail by its headings: the work of the day, then with what and where, then the system itself."""
    groups: list[NavGroup] = []
    for place, (least, key, heading) in enumerate(_HEADINGS):
        most = _HEADINGS[place + 1][0] if place + 1 < len(_HEADINGS) else None
        inside = [link for link in links if link.order >= least and (most is None or link.order < most)]
        if inside:
            groups.append(NavGroup(key, heading, inside))
    return groups


def phone_nav(links: list[NavLink]) -> list[NavLink]:
    """Choose the four entries for the bottom of a phone, keeping the order of the day."""
    ranks = {item.key: item.phone for item in _nav.values()}
    ranked = sorted(
        enumerate(links), key=lambda pair: (rank if (rank := ranks.get(pair[1].key)) is not None else 1000, pair[0])
    )
    chosen = {link.key for _, link in ranked[:4]}
    return [link for link in links if link.key in chosen]


def workplaces_for(request: HttpRequest) -> Workplaces | None:
    """Tell where this person works, when an app knows."""
    return _workplace(request) if _workplace is not None else None


def bell_for(request: HttpRequest) -> Bell | None:
    """Count this person's unread notices, when an app knows."""
    return _bell(request) if _bell is not None else None


def search_for(request: HttpRequest) -> SearchField | None:
    """Give the search field, when an app answers it."""
    return _search(request) if _search is not None else None


def register_map_base(provider: MapBaseProvider) -> None:
    """Let an app give the base map that lies under every map, when the operator has one."""
    global _map_base
    _map_base = provider


def map_base() -> MapBase | None:
    """Give the base map, when there is one."""
    return _map_base() if _map_base is not None else None


def banners_for(request: HttpRequest) -> list[Banner]:
    """Give the sentences for the top of this page."""
    return [banner for provider in _banners if (banner := provider(request)) is not None]
