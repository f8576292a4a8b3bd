"""The single sign-on of the tests as a program: `python -m tests.support.oidc.provider PORT DATABASE`.

RS256, discovery, authorization code with PKCE, sign-in through a form. Nothing of it is part of the system under test.
"""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

PEOPLE = {"dao": "Lê Thị Đào", "cuc": "Hà Thị Cúc", "la": "Người Lạ"}
BACK = "/tai-khoan/oidc/sso/login/callback/"
LOGIN = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng tỉnh</title>
<link rel="icon" href="data:,"></head><body>
<main><h1>Cổng tỉnh</h1><form method="post">{% csrf_token %}<label>Tên <input name="username"></label>
<label>Mật khẩu <input name="password" type="password"></label><input type="hidden" name="next" value="{{ next }}">
<button>Đăng nhập</button></form></main></body></html>"""


def configure(port: int, database: str) -> None:
    """Set up Django for a process that is the single sign-on and nothing else."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    settings.configure(
        SECRET_KEY=os.urandom(32).hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.support.oidc.provider",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN}),
                        "django.template.loaders.app_directories.Loader",
                    ],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        LOGIN_URL="/login/",
        # Cookies know no port: without names of its own it would sign people out of the system under test.
        SESSION_COOKIE_NAME="issuer_session",
        CSRF_COOKIE_NAME="issuer_csrf",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OAUTH2_VALIDATOR_CLASS": "tests.support.oidc.claims.Claims",
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "ai", "profile": "tên", "email": "thư"},
            "ALLOWED_REDIRECT_URI_SCHEMES": ["http"],
        },
    )  # fmt: skip


def fill() -> None:
    """Make its tables, its people, and the one client."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for username, name in PEOPLE.items():
        User.objects.create_user(username, f"{username}@hatinh.vn", os.environ["ISSUER_PASSWORD"], first_name=name)
    Application.objects.create(
        name="Cơ Sở",
        client_id=os.environ["ISSUER_CLIENT"],
        client_secret=os.environ["ISSUER_SECRET"],
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        # Loopback goes with any port (RFC 8252, section 7.3).
        redirect_uris=f"http://127.0.0.1{BACK}",
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Threads(ThreadingMixIn, WSGIServer):
    """Answers several at once: our system asks for keys while the browser waits."""

    daemon_threads = True


def main(port: int, database: str) -> None:
    """Serve until it is stopped."""
    configure(port, database)
    import django

    django.setup()
    fill()
    from django.core.wsgi import get_wsgi_application

    make_server("127.0.0.1", port, get_wsgi_application(), Threads, Quiet).serve_forever()


def __getattr__(name: str) -> object:
    """Give the addresses, which can be made only after Django was set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.contrib.auth.views import LoginView
    from django.urls import include, path

    return [path("login/", LoginView.as_view()), path("o/", include("oauth2_provider.urls"))]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
