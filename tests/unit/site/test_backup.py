"""A data folder in one file, and back; a bad file changes nothing."""

import io
import json
import re
import sqlite3
import tarfile
from contextlib import closing

import pytest

from coso.site import backup


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "var"
    for name, content in {"media/ab/abcd": b"sound", "keys/signing.key": b"secret", "keys/web.key": b"web"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / "coso.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE thon (ten TEXT)")
        database.execute("INSERT INTO thon VALUES ('Thôn 1')")
        database.commit()
    return folder


def villages(folder):
    with closing(sqlite3.connect(folder / "coso.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT ten FROM thon ORDER BY ten")]


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def crafted(path, members):
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_what_was_written_comes_back(data, tmp_path):
    note = backup.make(data, tmp_path / "b.tar")

    restored = backup.restore(tmp_path / "b.tar", tmp_path / "new")

    assert note["files"] == restored["files"] == 4
    assert villages(tmp_path / "new") == ["Thôn 1"]
    assert (tmp_path / "new/media/ab/abcd").read_bytes() == b"sound"
    assert (tmp_path / "new/keys/signing.key").read_bytes() == b"secret"
    assert (tmp_path / "new/keys/signing.key").stat().st_mode & 0o077 == 0


def test_a_backup_is_whole_while_somebody_writes(data, tmp_path):
    writer = sqlite3.connect(data / "coso.sqlite3")
    writer.execute("INSERT INTO thon VALUES ('Thôn 2')")
    writer.commit()
    writer.execute("INSERT INTO thon VALUES ('chưa xong')")

    backup.make(data, tmp_path / "b.tar")

    writer.close()
    backup.restore(tmp_path / "b.tar", tmp_path / "new")
    assert villages(tmp_path / "new") == ["Thôn 1", "Thôn 2"]


def test_an_older_backup_is_never_overwritten(data, tmp_path):
    (tmp_path / "b.tar").write_bytes(b"older")

    with pytest.raises(backup.NotPossible, match=r"b\.tar"):
        backup.make(data, tmp_path / "b.tar")

    assert (tmp_path / "b.tar").read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "var"]


def test_a_used_folder_is_not_restored_over(data, tmp_path):
    backup.make(data, tmp_path / "b.tar")
    before = contents(data)

    with pytest.raises(backup.NotPossible, match="--force"):
        backup.restore(tmp_path / "b.tar", data)

    assert contents(data) == before


def test_forced_the_old_content_is_kept_beside(data, tmp_path):
    backup.make(data, tmp_path / "b.tar")
    (data / "media/ab/abcd").write_bytes(b"newer")

    backup.restore(tmp_path / "b.tar", data, force=True)

    kept = next(tmp_path.glob("var.before-*"))
    assert (data / "media/ab/abcd").read_bytes() == b"sound"
    assert (kept / "media/ab/abcd").read_bytes() == b"newer"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "keys/../../x", "other/file", "media"])
def test_a_crafted_file_reaches_nothing_outside(name, tmp_path):
    file = crafted(tmp_path / "bad.tar", {"coso.sqlite3": b"", name: b"x"})

    with pytest.raises(backup.NotPossible, match=re.escape(f"“{name}”")):
        backup.restore(file, tmp_path / "deep/new")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.tar", "deep"]


def test_a_link_in_a_backup_is_refused(tmp_path):
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        member = tarfile.TarInfo("keys/web.key")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)

    with pytest.raises(backup.NotPossible, match=r"“keys/web\.key”"):
        backup.restore(tmp_path / "bad.tar", tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_backup_that_was_cut_short_is_refused(data, tmp_path):
    backup.make(data, tmp_path / "b.tar")
    (tmp_path / "short.tar").write_bytes((tmp_path / "b.tar").read_bytes()[:9000])

    with pytest.raises(backup.NotPossible):
        backup.restore(tmp_path / "short.tar", tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_backup_that_lost_a_file_is_refused(tmp_path):
    note = json.dumps({"format": 1, "files": 2}).encode()
    file = crafted(tmp_path / "b.tar", {"coso.sqlite3": b"", "coso-backup.json": note})

    with pytest.raises(backup.NotPossible):
        backup.restore(file, tmp_path / "new")

    assert not (tmp_path / "new").exists()
