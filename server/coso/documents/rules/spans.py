"""A value and the places in the text that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T", covariant=True)


class Span(NamedTuple):
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value with its spans; more than one when the text breaks it up or it was put together.

    `verbatim` says that the value is the text at its spans, as `passages.plain` gives it. A date,
    a recurrence or a name put together from several places is not verbatim.
    """

    value: T
    spans: tuple[Span, ...]
    verbatim: bool = True
