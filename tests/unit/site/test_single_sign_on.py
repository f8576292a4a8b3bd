"""The operator's settings of the single sign-on: a safe address, and both halves or none."""

import pytest

from coso.site import options

CLIENT = {"COSO_OIDC_CLIENT_ID": "coso"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://sso.hatinh.gov.vn/realms/canbo/", "https://sso.hatinh.gov.vn/realms/canbo"),
        ("http://127.0.0.1:9000/o", "http://127.0.0.1:9000/o"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_issuer_is_https_or_on_this_machine(typed: str, read: str) -> None:
    assert options.load(CLIENT | {"COSO_OIDC_ISSUER": typed})["COSO_OIDC_ISSUER"] == read


@pytest.mark.parametrize(
    "typed",
    [
        "http://sso.hatinh.gov.vn", "http://127.0.0.1.evil.vn", "sso.hatinh.gov.vn", "file:///etc", "https://",
        "https://sso.vn/?x=1", "https://a@sso.vn",
    ],
)  # fmt: skip
def test_any_other_address_is_refused_by_name(typed: str) -> None:
    with pytest.raises(options.BadOption, match="COSO_OIDC_ISSUER takes a URL"):
        options.load(CLIENT | {"COSO_OIDC_ISSUER": typed})


@pytest.mark.parametrize("half", [CLIENT, {"COSO_OIDC_ISSUER": "https://sso.vn"}])
def test_one_half_alone_is_refused(half: dict[str, str]) -> None:
    with pytest.raises(options.BadOption, match="belong together"):
        options.load(half)


def test_without_either_there_is_none() -> None:
    assert options.load({})["COSO_OIDC_ISSUER"] == ""
