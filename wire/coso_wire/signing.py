"""Who said it: Ed25519 signatures with a domain in front, and HMAC between one device and the server."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Self

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey as _NaclSigningKey
from nacl.signing import VerifyKey as _NaclVerifyKey

from coso_wire.codec import Message, blob, format_time, parse_time, text
from coso_wire.errors import Code, WireError

# The domain stands in front of what is signed, so that no signature for one purpose can serve another.
MANIFEST_DOMAIN = b"coso-manifest-1\0"
ALERT_DOMAIN = b"coso-alert-1\0"
LOG_DOMAIN = b"coso-log-1\0"


class VerifyKey:
    """The public half of an Ed25519 key: 32 bytes and the name made from them."""

    def __init__(self, public: bytes) -> None:
        try:
            self._key = _NaclVerifyKey(public)
        except (TypeError, ValueError) as error:
            raise WireError(Code.BAD_FIELD, "a public key has 32 bytes") from error
        self.public = bytes(public)

    @property
    def key_id(self) -> str:
        """Name the key: the first 16 hexadecimal digits of the SHA-256 of its bytes."""
        return hashlib.sha256(self.public).hexdigest()[:16]

    def verify(self, domain: bytes, message: bytes, signature: bytes) -> None:
        """Raise WireError `bad_signature` unless this key signed the message in this domain."""
        try:
            self._key.verify(domain + message, signature)
        except (BadSignatureError, ValueError, TypeError) as error:
            raise WireError(Code.BAD_SIGNATURE, f"not by key {self.key_id}") from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyKey) and other.public == self.public

    def __hash__(self) -> int:
        return hash(self.public)

    def __repr__(self) -> str:
        return f"VerifyKey({self.key_id})"


class SigningKey:
    """The private half of an Ed25519 key, kept as its 32-byte seed."""

    def __init__(self, seed: bytes) -> None:
        try:
            self._key = _NaclSigningKey(seed)
        except (TypeError, ValueError) as error:
            raise WireError(Code.BAD_FIELD, "a private key has 32 bytes") from error
        self.seed = bytes(seed)

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new key from the system's randomness."""
        return cls(bytes(_NaclSigningKey.generate()))

    @property
    def verify_key(self) -> VerifyKey:
        """Give the public half."""
        return VerifyKey(bytes(self._key.verify_key))

    @property
    def key_id(self) -> str:
        """Name the key as its public half is named."""
        return self.verify_key.key_id

    def sign(self, domain: bytes, message: bytes) -> bytes:
        """Give the 64-byte signature of the message in this domain."""
        return bytes(self._key.sign(domain + message).signature)

    def __repr__(self) -> str:
        return f"SigningKey({self.key_id})"  # never the seed: this may end in a log


@dataclass(frozen=True, kw_only=True)
class Envelope(Message):
    """Carry signed bytes: the payload as it was signed, the key's name and the signature.

    One without name or signature can be read, so that whoever opens it can say what came; it never opens.
    """

    largest: ClassVar[int] = 6 << 20

    payload: bytes = field(metadata=blob(4 << 20))
    key_id: str = field(default="", metadata=text(64, shortest=0))
    signature: bytes = field(default=b"", metadata=blob(64))

    @classmethod
    def seal(cls, payload: bytes, *, domain: bytes, key: SigningKey) -> Self:
        """Sign a payload."""
        return cls(payload=payload, key_id=key.key_id, signature=key.sign(domain, payload))

    def open(self, *, domain: bytes, authorities: Mapping[str, VerifyKey]) -> bytes:
        """Give the payload if an authority signed it; `unsigned`, `unknown_key` or `bad_signature` if none did."""
        if not self.signature or not self.key_id:
            raise WireError(Code.UNSIGNED)
        key = authorities.get(self.key_id)
        if key is None:
            raise WireError(Code.UNKNOWN_KEY, self.key_id)
        key.verify(domain, self.payload, self.signature)
        return self.payload

    @property
    def digest(self) -> str:
        """Name the envelope by the SHA-256 of its payload."""
        return hashlib.sha256(self.payload).hexdigest()


def mac(secret: bytes, *, device_id: str, time: str, body: bytes) -> str:
    """Authenticate an ask: HMAC-SHA256 over version, device, time and the body's hash, hexadecimal."""
    message = f"1\n{device_id}\n{time}\n{hashlib.sha256(body).hexdigest()}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def check_mac(
    secret: bytes,
    given: str,
    *,
    device_id: str,
    time: str,
    body: bytes,
    now: datetime,
    window: timedelta = timedelta(minutes=10),
) -> datetime:
    """Give the device's time if the ask is authentic and its clock near ours.

    `bad_mac` comes before `clock_off`, so an answer to the latter may carry a MAC: the device believes it.
    """
    expected = mac(secret, device_id=device_id, time=time, body=body)
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise WireError(Code.BAD_MAC, "the ask was not made by this device")
    try:
        at = parse_time(time)
    except ValueError as error:
        raise WireError(Code.BAD_FIELD, f"Coso-Time {error}") from error
    if abs(at - now) > window:
        raise WireError(Code.CLOCK_OFF, f"the device says {time}, the server {format_time(now)}")
    return at


def answer_mac(secret: bytes, *, ask_mac: str, body: bytes) -> str:
    """Authenticate an answer and tie it to the ask that it answers, in hexadecimal."""
    message = f"1 answer\n{ask_mac}\n{hashlib.sha256(body).hexdigest()}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def check_answer_mac(secret: bytes, given: str, *, ask_mac: str, body: bytes) -> None:
    """Raise WireError `bad_mac` unless the server that shares the secret answered this very ask."""
    expected = answer_mac(secret, ask_mac=ask_mac, body=body)
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise WireError(Code.BAD_MAC, "the answer is not the server's, or not to this ask")
