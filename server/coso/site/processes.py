"""The command lines of the programs that make up the system, run together by `coso serve` or apart."""

import sys
from pathlib import Path
from typing import Any

# A page in flight gets this long; granian's ASGI mode may otherwise never end after load.
KILL_TIMEOUT = "3"
GATEWAY_ASKS = "16384"


def _granian(target: str, interface: str, port: int, options: dict[str, Any]) -> list[str]:
    command = [
        sys.executable, "-m", "granian", target, "--interface", interface,
        "--host", options["COSO_BIND"], "--port", str(port),
        "--workers-kill-timeout", KILL_TIMEOUT, "--respawn-failed-workers", "--log-level", "warning",
    ]  # fmt: skip
    if options["COSO_TLS_CERT"]:
        command += ["--ssl-certificate", options["COSO_TLS_CERT"], "--ssl-keyfile", options["COSO_TLS_KEY"]]
    return command


def web(options: dict[str, Any]) -> list[str]:
    """Give the command line of the web server: pages, sync views in threads."""
    return [
        *_granian("coso.site.wsgi:application", "wsgi", options["COSO_PORT"], options),
        "--workers", str(options["COSO_PROCESSES"]),
        "--blocking-threads", str(options["COSO_WEB_THREADS"]),
    ]  # fmt: skip


def gateway(options: dict[str, Any]) -> list[str]:
    """Give the command line of the gateway: thousands of devices that wait, in one event loop."""
    return [
        *_granian("coso.gateway.app:application", "asgi", options["COSO_GATEWAY_PORT"], options),
        # Every device holds one ask open; the server's default stops at 1,024 of them.
        "--backlog", GATEWAY_ASKS, "--backpressure", GATEWAY_ASKS,
    ]  # fmt: skip


def coso(*words: str) -> list[str]:
    """Give the command line of one of our own commands."""
    return [str(Path(sys.executable).with_name("coso")), *words]


def web_url(options: dict[str, Any]) -> str:
    """Give the address that people of this machine open."""
    return _url(options, options["COSO_PORT"])


def gateway_url(options: dict[str, Any]) -> str:
    """Give the address that devices use."""
    return options["COSO_GATEWAY_URL"] or _url(options, options["COSO_GATEWAY_PORT"])


def _url(options: dict[str, Any], port: int) -> str:
    bind = options["COSO_BIND"]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(bind, bind)  # noqa: S104 the case is named, not used
    return f"{'https' if options['COSO_TLS_CERT'] else 'http'}://{host}:{port}"
