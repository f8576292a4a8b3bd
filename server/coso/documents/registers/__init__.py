"""The registers of documents that are brought in and given out as .xlsx."""

from coso.documents.registers.numbers import NUMBERS
from coso.registers import ports


def register() -> None:
    """Tell the engine; called from `AppConfig.ready`."""
    ports.register(NUMBERS)
