"""The event bus: lower apps announce, upper apps listen, all in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type[E], handler: Callable[[E], None]) -> None:
    """Call the handler for each event of this class; called from `AppConfig.ready`.

    A handler runs inside the publisher's transaction: it does nothing slow or outward,
    for that it enqueues a task.
    """
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def publish(event: object) -> None:
    """Tell every subscriber of the event's class, in the order of subscription."""
    for handler in _handlers[type(event)]:
        handler(event)
