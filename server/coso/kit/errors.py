"""Errors that a person can act on. Faces turn them into pages and answers."""

from collections.abc import Mapping


class CosoError(Exception):
    """Something could not be done; the message says what to do next."""

    status = 400


class NotAllowed(CosoError):
    """The person's post does not include this right at this place."""

    status = 403


class NotFound(CosoError):
    """There is no such record within the person's scope."""

    status = 404


class WrongState(CosoError):
    """The record has moved on; read it again before acting on it."""

    status = 409


class BadInput(CosoError):
    """What was sent cannot be taken. Nothing was changed.

    `fields` maps a field's name to sentences about it; "" is for the whole.
    """

    status = 422

    def __init__(self, message: str = "", /, *, fields: Mapping[str, list[str]] | None = None) -> None:
        self.fields: dict[str, list[str]] = dict(fields or {})
        if message:
            self.fields.setdefault("", []).append(message)
        super().__init__(message or "; ".join(s for lines in self.fields.values() for s in lines))
