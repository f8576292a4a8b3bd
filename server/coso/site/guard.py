"""What is looked at before anything listens: who could hear us, and whether the port is ours to take."""

import errno
import ipaddress
import socket
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _


class NotSafe(Exception):
    """The system would not start like this; the message says what to change."""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def require_tls(options: dict[str, Any]) -> None:
    """Refuse to speak plain HTTP to other machines: sign-ins and device secrets would be readable on the way.

    Raises NotSafe when the bind address is not loopback and there is neither a certificate nor a named proxy.
    """
    certificate, key = options["COSO_TLS_CERT"], options["COSO_TLS_KEY"]
    if bool(certificate) != bool(key):
        raise NotSafe(_("COSO_TLS_CERT and COSO_TLS_KEY belong together; only one of them is set."))
    for name in ("COSO_TLS_CERT", "COSO_TLS_KEY"):
        if options[name] and not Path(options[name]).is_file():
            raise NotSafe(
                _("%(name)s names a file that is not there: %(file)s.") % {"name": name, "file": options[name]}
            )
    if is_loopback(options["COSO_BIND"]) or certificate or options["COSO_TRUSTED_PROXY"]:
        return
    raise NotSafe(
        _(
            "COSO_BIND=%(bind)s lets other machines in, but there is no TLS. Set COSO_TLS_CERT and COSO_TLS_KEY, "
            "or COSO_TRUSTED_PROXY=yes behind a proxy that ends TLS, or bind to 127.0.0.1."
        )
        % {"bind": options["COSO_BIND"]}
    )


def require_free(host: str, port: int, option: str) -> None:
    """Refuse when the port is taken. Raises NotSafe with the setting that chooses another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            why = {errno.EADDRINUSE: _("another program is listening there"), errno.EACCES: _("it needs more rights")}
            raise NotSafe(
                _("Port %(port)s on %(host)s cannot be used: %(why)s. Choose another: %(option)s=%(next)s.")
                % {
                    "port": port,
                    "host": host,
                    "why": why.get(error.errno or 0, error.strerror),
                    "option": option,
                    "next": max(port, 1024) + 10,
                }
            ) from None


def free_ports(many: int) -> list[int]:
    """Give ports of loopback that nobody listens on now; all are held at once, so that no two are the same."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    ports: list[int] = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports
