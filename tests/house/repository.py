"""The repository as the house tests read it: every file that is, or could be, committed."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server" / "coso"


@cache
def files() -> list[Path]:
    """List every file that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def files_of(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """List the files with one of these endings below a folder."""
    return [path for path in files() if path.suffix in suffixes and path.is_relative_to(under)]


def name(path: Path) -> str:
    """Give a file's name as people write it: from the repository's root."""
    return path.relative_to(ROOT).as_posix()


def apps() -> list[str]:
    """List the server's apps, by their folders."""
    return sorted(path.parent.name for path in SERVER.glob("*/__init__.py"))


def told(faults: list[str]) -> str:
    """Write faults one a line, for the message of an assertion."""
    return "\n" + "\n".join(faults)
