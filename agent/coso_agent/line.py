"""One HTTP connection to the server: plain on loopback only, TLS elsewhere, every wait bounded."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECT_S = 10.0


class LineDown(Exception):
    """The server can't be reached now; trying again later may help."""


class UnsafeAddress(Exception):
    """Plain http:// is for this machine only: use an https:// address."""


@dataclass(frozen=True)
class Reply:
    """Hold an answer with its body read."""

    status: int
    headers: http.client.HTTPMessage  # found whatever their case
    body: bytes


def check_address(url: str) -> None:
    """Raise UnsafeAddress for http:// to another machine, ValueError for what is no address at all."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("the server's address must be like https://host[:port]")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UnsafeAddress
    _ = parts.port  # a ValueError here names a bad port


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Line:
    """Send requests one after the other; the connection is kept between them. Not for two threads at once."""

    def __init__(self, url: str, *, ca_file: Path | None = None, connect_s: float = CONNECT_S) -> None:
        check_address(url)
        parts = urlsplit(url)
        self._host, self._port, self._base = parts.hostname or "", parts.port, parts.path.rstrip("/")
        self._tls: ssl.SSLContext | None = None
        if parts.scheme == "https":
            self._tls = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
        self._connect_s = connect_s
        self._connection: http.client.HTTPConnection | None = None
        self._fresh = True
        self._closed = False

    def ask(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str], wait_s: float, most: int
    ) -> Reply:
        """Send and give the answer, at most so many bytes; LineDown if there is none within `wait_s`."""
        with self.open(method, path, body=body, headers=headers, wait_s=wait_s) as response:
            data = response.read(most + 1)
            if len(data) > most:
                self.drop()
                raise LineDown(f"the answer is longer than {most} bytes")
            return Reply(response.status, response.headers, data)

    @contextmanager
    def open(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str], wait_s: float
    ) -> Iterator[http.client.HTTPResponse]:
        """Send and give the answer to be read; LineDown for every failure, also while it is read."""
        try:
            yield self._begin(method, path, body, headers, wait_s)
        except (OSError, http.client.HTTPException) as error:
            self.drop()
            raise LineDown(f"{type(error).__name__}: {error}") from error
        except BaseException:
            self.drop()  # the caller gave up in the middle: what is left must not meet the next request
            raise

    def _begin(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], wait_s: float
    ) -> http.client.HTTPResponse:
        reused = self._connection is not None
        try:
            return self._send(method, path, body, headers, wait_s)
        except (ConnectionError, http.client.RemoteDisconnected, http.client.CannotSendRequest):
            # A kept connection may have been closed meanwhile; whatever we ask may arrive twice.
            if not reused or self._closed:
                raise
            self.drop()
            return self._send(method, path, body, headers, wait_s)

    def _send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], wait_s: float
    ) -> http.client.HTTPResponse:
        if self._connection is None:
            if self._closed:
                raise ConnectionError("stopping")
            if self._tls is not None:
                self._connection = http.client.HTTPSConnection(
                    self._host, self._port, timeout=self._connect_s, context=self._tls
                )
            else:
                self._connection = http.client.HTTPConnection(self._host, self._port, timeout=self._connect_s)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.sock.settimeout(wait_s)
        self._connection.request(method, self._base + path, body=body or None, headers=dict(headers))
        return self._connection.getresponse()

    def drop(self) -> None:
        """Close the connection; the next request opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def abort(self) -> None:
        """Make a request that waits in another thread fail at once, and every later one; used to stop."""
        self._closed = True
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
