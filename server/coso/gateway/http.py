"""The little of HTTP that the gateway needs over ASGI."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from coso_wire import Code, WireError

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})", re.ASCII)


class Gone(Exception):
    """The device hung up."""


def headers_of(scope: Scope) -> dict[str, str]:
    """Give the request's headers, names in lower case."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def client_of(scope: Scope, headers: Mapping[str, str], *, behind_proxy: bool) -> str:
    """Give the address that asks; behind a trusted proxy the last one that the proxy names."""
    if behind_proxy and (named := headers.get("x-forwarded-for")):
        return named.split(",")[-1].strip()[:45]
    client = scope.get("client")
    return str(client[0])[:45] if client else ""


_DRAINED = 4
"""So many times the limit is still read, and thrown away: who hears no before it has sent all sees a broken line."""


async def body_of(receive: Receive, headers: Mapping[str, str], *, limit: int) -> bytes:
    """Read the request's body. Raise WireError `too_large` beyond the limit, Gone when the device hangs up."""
    too_large = WireError(Code.TOO_LARGE, f"at most {limit} bytes")
    announced = headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit() or int(announced) > _DRAINED * limit:
        raise too_large
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        piece = message.get("body", b"")
        size += len(piece)
        if size > _DRAINED * limit:
            raise too_large
        if size <= limit:
            pieces.append(piece)
        if not message.get("more_body", False):
            break
    if size > limit:
        raise too_large
    return b"".join(pieces)


async def respond(send: Send, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
    """Send a whole JSON answer."""
    await begin(send, status, len(body), {"content-type": "application/json", **(headers or {})})
    await send({"type": "http.response.body", "body": body})


async def begin(send: Send, status: int, length: int, headers: Mapping[str, str]) -> None:
    """Send an answer's head."""
    # Some libraries take lower-case names only.
    lines = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    lines += [(b"content-length", str(length).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": lines})


def range_of(asked: str | None, size: int) -> tuple[int, int] | None:
    """Give the first byte and the one after the last of `bytes=N-` or `bytes=N-M`; None for the whole.

    Other forms are answered with the whole, as RFC 9110 14.2 allows. Raise ValueError when it begins past the end.
    """
    found = _RANGE.fullmatch(asked.strip()) if asked else None
    if not found:
        return None
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if first >= size:
        raise ValueError(asked)
    if last < first:
        return None
    return first, min(last, size - 1) + 1
