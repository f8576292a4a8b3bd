"""Every setting an operator has, typed and described; the one place where the environment is read."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class BadOption(Exception):
    """A COSO_ setting has a value of the wrong kind; the message names it and what it takes."""


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError(text)


_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


def _hours(text: str) -> list[tuple[str, str]]:
    """Read spans of the day: '21:30-05:00, 11:30-13:00'."""
    spans = _words(text)
    for span in spans:
        if not _HOURS.fullmatch(span):
            raise ValueError(span)
    return [(span[:5], span[6:]) for span in spans]


def _issuer(text: str) -> str:
    """Read the address of an issuer: https, or plain http on loopback, without query or fragment."""
    parts = urlsplit(text)
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    whole = bool(parts.hostname) and not (parts.query or parts.fragment or parts.username)
    if text and not (whole and (parts.scheme == "https" or local)):
        raise ValueError(text)
    return text.rstrip("/")


_MAIL = ("smtp", "smtps", "smtp+starttls")


def _mail(text: str) -> str:
    """Read the address of a mail server: smtp://, smtps:// or smtp+starttls://, with name and password if it asks."""
    parts = urlsplit(text)
    # Asking for the port raises ValueError too, where it is no number.
    known = parts.scheme in _MAIL and bool(parts.hostname) and parts.port != 0
    if text and not (known and parts.path in {"", "/"}):
        raise ValueError(text)
    return text


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


@dataclass(frozen=True)
class Option:
    """One setting: its environment variable, how it is read, what it is when unset, what it is for."""

    name: str
    read: Callable[[str], Any]
    default: str
    about: str

    @property
    def kind(self) -> str:
        """What the value is, in a word."""
        return {
            "_flag": "yes/no",
            "_words": "list",
            "_hours": "hours",
            "_issuer": "URL",
            "_mail": "URL",
            "int": "number",
            "Path": "path",
        }.get(getattr(self.read, "__name__", ""), "text")


OPTIONS = [
    Option("COSO_DATA", Path, "var", "Folder that holds the database, the media and the keys."),
    Option(
        "COSO_DATABASE_URL",
        str,
        "",
        "Database address; SQLite in the data folder when empty (postgres://user@host/name).",
    ),
    Option(
        "COSO_SECRET_KEY",
        str,
        "",
        "Secret of sessions and forms; made once and kept in the data folder when empty.",
    ),
    Option("COSO_DEBUG", _flag, "no", "Show details of errors; never on a server others can reach."),
    Option("COSO_HOSTS", _words, "localhost,127.0.0.1,[::1]", "Host names that the web server answers to."),
    Option("COSO_ORIGINS", _words, "", "Origins trusted to send forms when a proxy ends TLS (https://…)."),
    Option("COSO_BIND", str, "127.0.0.1", "Address that the web server and the gateway listen on."),
    Option("COSO_PORT", int, "8000", "Port of the web server."),
    Option("COSO_GATEWAY_PORT", int, "8001", "Port of the gateway that devices speak with."),
    Option(
        "COSO_GATEWAY_URL",
        str,
        "",
        "Address that devices are told to use; made from bind and port when empty.",
    ),
    Option("COSO_TLS_CERT", str, "", "Certificate file (PEM); without one the system serves loopback only."),
    Option("COSO_TLS_KEY", str, "", "Key file of the certificate (PEM)."),
    Option("COSO_TRUSTED_PROXY", _flag, "no", "A proxy in front ends TLS and sets X-Forwarded-Proto."),
    Option("COSO_DEMO", _flag, "no", "This is a demonstration: sample marks and demo sign-ins are shown."),
    Option(
        "COSO_SIGNING_KEY",
        str,
        "",
        "File of the signing key; `keys/signing.key` in the data folder when empty.",
    ),
    Option("COSO_VOICE", str, "vi", "Voice of the speech synthesizer: vi, vi-vn-x-central or vi-vn-x-south."),
    Option("COSO_VOICE_SPEED", int, "120", "Speed of speech for espeak-ng; 120 is about 160 syllables a minute."),
    Option(
        "COSO_QUIET_HOURS",
        _hours,
        "",
        "Hours in which only an emergency sounds, in Vietnam's time, such as 21:30-05:00; none when empty, "
        "since no rule of the province was found.",
    ),
    Option("COSO_INVITATION_DAYS", int, "7", "Days for which the link of an invitation opens an account."),
    Option(
        "COSO_IMPORTS_KEPT_DAYS",
        int,
        "90",
        "Days for which an imported spreadsheet and the values that it replaced are kept; then they are erased, and "
        "the import can no longer be taken back.",
    ),
    Option(
        "COSO_OIDC_ISSUER",
        _issuer,
        "",
        "Address of the province's single sign-on (OpenID Connect), as its discovery names it; https, or http on "
        "loopback. Without one nobody sees the button.",
    ),
    Option("COSO_OIDC_CLIENT_ID", str, "", "Name under which the single sign-on knows this system."),
    Option("COSO_OIDC_SECRET", str, "", "Secret of that name."),
    Option("COSO_OIDC_NAME", str, "", "What the button calls the single sign-on, such as VNeID or Cổng tỉnh."),
    Option(
        "COSO_EMAIL_URL",
        _mail,
        "",
        "Mail server for reminders: smtp://name:password@host:587, smtps:// for TLS from the start, smtp+starttls:// "
        "where nothing may go without TLS. No e-mail leaves when empty.",
    ),
    Option("COSO_EMAIL_FROM", str, "", "Address that e-mails come from; needed with COSO_EMAIL_URL."),
    Option(
        "COSO_ADDRESS",
        _issuer,
        "",
        "Address at which people reach this system, such as https://coso.example.vn: links in e-mails begin with it.",
    ),
    Option(
        "COSO_BASEMAP",
        str,
        "",
        "Base map under the maps: a vector .pmtiles file that you provide; see to it that it shows Hoàng Sa and "
        "Trường Sa as Việt Nam's. None when empty.",
    ),
    Option("COSO_UPLOAD_MB", int, "25", "Largest document that may be uploaded, in megabytes."),
    Option("COSO_PROCESSES", int, "1", "Web server processes of `coso serve` and `coso web`."),
    Option("COSO_WEB_THREADS", int, "4", "Threads of each web server process."),
]


def load(environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Read every option; raise BadOption with the name and kind of a wrong one."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for option in OPTIONS:
        text = source.get(option.name, option.default)
        try:
            values[option.name] = option.read(text)
        except ValueError:
            raise BadOption(f"{option.name} takes a {option.kind}, not {text!r}. {option.about}") from None
    if bool(values["COSO_OIDC_ISSUER"]) != bool(values["COSO_OIDC_CLIENT_ID"]):
        raise BadOption("COSO_OIDC_ISSUER and COSO_OIDC_CLIENT_ID belong together; only one of them is set.")
    if values["COSO_EMAIL_URL"] and "@" not in values["COSO_EMAIL_FROM"]:
        raise BadOption("COSO_EMAIL_URL needs COSO_EMAIL_FROM, the address that e-mails come from.")
    return values


def reference() -> str:
    """Write the list of settings as a Markdown page."""
    rows = "\n".join(
        f"| `{o.name}` | {o.kind} | {f'`{o.default}`' if o.default else '(empty)'} | {o.about} |" for o in OPTIONS
    )
    return (
        "# Settings\n\nAll are environment variables. This page is printed by `coso reference settings`.\n\n"
        f"| name | kind | default | what it is for |\n|---|---|---|---|\n{rows}\n"
    )
