"""Whether two names mean one body: without marks and small words, by initials, by a part of a long name.

"Sở TT&TT", "Sở TT và TT" and "Sở Thông tin và Truyền thông" are one name; so are "UBND" and "Ủy ban nhân dân".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

Words = tuple[str, ...]
Body = TypeVar("Body", bound=Hashable)

# What joins words of a name, and the country, which many bodies leave out of theirs.
_SMALL = re.compile(r"\b(?:va|viet nam|vn|thuoc)\b")
_APART = re.compile(r"[^a-z0-9]+")
# Who heads a body stands for it: "Chủ tịch UBND các huyện", "Chánh VP, các PVP UBND tỉnh".
_HEADS = (
    r"(?:đồng chí |các )*(?:chủ tịch|phó chủ tịch|pct|giám đốc|phó giám đốc|thủ trưởng|người đứng đầu|lãnh đạo|"
    r"trưởng ban|thường trực(?= (?:h|t)))"
)
_TITLES = re.compile(rf"\A{_HEADS}(?:(?:,| và|, và) {_HEADS})*,?\s+(?=\w)", re.IGNORECASE)
_FEWEST = 4
"""A part of a long name means it from so many words on."""


def plain_words(name: str) -> Words:
    """Give the words that tell a name from others, folded: 'Sở TT&TT' gives so, tt, tt."""
    spread = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return tuple(_SMALL.sub(" ", _APART.sub(" ", bare)).split())


def without_title(name: str) -> str:
    """Leave out who heads a body: 'Chủ tịch UBND các huyện' gives 'UBND các huyện'."""
    return _TITLES.sub("", name, count=1)


def at_home(words: Words, province: Words) -> Words:
    """Leave the province's own name out where its level stands before it: 'ubnd tinh ha tinh' gives 'ubnd tinh'."""
    size = len(province)
    if size > 1 and words[-size:] == province:
        return (*words[:-size], province[0] if province[0] == "tinh" else "thanh pho")
    return words


def _bare(words: Words, province: Words) -> Words:
    """Leave out the level or the province at the end, which a body's name may lack."""
    own = province[1:]
    if own and words[-len(own) :] == own and len(words) >= len(own) + 2:
        words = words[: -len(own)]
    if words[-1:] == ("tinh",):
        return words[:-1]
    return words[:-2] if words[-2:] == ("thanh", "pho") else words


@lru_cache(maxsize=20_000)
def says_the_same(one: Words, other: Words) -> bool:
    """Tell whether two names have the same words, some of them shortened to initials on either side."""
    reached = {(0, 0)}
    while reached:
        if (len(one), len(other)) in reached:
            return True
        reached = {step for i, j in reached for step in _steps(one, other, i, j)}
    return False


def _steps(one: Words, other: Words, i: int, j: int) -> Iterable[tuple[int, int]]:
    if i < len(one) and j < len(other) and one[i] == other[j]:
        yield i + 1, j + 1
    if i < len(one) and (taken := _initials(one[i], other, j)):
        yield i + 1, j + taken
    if j < len(other) and (taken := _initials(other[j], one, i)):
        yield i + taken, j + 1


def _initials(short: str, words: Words, start: int) -> int:
    """Give how many words from `start` on are shortened by `short`, or 0."""
    size = len(short)
    run = words[start : start + size]
    return (
        size if 1 < size == len(run) and all(word[0] == letter for word, letter in zip(run, short, strict=True)) else 0
    )


def is_part_of(short: Words, whole: Words) -> bool:
    """Tell whether a name leaves out words of a longer one, but neither how it begins nor how it ends."""
    if len(short) < _FEWEST or short[:2] != whole[:2] or short[-1:] != whole[-1:]:
        return False
    rest = iter(whole)
    return all(word in rest for word in short)


def match(name: str, known: Sequence[tuple[Body, Words]], province: Words = ()) -> list[Body]:
    """Give the bodies that a name may mean: one when it is sure, several when they are alike, none when unknown.

    `known` holds each body with the words of one of its names (a body may come more than once). The surest way that
    finds any is taken: the same words, then initials, then a part of a long name.
    """
    wanted = at_home(plain_words(name), province)
    if not wanted:
        return []
    homes = [(body, at_home(words, province)) for body, words in known]
    bare = _bare(wanted, province)
    ways: list[Callable[[Words], bool]] = [
        lambda words: words == wanted,
        lambda words: says_the_same(wanted, words),
        lambda words: says_the_same(bare, _bare(words, province)),
        lambda words: is_part_of(bare, _bare(words, province)),
    ]
    for way in ways:
        found = list(dict.fromkeys(body for body, words in homes if way(words)))
        if found:
            return found
    return []


def match_list(parts: Sequence[str], find: Callable[[str], Body | None], head: str = "") -> list[Body] | None:
    """Join the parts of a list to bodies, all of them, else None; a name may itself hold commas.

    'TT và TT, VH, TT và DL, Tài chính' under the head 'Sở' is three bodies: the longest run of parts that names one
    is taken first.
    """
    found: list[Body] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            body = find(f"{head} {', '.join(parts[start:end])}".strip())
            if body is not None:
                found.append(body)
                start = end
                break
        else:
            return None
    return found
