"""How a written bulletin is said aloud: numbers, dates, documents' numbers, abbreviations."""

from coso.newsroom.rules.speech.lexicon import BadLexicon, LexiconEntry, read_lexicon, seed_lexicon
from coso.newsroom.rules.speech.speak import Doubt, Replacement, SpokenText, speak_text

__all__ = [
    "BadLexicon",
    "Doubt",
    "LexiconEntry",
    "Replacement",
    "SpokenText",
    "read_lexicon",
    "seed_lexicon",
    "speak_text",
]
