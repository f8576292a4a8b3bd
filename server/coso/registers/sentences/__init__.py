"""What registers say: why a cell or a file is refused, and how the journal tells an import."""

from coso.registers.sentences import journal
from coso.registers.sentences.cells import of_cell
from coso.registers.sentences.files import erased_words, of_file


def register() -> None:
    """Tell the journal; called from `AppConfig.ready`."""
    journal.register()


__all__ = ["erased_words", "of_cell", "of_file", "register"]
