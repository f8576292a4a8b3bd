"""What can be wrong with a message: one error class, one list of codes."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Name every way in which a message can be refused, as it stands on the wire."""

    BAD_JSON = "bad_json"
    MISSING_FIELD = "missing_field"
    BAD_FIELD = "bad_field"
    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"
    NO_COMMON_VERSION = "no_common_version"
    UNSIGNED = "unsigned"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    BAD_MAC = "bad_mac"
    CLOCK_OFF = "clock_off"
    BAD_CODE = "bad_code"
    UNKNOWN_DEVICE = "unknown_device"
    REVOKED = "revoked"
    NO_MEDIA = "no_media"
    LOG_BROKEN = "log_broken"
    LOG_GAP = "log_gap"
    LOG_FORKED = "log_forked"
    BUSY = "busy"


HTTP_STATUS: dict[Code, int] = {
    Code.TOO_LARGE: 413,
    Code.NO_COMMON_VERSION: 426,
    Code.BAD_MAC: 401,
    Code.CLOCK_OFF: 401,
    # A stranger learns nothing from the difference between "no such device" and "wrong key".
    Code.UNKNOWN_DEVICE: 401,
    Code.REVOKED: 403,
    Code.BAD_CODE: 403,
    Code.NO_MEDIA: 404,
    Code.LOG_GAP: 409,
    Code.LOG_FORKED: 409,
    Code.BUSY: 503,
}


class WireError(Exception):
    """The message is refused; `code` says why to a program, `detail` to a person."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail

    @property
    def http_status(self) -> int:
        """Give the HTTP status that carries this error; 400 unless the code has its own."""
        return HTTP_STATUS.get(self.code, 400)
