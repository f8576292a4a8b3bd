"""How entries are chained and how a reason is kept outside the chain."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

GENESIS = "0" * 64


def reason_hash(*, salt: str, reason: str) -> str:
    """Hash a reason with its own salt, so that the text can be erased and the chain still holds."""
    return hashlib.sha256(f"{salt}\0{reason}".encode()).hexdigest()


def entry_hash(
    *,
    number: int,
    previous: str,
    at: str,
    verb: str,
    actor: str,
    refs: Sequence[str],
    data: Mapping[str, Any],
    reason_digest: str,
) -> str:
    """Hash one entry together with the hash of the entry before it (SHA-256, canonical JSON)."""
    body = json.dumps(
        [number, previous, at, verb, actor, list(refs), dict(data), reason_digest],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()
