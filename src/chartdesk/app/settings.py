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
    "chartdesk.pms.ledger",
    "chartdesk.pms.registration",
    "chartdesk.pms.coverage",
    "chartdesk.pms.scheduling",
    "chartdesk.pms.charges",
    "chartdesk.pms.claims",
    "chartdesk.pms.remittance",
    "chartdesk.pms.statements",
    "chartdesk.ehr.charting",
    "chartdesk.ehr.medications",
    "chartdesk.handoff",
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

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": configuration.value("CHARTDESK_LOG_LEVEL")},
    # Django writes the parameters of failing queries at DEBUG; patient data never reaches a log.
    "loggers": {"django.db.backends": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
