"""What upper apps put on a bulletin's page: panels below the text, steps at the end of its life line."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from coso.newsroom.models import Bulletin
from coso.ui.parts import Step

Panel = Callable[[HttpRequest, Bulletin], str]
Life = Callable[[HttpRequest, Bulletin], Sequence[Step]]

_panels: list[tuple[int, Panel]] = []
_lives: list[Life] = []


def register_panel(panel: Panel, *, order: int = 100) -> None:
    """Let an app add a panel (safe HTML; "" for none) to a bulletin's page; called from `AppConfig.ready`."""
    if not any(known is panel for _, known in _panels):
        _panels.append((order, panel))
        _panels.sort(key=lambda pair: pair[0])


def panels(request: HttpRequest, bulletin: Bulletin) -> list[str]:
    """Draw the panels that have something to say."""
    return [html for _, panel in _panels if (html := panel(request, bulletin))]


def register_life(life: Life) -> None:
    """Let an app tell the reader what followed approval (on air, reached) as dots of the life line."""
    if life not in _lives:
        _lives.append(life)


def life_after_approval(request: HttpRequest, bulletin: Bulletin) -> list[Step]:
    """Give the dots that follow approval, in the order of registration."""
    return [step for life in _lives for step in life(request, bulletin)]
