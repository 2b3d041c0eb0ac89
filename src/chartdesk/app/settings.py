"""Django's settings. What an operator may set is in ``configuration``; nothing here reads the environment."""

from __future__ import annotations

from pathlib import Path

from chartdesk.app import configuration, database

ROOT = Path(__file__).resolve().parent.parent
HTTPS = configuration.value("CHARTDESK_HTTPS") == "1"

SECRET_KEY = configuration.secret_key()
DEBUG = False
ALLOWED_HOSTS = [name.strip() for name in configuration.value("CHARTDESK_ALLOWED_HOSTS").split(",")]
DATABASES = database.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
ROOT_URLCONF = "chartdesk.app.urls"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"

#: The rooms that have tables, lowest first.
ROOMS = [
    "chartdesk.kit",
    "chartdesk.record.access",
    "chartdesk.record",
    "chartdesk.record.bulk",
    "chartdesk.record.definitions",
    "chartdesk.record.merging",
    "chartdesk.record.identities",
    "chartdesk.pms.ledger",
    "chartdesk.pms.edits",
    "chartdesk.pms.registration",
    "chartdesk.pms.coverage",
    "chartdesk.pms.scheduling",
    "chartdesk.pms.authorizations",
    "chartdesk.pms.splits",
    "chartdesk.pms.scrubbing",
    "chartdesk.pms.charges",
    "chartdesk.pms.claims",
    "chartdesk.pms.remittance",
    "chartdesk.pms.follow_up",
    "chartdesk.pms.statements",
    "chartdesk.pms.cards",
    "chartdesk.pms.good_faith",
    "chartdesk.ehr.charting",
    "chartdesk.ehr.medications",
    "chartdesk.ehr.orders",
    "chartdesk.ehr.reconciling",
    "chartdesk.handoff",
    "chartdesk.exchange.subscriptions",
    "chartdesk.exchange.engine",
    "chartdesk.exchange.transports",
    "chartdesk.exchange.halves.fhir",
    "chartdesk.web",
]
ROOMS = [room for room in ROOMS if (ROOT.parent / room.replace(".", "/") / "apps.py").exists()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    *ROOMS,
]

#: Seconds that one search may take.
SEARCH_SECONDS = configuration.number("CHARTDESK_SEARCH_SECONDS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "chartdesk.app.logs.Formatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": configuration.value("CHARTDESK_LOG_LEVEL")},
    # Django writes the parameters of failing queries at DEBUG; patient data never reaches a log.
    # The scheduler says of every job each minute that it began and ended.
    "loggers": {name: {"level": "WARNING"} for name in ("django.db.backends", "httpx", "procrastinate")},
}

# Pages ------------------------------------------------------------------------------------------------

INSTALLED_APPS += ["allauth", "allauth.account", "allauth.mfa", "csp", "django_htmx"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chartdesk.web.middleware.SubjectMiddleware",
    "chartdesk.web.middleware.ErrorMiddleware",
    "chartdesk.web.aliases.AliasMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chartdesk.web.navigation.context",
            ],
            "builtins": ["chartdesk.web.templatetags.chartdesk"],
        },
    }
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "chartdesk.web.accounts.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "chartdesk.web.account_forms.OwnPasswordForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Chartdesk"
#: Codes of the step before and after count too, as RFC 6238 5.2 allows: telephones are off by seconds, so are hands.
MFA_TOTP_TOLERANCE = 1
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

LOGOUT_SECONDS = configuration.number("CHARTDESK_LOGOUT_MINUTES") * 60
SESSION_COOKIE_AGE = LOGOUT_SECONDS
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # The calendar sets empty style attributes; this is the hash of nothing.
        "style-src-attr": ["'unsafe-hashes'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# FHIR -------------------------------------------------------------------------------------------------

FHIR_ORIGINS = frozenset(filter(None, map(str.strip, configuration.value("CHARTDESK_FHIR_ORIGINS").split(","))))
FHIR_RATE = configuration.number("CHARTDESK_FHIR_RATE")
FHIR_FAILURES = configuration.number("CHARTDESK_FHIR_FAILURES")
REGISTRATION_PRACTICE = configuration.value("CHARTDESK_REGISTRATION_PRACTICE")
FHIR_BODY_BYTES = configuration.number("CHARTDESK_FHIR_BODY_MB") * 1024 * 1024
FHIR_RESOURCE_BYTES = configuration.number("CHARTDESK_FHIR_RESOURCE_MB") * 1024 * 1024
FHIR_ENTRIES = configuration.number("CHARTDESK_FHIR_ENTRIES")
FHIR_DELETES = configuration.number("CHARTDESK_FHIR_DELETES")

EXPORT_FOLDER = configuration.home() / "exports"
EXPORT_HOURS = configuration.number("CHARTDESK_EXPORT_HOURS")

STATIC_URL = "/static/"
STATIC_ROOT = configuration.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "chartdesk.app.static_storage.Storage"},
}
STATIC_ROOT.mkdir(exist_ok=True)
