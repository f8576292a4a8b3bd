"""Keeping the whole of a small system in one file, and bringing it back: database, media, keys."""

import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from coso.kit import clock

FORMAT = 1
DATABASE = "coso.sqlite3"
FOLDERS = ("media", "keys")
NOTE = "coso-backup.json"
TRACES = {"keys", "keys/web.key", "serve.lock", "scheduler.lock"}


class NotPossible(Exception):
    """The backup cannot be made or used; the message says why. Nothing was changed."""


def make(data: Path, target: Path) -> dict[str, Any]:
    """Write one .tar of a data folder while the system runs; return what it holds.

    The database is copied first by SQLite's online backup, the files after it: a medium is never changed once stored,
    so every file that the copy names is there. Raises NotPossible when there is no database, or the file exists.
    """
    source = data / DATABASE
    if not source.is_file():
        raise NotPossible(_("%(file)s is not there") % {"file": source})
    note: dict[str, Any] = {"format": FORMAT, "made_at": clock.iso(clock.now()), "files": 0, "bytes": 0}
    fresh = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=data) as folder, tarfile.open(fresh, "x") as tar:
            copy = Path(folder) / DATABASE
            _copy_database(source, copy)
            for name, path in [(DATABASE, copy), *_files(data)]:
                tar.add(path, arcname=name)
                note["files"] += 1
                note["bytes"] += path.stat().st_size
            # Last: a tar that was cut short has no note, and is refused.
            _add_note(tar, note)
        # A link fails where a rename would overwrite an older backup.
        target.hardlink_to(fresh)
    except FileExistsError as error:
        raise NotPossible(_("%(file)s exists already") % {"file": error.filename2 or error.filename}) from None
    finally:
        fresh.unlink(missing_ok=True)
    return note


def _copy_database(source: Path, target: Path) -> None:
    reading, writing = sqlite3.connect(source, timeout=20), sqlite3.connect(target)
    try:
        reading.backup(writing, pages=2000)
        # One file, that needs no log beside it.
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        reading.close()
        writing.close()


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.name.startswith(".new-"):
                yield path.relative_to(data).as_posix(), path


def _add_note(tar: tarfile.TarFile, note: dict[str, Any]) -> None:
    content = json.dumps(note).encode()
    member = tarfile.TarInfo(NOTE)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def is_used(data: Path) -> bool:
    """Tell whether a data folder holds anything that a restore would lose."""
    return (data / DATABASE).exists() or any((data / "media").glob("*"))


def restore(source: Path, data: Path, *, force: bool = False) -> dict[str, Any]:
    """Bring a data folder back from a backup; return the backup's note.

    A used folder is refused unless forced; its old content is then kept beside it, named by the time.
    Raises NotPossible when the file is no whole backup, or the folder is used.
    """
    if is_used(data) and not force:
        raise NotPossible(_("%(folder)s is not empty; --force keeps its content beside it") % {"folder": data})
    data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data.parent, prefix=".restore-") as folder:
        fresh = Path(folder) / "data"
        note = _unpack(source, fresh)
        _set_aside(data)
        fresh.rename(data)
    return note


def _set_aside(data: Path) -> None:
    """Move what is there out of the way; only what a mere start of `coso` leaves is removed."""
    if not data.exists():
        return
    if {path.relative_to(data).as_posix() for path in data.rglob("*")} <= TRACES:
        shutil.rmtree(data)
    else:
        data.rename(data.with_name(f"{data.name}.before-{clock.now():%Y%m%dT%H%M%SZ}"))


def _unpack(source: Path, target: Path) -> dict[str, Any]:
    """Unpack and check. Only plain files at names that a backup has: a crafted tar reaches nothing else."""
    note: dict[str, Any] = {}
    files = 0
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isreg() else None
                if stream is None or not _belongs(member.name):
                    words = _("%(file)s holds “%(name)s”, which no backup of ours does")
                    raise NotPossible(words % {"file": source, "name": member.name})
                if member.name == NOTE:
                    note = json.loads(stream.read(10_000))
                    continue
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with path.open("wb") as file:
                    while block := stream.read(1 << 20):
                        file.write(block)
                path.chmod(0o600)
                files += 1
    except (tarfile.TarError, OSError, ValueError) as error:
        raise NotPossible(f"{source}: {error}") from None
    if note.get("format") != FORMAT or note.get("files") != files or not (target / DATABASE).is_file():
        raise NotPossible(_("%(file)s is not a whole backup of this system") % {"file": source})
    return note


def _belongs(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in {DATABASE, NOTE} or (len(parts) > 1 and parts[0] in FOLDERS and not {"..", "/", ""} & set(parts))
