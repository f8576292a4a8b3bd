"""Where apps say how their entries read as sentences."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

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


Stead = Callable[[object], str]

_stead: Stead | None = None
STEAD = "in_stead_of"
"""The name under which an entry's data keeps the post by whose right somebody acted: 'post:12'."""


def register_stead(stead: Stead) -> None:
    """Let an app tell by whose post a person acts, where it is not his own ('post:12'; empty else)."""
    global _stead
    _stead = stead


def stead_of(by: object) -> str:
    """Tell by whose post somebody acts just now; empty when by his own."""
    return _stead(by) if _stead is not None else ""


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


def actors_of(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """Name who acted, and in whose stead, by (actor, post): each is looked up once, however often he acted."""
    pairs = {key_of(entry) for entry in entries}
    names = {one: actor_name(one) for one in {part for pair in pairs for part in pair if part}}
    return {pair: with_stead(names[pair[0]], names.get(pair[1], "")) for pair in pairs}


def key_of(entry: Entry) -> tuple[str, str]:
    """Give what `actors_of` knows the actor of an entry by."""
    return entry.actor, str(entry.data.get(STEAD, ""))


def with_stead(name: str, holder: str) -> str:
    """Say who acted, and for whom he stood in: 'Võ Thị Minh Ánh, thay Hồ Sỹ Cường'."""
    return _("%(person)s, standing in for %(holder)s") % {"person": name, "holder": holder} if holder else name
