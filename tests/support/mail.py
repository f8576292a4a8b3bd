"""A mail server in a thread, for tests: it keeps what it was sent, or refuses as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Mailbox:
    """What reached the server."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = b"250 ok"
        """What it says to a recipient: b"550 no such user", b"451 later"."""
        self.url = ""


class _Talk(socketserver.StreamRequestHandler):
    """One line to the server: EHLO, MAIL, RCPT, DATA, QUIT."""

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self._say(b"220 test")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                box.recipients.append(line.decode().split("<", 1)[1].split(">", 1)[0])
                self._say(box.answer)
            elif word == b"DATA":
                self._say(b"354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                whole = b"".join(one.removeprefix(b".") for one in lines)
                box.messages.append(message_from_bytes(whole, _class=EmailMessage, policy=policy.default))
                self._say(b"250 kept")
            elif word == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 test")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    box: Any = None


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Start a mail server on a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box = Mailbox()
        box.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
