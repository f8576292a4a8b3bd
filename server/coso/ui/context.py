"""What the shells read of `shell`: nav, workplaces, bell, search, banners, sign_ins."""

from functools import cached_property

from django.http import HttpRequest

from coso.ui import ports


class Shell:
    """The frame of one page; nothing is asked of an app before a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def nav(self) -> list[ports.NavLink]:
        """Give the rail."""
        return ports.nav_for(self._request)

    @cached_property
    def nav_groups(self) -> list[ports.NavGroup]:
        """Give the rail under its headings."""
        return ports.nav_groups(self.nav)

    @cached_property
    def more_groups(self) -> list[ports.NavGroup]:
        """Give what a phone keeps behind "more", under the same headings."""
        return ports.nav_groups(self.more_nav)

    @cached_property
    def phone_nav(self) -> list[ports.NavLink]:
        """Give the four entries for the bottom of a phone."""
        return ports.phone_nav(self.nav)

    @cached_property
    def more_nav(self) -> list[ports.NavLink]:
        """Give the entries that a phone keeps behind "more"."""
        near = {link.key for link in self.phone_nav}
        return [link for link in self.nav if link.key not in near]

    @cached_property
    def workplaces(self) -> ports.Workplaces | None:
        """Tell where this person works."""
        return ports.workplaces_for(self._request)

    @cached_property
    def bell(self) -> ports.Bell | None:
        """Count the unread notices."""
        return ports.bell_for(self._request)

    @cached_property
    def search(self) -> ports.SearchField | None:
        """Give the search field."""
        return ports.search_for(self._request)

    @cached_property
    def banners(self) -> list[ports.Banner]:
        """Give the sentences for the top of the page."""
        return ports.banners_for(self._request)

    @cached_property
    def sign_ins(self) -> list[ports.SignIn]:
        """Give the accounts of a demonstration, for its sign-in page."""
        return ports.sign_in_notes()


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give the templates their frame; a context processor."""
    return {"shell": Shell(request)}
