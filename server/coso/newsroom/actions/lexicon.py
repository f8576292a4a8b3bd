"""Keeping the operator's lexicon: how a written form is read aloud, in the whole province."""

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.kit import text
from coso.kit.database import only_once
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.newsroom import policies
from coso.newsroom.models import LexiconWord
from coso.organizations.models import Person
from coso.organizations.policies import require_throughout

_MOST = {"written": 60, "spoken": 200, "before": 200, "after": 200, "note": 200}


@transaction.atomic
def add_word(
    *, by: Person, written: str, spoken: str, before: str = "", after: str = "", note: str = ""
) -> LexiconWord:
    """Add a reading; it wins over the shipped ones for the same written form."""
    require_throughout(by, policies.EDIT_LEXICON)
    word = LexiconWord(**_checked(None, written=written, spoken=spoken, before=before, after=after, note=note))
    with only_once(_twin()):
        word.save()
    journal.record("lexicon.added", by=by, refs=[_ref(word)], data={"written": word.written, "spoken": word.spoken})
    return word


@transaction.atomic
def change_word(
    *, word_id: int, by: Person, written: str, spoken: str, before: str = "", after: str = "", note: str = ""
) -> LexiconWord:
    """Change a reading; saving what already stands leaves no entry."""
    require_throughout(by, policies.EDIT_LEXICON)
    word = _lock(word_id)
    values = _checked(word_id, written=written, spoken=spoken, before=before, after=after, note=note)
    if all(getattr(word, name) == value for name, value in values.items()):
        return word
    was = {"written": word.written, "spoken": word.spoken}
    for name, value in values.items():
        setattr(word, name, value)
    with only_once(_twin()):
        word.save()
    data = {"written": word.written, "spoken": word.spoken, "was": was}
    journal.record("lexicon.changed", by=by, refs=[_ref(word)], data=data)
    return word


@transaction.atomic
def remove_word(*, word_id: int, by: Person) -> None:
    """Remove a reading; the shipped one, where there is one, holds again."""
    require_throughout(by, policies.EDIT_LEXICON)
    word = _lock(word_id)
    data = {"written": word.written, "spoken": word.spoken}
    journal.record("lexicon.removed", by=by, refs=[_ref(word)], data=data)
    word.delete()


def _lock(word_id: int) -> LexiconWord:
    word = LexiconWord.objects.select_for_update().filter(pk=word_id).first()
    if word is None:
        raise NotFound
    return word


def _checked(word_id: int | None, **values: str) -> dict[str, str]:
    tidy = {name: text.squeeze("".join(c for c in value if c.isprintable())) for name, value in values.items()}
    wrong: dict[str, list[str]] = {}
    for name, most in _MOST.items():
        if len(tidy[name]) > most:
            wrong[name] = [_("At most %(most)s characters fit.") % {"most": most}]
    if not tidy["written"]:
        wrong["written"] = [_("Write the form as it stands in texts.")]
    if not tidy["spoken"]:
        wrong["spoken"] = [_("Write how it is read, in words.")]
    elif any(c.isdigit() or c == "/" for c in tidy["spoken"]):
        wrong["spoken"] = [_("Write the reading in words, without figures and without “/”.")]
    same = LexiconWord.objects.filter(written=tidy["written"], before=tidy["before"], after=tidy["after"])
    if not wrong and any(other.pk != word_id for other in same):
        raise _twin()
    if wrong:
        raise BadInput(fields=wrong)
    return tidy


def _twin() -> BadInput:
    sentence = _("There is already a reading of this form at the same place in a text.")
    return BadInput(fields={"written": [sentence]})


def _ref(word: LexiconWord) -> Ref:
    return Ref("lexicon_word", str(word.pk))
