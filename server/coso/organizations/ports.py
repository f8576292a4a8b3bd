"""What upper apps tell of a body on its page: the facilities that it runs, the tasks that it leads."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from coso.organizations.models import Organization

BodyPanel = Callable[[HttpRequest, Sequence[Organization]], str]

_body_panels: list[tuple[int, BodyPanel]] = []


def register_body_panel(panel: BodyPanel, *, order: int = 100) -> None:
    """Let an app add a panel (safe HTML; "" for none) to a body's page; called from `AppConfig.ready`.

    The panel is given the body and every one before it whose duties it took over: what hangs on any of them is shown.
    """
    if not any(known is panel for _, known in _body_panels):
        _body_panels.append((order, panel))
        _body_panels.sort(key=lambda pair: pair[0])


def body_panels(request: HttpRequest, bodies: Sequence[Organization]) -> list[str]:
    """Draw the panels that have something to say about a body and those that it followed."""
    return [html for _, panel in _body_panels if (html := panel(request, bodies))]
