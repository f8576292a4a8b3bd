"""How the state of a paper looks, and the sentence that says where it stands."""

from django.utils.translation import gettext as _

from coso.documents import policies
from coso.documents.models import Paper, PaperState
from coso.ui.chips import Chip, Tone

_TONES = {
    PaperState.DRAFT: Tone.ACTIVE,
    PaperState.SUBMITTED: Tone.WAITING,
    PaperState.RETURNED: Tone.NEED,
    PaperState.APPROVED: Tone.ACTIVE,
    PaperState.ISSUED: Tone.DONE,
    PaperState.WITHDRAWN: Tone.OFF,
}
_ICONS = {PaperState.DRAFT: "draft", PaperState.RETURNED: "returned", PaperState.WITHDRAWN: "withdrawn"}


def state_chip(paper: Paper, person: object = None) -> Chip:
    """Give the chip of a paper: amber where it is this person's turn."""
    state = PaperState(paper.state)
    if state == PaperState.SUBMITTED and person is not None and policies.may_decide(person, paper):
        return Chip(_("Waits for your approval"), Tone.NEED)
    return Chip(state.label, _TONES[state], _ICONS.get(state, ""))


def stand(paper: Paper) -> str:
    """Say where a paper stands."""
    match PaperState(paper.state):
        case PaperState.DRAFT:
            return _("It is being written; nobody else has been asked yet.")
        case PaperState.SUBMITTED:
            return _("It waits for somebody else to approve it.")
        case PaperState.RETURNED:
            return _("It came back to be mended.")
        case PaperState.APPROVED:
            return _("It may be issued: it still needs its number and day.")
        case PaperState.ISSUED:
            return _("It was issued; its files do not change any more.")
        case _:
            return _("It was withdrawn; its number is not given again.")
