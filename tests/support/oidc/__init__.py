"""A real single sign-on for tests: django-oauth-toolkit in a process of its own, over a database of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coso.site.guard import free_ports

STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Issuer:
    """The single sign-on as it runs."""

    address: str
    """What its discovery names, and what `COSO_OIDC_ISSUER` takes."""
    client_id: str = "coso-thu-nghiem"
    secret: str = "bi-mat-thu-nghiem"
    name: str = "Cổng tỉnh"
    password: str = "song-la-chay-ra-bien"
    """The password of everybody there: 'dao', 'cuc', 'la' (see `provider.PEOPLE`)."""

    @property
    def options(self) -> dict[str, str]:
        """Give the settings with which our system knows it."""
        return {
            "COSO_OIDC_ISSUER": self.address,
            "COSO_OIDC_CLIENT_ID": self.client_id,
            "COSO_OIDC_SECRET": self.secret,
            "COSO_OIDC_NAME": self.name,
        }


@contextmanager
def running(folder: Path) -> Iterator[Issuer]:
    """Start it and wait until it answers; stop it at the end. RuntimeError with what it said when it does not start."""
    port = free_ports(1)[0]
    issuer = Issuer(f"http://127.0.0.1:{port}/o")
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("COSO_", "DJANGO_"))}
    said = folder / "issuer.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.oidc.provider", str(port), str(folder / "issuer.sqlite3")],
            env={**ours, "ISSUER_CLIENT": issuer.client_id, "ISSUER_SECRET": issuer.secret,
                 "ISSUER_PASSWORD": issuer.password},
            cwd=Path(__file__).resolve().parents[3],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait(issuer, process, said)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(issuer: Issuer, process: "subprocess.Popen[bytes]", said: Path) -> None:
    limit = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"{issuer.address}/.well-known/openid-configuration", timeout=2)
        except OSError:
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(said.read_text(errors="replace")[-2000:]) from None
            time.sleep(0.2)
        else:
            return
