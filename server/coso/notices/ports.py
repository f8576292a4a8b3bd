"""Where apps say how their notices read."""

from collections.abc import Callable

from coso.notices.models import Notice

_wordings: dict[str, Callable[[Notice], str]] = {}


def register_wording(kind: str, wording: Callable[[Notice], str]) -> None:
    """Let an app word its kind of notice; called from `AppConfig.ready`."""
    _wordings[kind] = wording


def wording_of(notice: Notice) -> str:
    """Word a notice for its reader."""
    wording = _wordings.get(notice.kind)
    return wording(notice) if wording else notice.kind


_pressing: set[str] = set()


def send_along(kind: str) -> None:
    """Let a kind of notice go out by other routes too, unless its reader turns that off; from `AppConfig.ready`."""
    _pressing.add(kind)


def is_pressing(kind: str) -> bool:
    """Tell whether a kind of notice goes out by other routes by itself."""
    return kind in _pressing
