"""What undoing a change makes of the figures told meanwhile, said before it is done."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coso.places import actions
from coso.places.models import Change, ChangeState, Place
from coso.places.sentences import figure_words
from coso.ui.chips import Chip, Tone


@dataclass(frozen=True)
class Returning:
    """One old unit with the figures that it had and those that it gets."""

    unit: Place
    before: str
    after: str
    chip: Chip


@dataclass
class FiguresBack:
    """All that comes back, and what the journal keeps because no old unit gets it as it was told."""

    rows: list[Returning] = field(default_factory=list)
    kept: list[tuple[Place, str]] = field(default_factory=list)
    has_estimates: bool = False


def figures_back(change: Change) -> FiguresBack:
    """Say it; a change that waits for its day has made no figures yet."""
    if change.state != ChangeState.IN_FORCE:
        return FiguresBack()
    found = actions.returned(change)
    return FiguresBack(
        rows=[
            Returning(unit, figure_words(had), figure_words(vars(unit)), _chip(is_estimated=is_estimated))
            for unit, had, is_estimated in found.old
        ],
        kept=[(unit, figure_words(told)) for unit, told in found.kept.items()],
        has_estimates=any(is_estimated for _unit, _had, is_estimated in found.old),
    )


def _chip(*, is_estimated: bool) -> Chip:
    if is_estimated:
        return Chip(_("Estimated"), Tone.NEED, icon="help")
    return Chip(_("As it was told"), Tone.DONE)
