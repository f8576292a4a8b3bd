"""Writing answers fast: thousands of devices get the same alert, each in an answer of its own."""

import json
from collections.abc import Sequence
from datetime import datetime

from coso_wire import ErrorAnswer, WireError, format_time


def encode(
    *,
    version: int,
    cursor: str,
    server_time: datetime,
    manifest: bytes | None = None,
    alerts: Sequence[bytes] = (),
    acked_reports: Sequence[str] = (),
    acked_log_seq: int = 0,
    again_after_s: int = 0,
) -> bytes:
    """Write an `Answer` whose envelopes are encoded already; the same bytes as `Answer(...).to_bytes()`."""
    reports = json.dumps(list(acked_reports), separators=(",", ":"), ensure_ascii=False).encode()
    parts = [
        b'{"acked_log_seq":%d,"acked_reports":%s,"again_after_s":%d,' % (acked_log_seq, reports, again_after_s),
        b'"alerts":[%s],"cursor":"%s",' % (b",".join(alerts), cursor.encode()),
    ]
    if manifest is not None:
        parts.append(b'"manifest":%s,' % manifest)
    parts.append(b'"server_time":"%s","version":%d}' % (format_time(server_time).encode(), version))
    return b"".join(parts)


def encode_error(error: WireError, server_time: datetime) -> bytes:
    """Write an `ErrorAnswer`; what a device sent may be quoted in it, so only what can be printed is."""
    detail = "".join(char for char in error.detail if char.isprintable())[:500]
    return ErrorAnswer(error=error.code.value, detail=detail, server_time=server_time).to_bytes()
