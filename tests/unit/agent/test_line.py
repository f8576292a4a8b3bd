"""The line: safe addresses only, sounds piece by piece, and nothing believed that isn't the server's."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from coso_agent import fetch
from coso_agent.cli import main
from coso_agent.fetch import Fetcher
from coso_agent.line import Line, LineDown, UnsafeAddress, check_address
from coso_agent.link import Backoff
from coso_agent.media import MediaFolder
from coso_agent.store import Store
from coso_wire import Media
from tests.support.fake_gateway import Gateway
from tests.unit.agent.conftest import Speaker, until


@pytest.mark.parametrize("url", ["http://localhost:1", "http://127.0.0.9", "http://[::1]:8", "https://coso.example"])
def test_these_addresses_are_safe(url: str):
    check_address(url)

    assert Line(url)


@pytest.mark.parametrize("url", ["http://coso.example", "http://10.0.0.1", "http://127.0.0.1.example.com"])
def test_plain_http_to_another_machine_is_refused(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(UnsafeAddress):
        check_address(url)

    assert main(["enrol", "--server", url, "--code", "x", "--home", str(tmp_path / "home")]) == 1
    assert "use an https:// address" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_waits_double_up_to_a_limit_and_are_never_equal():
    backoff = Backoff(first_s=1, longest_s=8)

    waits = [backoff.next_s() for _ in range(6)]

    for wait, whole in zip(waits, [1, 2, 4, 8, 8, 8], strict=True):
        assert whole / 2 <= wait <= whole
    assert len(set(waits)) == 6


class Wants:
    """Want some sounds, and remember what became of them."""

    def __init__(self, *media: Media) -> None:
        self.media = list(media)
        self.came: list[Media] = []
        self.bad: list[str] = []

    def wanted(self) -> list[Media]:
        return self.media

    def media_came(self, media: Media) -> None:
        self.came.append(media)

    def media_was_bad(self, media: Media, reason: str) -> None:
        self.bad.append(reason)

    def note(self, event: str, **more: object) -> None:
        pass


@pytest.fixture
def make_fetcher(speaker: Speaker, gateway: Gateway) -> Callable[[Wants], tuple[Fetcher, Store]]:
    def make(wants: Wants) -> tuple[Fetcher, Store]:
        store = Store(speaker.home)
        fetcher = Fetcher(
            wants,
            store,
            store.identity(),
            partial(Line, gateway.url),
            now=gateway.now,
            backoff=partial(Backoff, first_s=0.01, longest_s=0.02),
        )
        return fetcher, store

    return make


def test_a_broken_download_goes_on_where_it_stopped(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]]
):
    media, _ = gateway.add_sound(5)
    gateway.cut_after[media.sha256] = 100_000
    wants = Wants(media)
    fetcher, store = make_fetcher(wants)

    fetcher.start()
    until(lambda: wants.came)
    fetcher.stop()

    assert gateway.media_requests == [(media.sha256, ""), (media.sha256, "bytes=100000-")]
    assert store.media.path(media.sha256).read_bytes() == gateway.media[media.sha256]
    assert wants.bad == []


def test_wrong_bytes_are_thrown_away_and_fetched_again(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]]
):
    media, _ = gateway.add_sound(0.1)
    gateway.corrupt[media.sha256] = 2
    wants = Wants(media)
    fetcher, store = make_fetcher(wants)

    fetcher.start()
    until(lambda: wants.came)
    fetcher.stop()

    assert wants.bad == ["wrong_hash", "wrong_hash"]
    assert store.media.whole(media)


def test_after_three_times_wrong_bytes_a_sound_is_left_alone_and_the_next_is_fetched(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetch, "SET_ASIDE_S", 60)
    bad, good = gateway.add_sound(0.1)[0], gateway.add_sound(0.1, seed=1)[0]
    gateway.corrupt[bad.sha256] = 100
    wants = Wants(bad, good)
    fetcher, store = make_fetcher(wants)

    fetcher.start()
    until(lambda: wants.came)
    fetcher.stop()

    assert wants.came == [good]
    assert wants.bad == ["wrong_hash"] * 3
    assert [name for name, _ in gateway.media_requests].count(bad.sha256) == 3
    assert store.media.here() == {good.sha256}


def test_a_sound_longer_than_announced_is_refused(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]]
):
    media, _ = gateway.add_sound(0.1)
    gateway.media[media.sha256] += b"more"
    wants = Wants(media)
    fetcher, store = make_fetcher(wants)

    fetcher.fetch(media)
    fetcher.stop()

    assert wants.bad == ["too long"]
    assert list(store.media.folder.iterdir()) == []


def test_a_sound_that_the_server_lacks_does_not_hold_up_the_others(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]]
):
    missing = Media(sha256="0" * 64, bytes=5, duration_ms=5, mime="audio/ogg")
    good, _ = gateway.add_sound(0.1)
    wants = Wants(missing, good)
    fetcher, _ = make_fetcher(wants)

    fetcher.start()
    until(lambda: wants.came)
    fetcher.stop()

    assert wants.came == [good]


def test_a_full_disk_is_not_filled(
    gateway: Gateway, make_fetcher: Callable[[Wants], tuple[Fetcher, Store]], monkeypatch: pytest.MonkeyPatch
):
    media, _ = gateway.add_sound(0.1)
    wants = Wants(media)
    fetcher, store = make_fetcher(wants)
    monkeypatch.setattr(MediaFolder, "free_bytes", lambda _: 1000)

    fetcher.fetch(media)
    fetcher.stop()

    assert (gateway.media_requests, wants.came, list(store.media.folder.iterdir())) == ([], [], [])


def test_an_endless_answer_is_not_read_to_its_end(gateway: Gateway):
    media, _ = gateway.add_sound(1)
    line = Line(gateway.url)

    with pytest.raises(LineDown):
        line.ask("GET", f"/wire/1/media/{media.sha256}", headers={}, wait_s=1, most=10)


# --- TLS ---------------------------------------------------------------------------------------------


def make_authority(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a self-signed certificate for localhost."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subject = ["-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(
        ["openssl", "req", *kind, "-keyout", key, "-out", certificate, *subject], check=True, capture_output=True
    )
    return certificate, key


def test_a_speaker_trusts_only_the_authority_that_was_pinned(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    ours, other = make_authority(tmp_path, "ours"), make_authority(tmp_path, "other")
    gateway = Gateway(tls=ours)
    enrol = ["enrol", "--server", gateway.url, "--code", gateway.new_code()]

    without = main([*enrol, "--home", str(tmp_path / "1")])
    wrong = main([*enrol, "--home", str(tmp_path / "2"), "--ca", str(other[0])])
    right = main([*enrol, "--home", str(tmp_path / "3"), "--ca", str(ours[0])])
    gateway.close()

    assert (without, wrong, right) == (1, 1, 0)
    assert capsys.readouterr().err.count("CERTIFICATE_VERIFY_FAILED") == 2
    assert (tmp_path / "3" / "ca.pem").read_bytes() == ours[0].read_bytes()
    assert len(gateway.devices) == 1
