"""Nothing listens where it should not."""

import socket

import pytest

from coso.site import guard, options


def chosen(**changes):
    return {**options.load({}), **changes}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_machine_alone_is_served_without_tls(host):
    assert guard.require_tls(chosen(COSO_BIND=host)) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "coso.hatinh.gov.vn"])
def test_other_machines_are_not_served_without_tls(host):
    with pytest.raises(guard.NotSafe, match=f"COSO_BIND={host}"):
        guard.require_tls(chosen(COSO_BIND=host))


def test_other_machines_are_served_behind_a_named_proxy():
    assert guard.require_tls(chosen(COSO_BIND="0.0.0.0", COSO_TRUSTED_PROXY=True)) is None


def test_other_machines_are_served_with_a_certificate_and_its_key(tmp_path):
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("PEM")
    both = {"COSO_TLS_CERT": str(tmp_path / "cert.pem"), "COSO_TLS_KEY": str(tmp_path / "key.pem")}

    assert guard.require_tls(chosen(COSO_BIND="0.0.0.0", **both)) is None


def test_a_certificate_without_its_key_is_refused(tmp_path):
    with pytest.raises(guard.NotSafe, match="COSO_TLS_KEY"):
        guard.require_tls(chosen(COSO_TLS_CERT=str(tmp_path / "cert.pem")))


def test_a_certificate_that_is_not_there_is_named(tmp_path):
    missing = str(tmp_path / "cert.pem")

    with pytest.raises(guard.NotSafe, match=missing):
        guard.require_tls(chosen(COSO_TLS_CERT=missing, COSO_TLS_KEY=missing))


def test_a_taken_port_is_refused_with_the_setting_that_chooses_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(guard.NotSafe, match=f"COSO_PORT={port + 10}"):
            guard.require_free("127.0.0.1", port, "COSO_PORT")

    assert guard.require_free("127.0.0.1", port, "COSO_PORT") is None
