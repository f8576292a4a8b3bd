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
