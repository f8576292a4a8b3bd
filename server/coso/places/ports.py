"""What upper apps may plug in here: figures that hang on units, and how what hangs on them is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from coso.places.rules.rollup import Figures


@dataclass(frozen=True)
class Figure:
    """One figure that can be summed up by units, of then or of another day."""

    key: str
    label: str | Promise
    of: Callable[[date], Figures]
    """The figures of a day, each by the id of the unit on which it was recorded; of a count over time, since 1/1."""
    order: int = 100


_figures: dict[str, Figure] = {}


def register_figure(figure: Figure) -> None:
    """Let an app offer a figure; called from `AppConfig.ready`."""
    _figures[figure.key] = figure


def figures() -> list[Figure]:
    """List the figures that are offered, in their order."""
    return sorted(_figures.values(), key=lambda figure: (figure.order, figure.key))


_names: dict[str, str | Promise] = {}


def name_hanging(model: str, name: str | Promise) -> None:
    """Say how the records of a model ("newsroom.bulletin") are called in a count; called from `AppConfig.ready`."""
    _names[model.lower()] = name


def hanging_name(model: str, default: str | Promise) -> str | Promise:
    """Give the name of a model's records, or the default."""
    return _names.get(model.lower(), default)
