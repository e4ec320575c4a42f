"""One settings module, driven by the environment (docs/operations.md lists every variable).

A missing or malformed variable stops the start with its name and an example: `required` and `parsed` see to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from gainsly.lib import vocabulary

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def parsed(name: str, read: Callable[..., Any], default: Any, example: str) -> Any:
    """The variable's value, or an error that names it and shows a good one."""
    try:
        return read(name, default=default)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"The environment variable {name} is malformed ({error}). Example: {name}={example}"
        ) from error


def required(name: str, read: Callable[..., Any], example: str) -> Any:
    """Like `parsed`, for what has no sensible default."""
    if not env.str(name, default=""):
        raise ImproperlyConfigured(f"The environment variable {name} is missing. Example: {name}={example}")
    return parsed(name, read, environ.Env.NOTSET, example)


def switch(name: str, default: object = environ.Env.NOTSET) -> bool:
    """A yes or a no. django-environ takes any unknown word for a no; a typing error must not switch security off."""
    text = env.str(name, default="").strip().lower()
    if text and text not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ValueError(f"{text!r} is neither true nor false")
    return bool(env.bool(name, default=default))


# -- what kind of process this is

DEBUG = parsed("DEBUG", switch, False, "false")
LOCAL = parsed("GAINSLY_LOCAL", switch, False, "true")  # plain http on loopback: `make run`
SECRET_KEY = (
    "debug-only"
    if DEBUG and not env.str("SECRET_KEY", default="")
    else required("SECRET_KEY", env.str, "a-long-random-string")
)
ALLOWED_HOSTS = parsed("ALLOWED_HOSTS", env.list, ["localhost", "127.0.0.1", "[::1]"], "gainsly.example.org")
CSRF_TRUSTED_ORIGINS = parsed("CSRF_TRUSTED_ORIGINS", env.list, [], "https://gainsly.example.org")
INTERNAL_IPS = ["127.0.0.1"]

