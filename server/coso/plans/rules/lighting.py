"""Cutting a text where spans begin and end, so that a page can light each up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Run:
    """A run of a text; `key` names whose span it is (the shortest span where several lie over it), None: nobody's."""

    text: str
    key: int | None = None
    begins: bool = False
    """Whether it is the first run of its key."""


def lit(text: str, spans: Mapping[int, Sequence[Sequence[int]]]) -> list[Run]:
    """Cut a text by the spans ([start, end], in letters) of some keys; spans outside the text are cut to it."""
    whole = [(max(s, 0), min(e, len(text)), key) for key, some in spans.items() for s, e in some]
    whole = sorted((span for span in whole if span[0] < span[1]), key=lambda span: span[1] - span[0])
    edges = sorted({0, len(text), *(edge for start, end, _key in whole for edge in (start, end))})
    runs: list[Run] = []
    seen: set[int] = set()
    for start, end in pairwise(edges):
        key = next((key for s, e, key in whole if s <= start and end <= e), None)
        begins = key is not None and key not in seen
        if key is not None:
            seen.add(key)
        runs.append(Run(text[start:end], key, begins))
    return runs
