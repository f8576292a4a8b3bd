"""Secrets at rest: a column whose bytes are encrypted with a key that the database never holds."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from coso.devices.rules import seal, unseal

KEY_SIZE = 32


def key_bytes(path: Path) -> bytes:
    """Read a key file of 32 bytes; make it, for this user's eyes only, when there is none.

    Two processes that start at once agree: the file appears whole, and the first one wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_bytes()
    if len(key) != KEY_SIZE:
        raise ValueError(f"{path} is no key of {KEY_SIZE} bytes")
    return key


_keys: dict[Path, bytes] = {}


def _device_key() -> bytes:
    path = Path(settings.DATA) / "keys" / "devices.key"
    if path not in _keys:
        _keys[path] = key_bytes(path)
    return _keys[path]


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes that rest encrypted (`keys/devices.key`); code reads and writes them plain.

    A stolen database or backup without the keys folder gives no secret away.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return None if value is None else seal(bytes(value), key=_device_key())

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else unseal(bytes(value), key=_device_key())
