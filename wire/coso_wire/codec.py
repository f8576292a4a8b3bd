"""How values stand in JSON: declared once per field, checked on the way in and on the way out.

A message is a frozen dataclass whose fields carry a `Spec` as metadata. Building one checks every value, so
a message that exists is well-formed. Unknown fields of an incoming object are ignored: a newer sender may
add some.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeAlias

from coso_wire.errors import Code, WireError

JSON: TypeAlias = Any  # what `json.loads` gives: there is no useful narrower type

MAX_INT = 2**53 - 1  # the largest whole number that a browser reads without loss
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


# --- bytes ----------------------------------------------------------------------------------------


def canonical(value: JSON) -> bytes:
    """Write JSON in the one form that is signed and hashed: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def parse(data: bytes, *, limit: int) -> JSON:
    """Read JSON of at most `limit` bytes; refuse floats, NaN, a key given twice, not UTF-8."""
    if len(data) > limit:
        raise WireError(Code.TOO_LARGE, f"{len(data)} bytes, at most {limit}")
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        raise WireError(Code.BAD_JSON, str(error)[:200]) from error


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_number(text: str) -> JSON:
    raise ValueError(f"{text[:20]} is not a whole number")


def format_time(at: datetime) -> str:
    """Write a moment as `2026-11-24T07:05:00.000Z` (UTC, milliseconds, the rest cut off)."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z".rjust(24, "0")


def parse_time(text: str) -> datetime:
    """Read what `format_time` writes; raise ValueError for any other form."""
    if not _TIME.fullmatch(text):
        raise ValueError("not a moment like 2026-11-24T07:05:00.000Z")
    return datetime.fromisoformat(text)


def to_b64(data: bytes) -> str:
    """Write bytes as standard base64."""
    return base64.b64encode(data).decode("ascii")


def from_b64(text: str) -> bytes:
    """Read standard base64; raise ValueError for anything else."""
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error


# --- fields ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """Say how one sort of value is checked, written and read; `clean` and `load` raise ValueError."""

    clean: Callable[[Any], Any]
    dump: Callable[[Any], JSON] = lambda value: value
    load: Callable[[JSON], Any] = lambda raw: raw


Spec: TypeAlias = Mapping[str, Kind]  # the metadata of a dataclass field


def _spec(
    clean: Callable[[Any], Any],
    dump: Callable[[Any], JSON] = lambda value: value,
    load: Callable[[JSON], Any] = lambda raw: raw,
) -> Spec:
    return {"wire": Kind(clean, dump, load)}


def text(longest: int = 200, *, shortest: int = 1) -> Spec:
    """Take text without control characters."""

    def clean(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("must be text")
        if not shortest <= len(value) <= longest:
            raise ValueError(f"must have {shortest} to {longest} characters")
        if _CONTROL.search(value):
            raise ValueError("must not have control characters")
        value.encode("utf-8")  # a lone surrogate can't be sent
        return value

    return _spec(clean)


def pattern(regular_expression: str, meaning: str) -> Spec:
    """Take text of exactly one shape."""
    compiled = re.compile(regular_expression)

    def clean(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise ValueError(f"must be {meaning}")
        return value

    return _spec(clean)


def digest() -> Spec:
    """Take a SHA-256 as 64 lower-case hexadecimal digits."""
    return pattern(r"[0-9a-f]{64}", "a SHA-256 in 64 lower-case hexadecimal digits")


def integer(low: int = 0, high: int = MAX_INT) -> Spec:
    """Take a whole number within bounds, both included."""

    def clean(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError("must be a whole number")
        if not low <= value <= high:
            raise ValueError(f"must be from {low} to {high}")
        return value

    return _spec(clean)


def moment() -> Spec:
    """Take an aware datetime; it is kept in UTC, to the millisecond."""

    def clean(value: Any) -> datetime:
        if not isinstance(value, datetime):
            raise ValueError("must be a moment")
        return parse_time(format_time(value))

    def load(raw: JSON) -> datetime:
        if not isinstance(raw, str):
            raise ValueError("must be a moment")
        return parse_time(raw)

    return _spec(clean, format_time, load)


def blob(longest: int, *, shortest: int = 0) -> Spec:
    """Take bytes; base64 on the wire."""

    def clean(value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise ValueError("must be bytes")
        if not shortest <= len(value) <= longest:
            raise ValueError(f"must have {shortest} to {longest} bytes")
        return value

    def load(raw: JSON) -> bytes:
        if not isinstance(raw, str):
            raise ValueError("must be base64")
        return from_b64(raw)

    return _spec(clean, to_b64, load)


def choice(names: type[StrEnum]) -> Spec:
    """Take a member of an enumeration; its value on the wire."""

    def load(raw: JSON) -> StrEnum:
        if not isinstance(raw, str):
            raise ValueError("must be text")
        try:
            return names(raw)
        except ValueError:
            raise ValueError("must be one of " + ", ".join(names)) from None

    return _spec(load, lambda value: str(value), load)


def listing(of: Spec, longest: int) -> Spec:
    """Take a list; it is kept as a tuple."""
    kind = of["wire"]

    def check(value: Any) -> Sequence[Any]:
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            raise ValueError("must be a list")
        if len(value) > longest:
            raise ValueError(f"must have at most {longest} entries")
        return value

    return _spec(
        lambda value: tuple(kind.clean(one) for one in check(value)),
        lambda value: [kind.dump(one) for one in value],
        lambda raw: tuple(kind.load(one) for one in check(raw)),
    )


def nested(message: type[Message]) -> Spec:
    """Take another message."""

    def clean(value: Any) -> Message:
        if not isinstance(value, message):
            raise ValueError(f"must be a {message.__name__}")
        return value

    return _spec(clean, lambda value: value.to_json(), message.from_json)


def optional(of: Spec) -> Spec:
    """Take a value or None; None is left out on the wire."""
    kind = of["wire"]
    return _spec(
        lambda value: None if value is None else kind.clean(value),
        lambda value: None if value is None else kind.dump(value),
        lambda raw: None if raw is None else kind.load(raw),
    )


# --- messages -------------------------------------------------------------------------------------


class Message:
    """Read, check and write the fields that a subclass declares.

    Subclasses are `@dataclass(frozen=True, kw_only=True)`. `largest` is the limit in bytes, both ways;
    `kind_name`, where it is given, stands in the JSON as `kind` and must match.
    """

    largest: ClassVar[int] = 1 << 20
    kind_name: ClassVar[str | None] = None

    def __post_init__(self) -> None:
        """Check every field and put it in its one form."""
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            try:
                value = field.metadata["wire"].clean(getattr(self, field.name))
            except WireError:
                raise
            except (ValueError, OverflowError) as error:
                raise WireError(Code.BAD_FIELD, f"{type(self).__name__}.{field.name} {error}") from error
            object.__setattr__(self, field.name, value)
        self.check()

    def check(self) -> None:
        """Raise WireError where fields contradict each other; nothing to do by default."""

    def to_json(self) -> dict[str, JSON]:
        """Give the object as JSON values; what is None is left out."""
        found: dict[str, JSON] = {}
        if self.kind_name is not None:
            found["kind"] = self.kind_name
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = field.metadata["wire"].dump(getattr(self, field.name))
            if value is not None:
                found[field.name] = value
        return found

    @classmethod
    def from_json(cls, raw: JSON) -> Self:
        """Build from JSON values; WireError names the field that is missing or wrong."""
        if not isinstance(raw, dict):
            raise WireError(Code.BAD_FIELD, f"{cls.__name__} must be an object")
        if cls.kind_name is not None and raw.get("kind") != cls.kind_name:
            raise WireError(Code.WRONG_KIND, f"must be a {cls.kind_name}")
        given: dict[str, Any] = {}
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]
            if field.name in raw:
                try:
                    given[field.name] = field.metadata["wire"].load(raw[field.name])
                except (ValueError, OverflowError) as error:
                    raise WireError(Code.BAD_FIELD, f"{cls.__name__}.{field.name} {error}") from error
            elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                raise WireError(Code.MISSING_FIELD, f"{cls.__name__}.{field.name}")
        return cls(**given)

    def to_bytes(self) -> bytes:
        """Write the canonical bytes; too many of them are an error of the sender."""
        data = canonical(self.to_json())
        if len(data) > self.largest:
            raise WireError(Code.TOO_LARGE, f"{type(self).__name__}: {len(data)} bytes, at most {self.largest}")
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read from bytes within the limit of this message."""
        return cls.from_json(parse(data, limit=cls.largest))