# -- applications

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "gainsly.core.apps.StaticConfig",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "template_partials",
    "gainsly.core",
    "accounts",
    "movements",
    "programs",
    "logging_app",
    "coaching",
]
MIDDLEWARE = [
    "gainsly.core.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gainsly.core.htmx_middleware.VaryMiddleware",
    "gainsly.core.htmx_middleware.OobMessagesMiddleware",
    "gainsly.core.htmx_middleware.HtmxRedirectMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "gainsly.urls"
ASGI_APPLICATION = "gainsly.asgi.application"
WSGI_APPLICATION = "gainsly.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_ROOT = BASE_DIR / "fixtures"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "gainsly.core.context.ui",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

# -- data

DATABASES = {
    "default": {
        **required("DATABASE_URL", env.db_url, "postgresql://gainsly:secret@localhost:5432/gainsly"),
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a socket directory arrives percent-encoded
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
REDIS_URL = required("REDIS_URL", env.str, "redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# -- who signs in, and how

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if parsed("EMAIL_VERIFICATION", switch, False, "true") else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignUpForm",
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.NewPasswordForm",
}
ACCOUNT_SIGNUP_REDIRECT_URL = "accounts:onboarding"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = {  # allauth's own counters; failed sign-ins are counted by accounts.services.sign_in
    "signup": "20/h/ip",
    "reset_password": "5/h/ip,5/h/key",
}

# -- cookies, transport, headers

SECURE = not (DEBUG or LOCAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health(/|$)", r"^metrics$"]  # asked for from inside, in plain http
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
TRUST_PROXY = parsed("TRUST_PROXY", switch, False, "true")  # a reverse proxy that we run stands in front
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# -- the API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.backends.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["gainsly.core.parsers.StorableJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "gainsly.core.openapi.ProblemAutoSchema",
    "DEFAULT_PAGINATION_CLASS": "gainsly.core.api.CursorPagination",
    "DEFAULT_THROTTLE_CLASSES": ["gainsly.core.throttling.ApiThrottle"],
    "EXCEPTION_HANDLER": "gainsly.core.api.problem_response",
    "COERCE_DECIMAL_TO_STRING": False,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gainsly",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        f"{name}Enum": vocabulary.values_of(kind)
        for name, kind in vars(vocabulary).items()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    },
    "POSTPROCESSING_HOOKS": [
        "gainsly.core.openapi.forget_enum_labels",
        "drf_spectacular.hooks.postprocess_schema_enums",
        "gainsly.core.openapi.document_problems",
    ],
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": dt.timedelta(minutes=30),
    "REFRESH_TOKEN_LIFETIME": dt.timedelta(days=7),
    "UPDATE_LAST_LOGIN": False,
}

RATE_LIMITS = {  # name: (times, seconds), counted in the cache (gainsly/core/throttling.py)
    "api": (150, 5),  # per athlete: 30 a second, and the burst of one quick page or client passes
    "register": (20, 3600),  # per address
    "login": (10, 900),  # failures, per account and per address
}

# -- background work

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

# -- the port that the engine reads the diary through

TRAINING_HISTORY = "logging_app.history.RecordedHistory"

# -- the language model (coaching)

LLM_PROVIDER = parsed("LLM_PROVIDER", env.str, "ollama", "ollama")
OLLAMA_BASE_URL = parsed("OLLAMA_BASE_URL", env.str, "http://127.0.0.1:11434", "http://127.0.0.1:11434")
OLLAMA_MODEL = parsed("OLLAMA_MODEL", env.str, "llama3.2:3b", "llama3.2:3b")
OLLAMA_EMBED_MODEL = parsed("OLLAMA_EMBED_MODEL", env.str, "nomic-embed-text", "nomic-embed-text")
OLLAMA_TIMEOUT = parsed("OLLAMA_TIMEOUT", env.float, 1100.0, "1100")
OPENAI_BASE_URL = parsed("OPENAI_BASE_URL", env.str, "http://127.0.0.1:8080", "http://127.0.0.1:8080")
OPENAI_API_KEY = parsed("OPENAI_API_KEY", env.str, "", "a-long-random-string")
OPENAI_MODEL = parsed("OPENAI_MODEL", env.str, "default", "default")
LLM_CHAT_MODEL = parsed("LLM_CHAT_MODEL", env.str, "", "llama3.1:8b")  # empty: the provider's own model
LLM_SESSION_MODEL = parsed("LLM_SESSION_MODEL", env.str, "", "llama3.1:8b")
LLM_ADAPTATION_MODEL = parsed("LLM_ADAPTATION_MODEL", env.str, "", "llama3.1:8b")
LLM_REFINE = parsed("LLM_REFINE", switch, True, "false")  # whether a model goes over the sessions of new programs
LLM_CONTEXT_TOKENS = parsed("LLM_CONTEXT_TOKENS", env.int, 8192, "8192")
LLM_ANSWER_TOKENS = parsed("LLM_ANSWER_TOKENS", env.int, 800, "800")

# -- what is written down about a run

METRICS_TOKEN = parsed("METRICS_TOKEN", env.str, "", "a-long-random-string")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gainsly.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": parsed("LOG_LEVEL", env.str, "INFO", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "httpx": {"level": "WARNING"},
        "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": False},  # gainsly.requests says more
    },
}

# -- language, time, files, mail

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["png", "svgz", "webp", "woff2", "gz", "br", "ico", "map"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = parsed("DEFAULT_FROM_EMAIL", env.str, "Gainsly <gainsly@localhost>", "Gainsly <coach@example.org>")
SITE_URL = parsed("SITE_URL", env.str, "http://127.0.0.1:8000", "https://gainsly.example.org").rstrip("/")
DATA_DIR = Path(parsed("GAINSLY_DATA_DIR", env.str, str(BASE_DIR / ".gainsly"), "/var/lib/gainsly"))
STATIC_ROOT = DATA_DIR / "static"
