"""A state as people see it: a word, a tone and an icon, never a colour alone. Plain Python: rules may use it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """How much a state asks of the reader."""

    DONE = "done"
    """Finished well: green."""
    ACTIVE = "active"
    """Under way, nothing asked: green outline."""
    WAITING = "waiting"
    """Somebody else's turn, or its time has not come: plain."""
    NEED = "need"
    """Your turn: amber."""
    DANGER = "danger"
    """An emergency or a loss: red."""
    OFF = "off"
    """Over without result, or out of use: quiet."""


_ICONS = {
    Tone.DONE: "done",
    Tone.ACTIVE: "active",
    Tone.WAITING: "waiting",
    Tone.NEED: "need",
    Tone.DANGER: "danger",
    Tone.OFF: "off",
}


@dataclass(frozen=True)
class Chip:
    """One state to show; `word` may be a lazy translation."""

    word: Any
    tone: Tone = Tone.WAITING
    icon: str = ""

    @property
    def picture(self) -> str:
        """Give the icon: its own, or the tone's."""
        return self.icon or _ICONS[Tone(self.tone)]

    def __str__(self) -> str:
        return str(self.word)
