"""What the operator's options make of Django's settings, read in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

LOOK = """
import json
from coso.site import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}))
"""


def settings_with(*names: str, **environment: str):
    """Read settings as a process with these options would."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("COSO_")}
    found = subprocess.run(
        [sys.executable, "-c", LOOK % (names,)],
        env={**ours, "COSO_SECRET_KEY": "x", "COSO_DATA": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(found.stdout)


@pytest.mark.parametrize(
    ("environment", "proxies", "hsts"),
    [
        ({}, None, 0),
        ({"COSO_TRUSTED_PROXY": "yes"}, 1, 31_536_000),
        ({"COSO_TLS_CERT": "a.pem", "COSO_TLS_KEY": "b.pem"}, None, 31_536_000),
    ],
)
def test_tls_is_remembered_and_a_named_proxy_is_believed(environment, proxies, hsts):
    found = settings_with("ALLAUTH_TRUSTED_PROXY_COUNT", "SECURE_HSTS_SECONDS", **environment)

    assert found == {"ALLAUTH_TRUSTED_PROXY_COUNT": proxies, "SECURE_HSTS_SECONDS": hsts}
