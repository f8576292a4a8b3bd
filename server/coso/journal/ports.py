"""Where apps say how their entries read as sentences."""

from collections.abc import Callable

from coso.journal.models import Entry

Sentence = Callable[[Entry], str]

_sentences: dict[str, Sentence] = {}


def register_sentence(verb: str, sentence: Sentence) -> None:
    """Let an app word the entries of one verb; called from `AppConfig.ready`."""
    _sentences[verb] = sentence


def sentence_of(entry: Entry) -> str:
    """Word an entry for a reader; the verb itself where no app has claimed it."""
    sentence = _sentences.get(entry.verb)
    return sentence(entry) if sentence else entry.verb


_actor_names: list[Callable[[str], str | None]] = []


def register_actor_names(name: Callable[[str], str | None]) -> None:
    """Let an app name actors of its kind ('person:3' → 'Nguyễn Thị Hoa')."""
    _actor_names.append(name)


def actor_name(actor: str) -> str:
    """Name who acted; the stored form where nobody knows it."""
    for name in _actor_names:
        found = name(actor)
        if found is not None:
            return found
    return actor
