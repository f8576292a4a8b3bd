"""Django's settings, made from the operator's options."""

import secrets
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext

from coso.site import options

django_stubs_ext.monkeypatch()

OPTIONS = options.load()
DATA: Path = OPTIONS["COSO_DATA"].absolute()


def _secret() -> str:
    """Give the operator's secret, or the one made once and kept where only this user reads it.

    Without a data folder (`coso speak` in somebody's home) nothing is written: the key lives as long as the process.
    """
    if OPTIONS["COSO_SECRET_KEY"]:
        return str(OPTIONS["COSO_SECRET_KEY"])
    if not DATA.exists():
        return secrets.token_urlsafe(50)
    path = DATA / "keys" / "web.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database() -> dict[str, Any]:
    """Choose the database; the SQLite pragmas were measured under concurrent writers."""
    if OPTIONS["COSO_DATABASE_URL"]:
        found: dict[str, Any] = dict(dj_database_url.parse(OPTIONS["COSO_DATABASE_URL"]))
    else:
        found = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "coso.sqlite3")}
    found["CONN_MAX_AGE"] = None
    if "sqlite3" in found["ENGINE"]:
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
            ),
        }
    else:
        found["CONN_HEALTH_CHECKS"] = True
    return found


SECRET_KEY = _secret()
DEBUG: bool = OPTIONS["COSO_DEBUG"]
ALLOWED_HOSTS: list[str] = OPTIONS["COSO_HOSTS"]
CSRF_TRUSTED_ORIGINS: list[str] = OPTIONS["COSO_ORIGINS"]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Our templates and catalogues come before those of the libraries they restyle.
    "coso.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "coso.journal",
    "coso.registers",
    "coso.places",
    "coso.organizations",
    "coso.notices",
    "coso.documents",
    "coso.plans",
    "coso.registry",
    "coso.devices",
    "coso.newsroom",
    "coso.channels",
    "coso.broadcast",
    "coso.listening",
    "coso.portal",
    "coso.desk",
    "coso.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coso.organizations.doors.OwnPasswordMiddleware",
    "coso.organizations.web.sign_on.LinkedOnceMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coso.ui.middleware.ContentSecurityMiddleware",
    "coso.ui.middleware.ErrorPagesMiddleware",
]

ROOT_URLCONF = "coso.site.urls"
WSGI_APPLICATION = "coso.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coso.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "coso.ui.templatetags.ui"],
        },
    }
]

# Limits on signing in and sending count for the whole system: a cache in each process would forget the others' counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "coso_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "organizations.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
# Accounts are given by an administrator; nobody signs up by himself.
ACCOUNT_ADAPTER = "coso.organizations.adapters.ClosedAccounts"
ACCOUNT_LOGOUT_ON_GET = False
# The public page of an invitation's link, by the visitor's address: seen, filled in, refused.
ACCOUNT_RATE_LIMITS = {"invitation": "30/5m/ip"}
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "coso.organizations.web.key_forms.AddKeyForm"}

# One single sign-on, where the operator named one. It opens accounts that were linked to it, and makes none.
SOCIALACCOUNT_ADAPTER = "coso.organizations.adapters.LinkedIdentities"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OPTIONS["COSO_OIDC_ISSUER"] and OPTIONS["COSO_OIDC_CLIENT_ID"]:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": OPTIONS["COSO_OIDC_NAME"] or "SSO",
                "client_id": OPTIONS["COSO_OIDC_CLIENT_ID"],
                "secret": OPTIONS["COSO_OIDC_SECRET"],
                "settings": {"server_url": OPTIONS["COSO_OIDC_ISSUER"], "oauth_pkce_enabled": True},
            }
        ]
    }

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["coso.ui.formats"]
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
# A file of the operator's; without one maps show areas only.
BASEMAP: str = OPTIONS["COSO_BASEMAP"]
STATIC_ROOT = Path(OPTIONS["COSO_DATA"]).absolute() / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA = DATA / "media"

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "urgent", "speech"],
    }
}

CSRF_FAILURE_VIEW = "coso.ui.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
_tls = bool(OPTIONS["COSO_TLS_CERT"] or OPTIONS["COSO_TRUSTED_PROXY"])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _tls
# A browser that once came over TLS asks for nothing else for a year; sent over TLS only.
SECURE_HSTS_SECONDS = 365 * 86400 if _tls else 0
if OPTIONS["COSO_TRUSTED_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The limits on signing in count by the visitor's address, which the proxy tells; else all would share its own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A plan of 150 tasks is corrected on one page, with seven fields a task and some of its own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A worker that is asked to end says so as a warning; its failures are errors.
    "loggers": {"coso": {"level": "INFO"}, "django_tasks_db": {"level": "ERROR"}},
}
