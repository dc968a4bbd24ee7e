"""What all doors share. Each setting has its line in docs/reference/settings.md."""

from pathlib import Path

from arasha.config import environment

PACKAGE = Path(__file__).parents[2]

ARASHA_VAR = environment.folder("ARASHA_VAR", PACKAGE.parent / "var")
ARASHA_DEMO = environment.flag("ARASHA_DEMO", False)
ARASHA_PACK = environment.text("ARASHA_PACK", "kz")
ARASHA_DESK_URL = environment.address("ARASHA_DESK_URL", environment.here("desk"))
ARASHA_PUBLIC_URL = environment.address("ARASHA_PUBLIC_URL", environment.here("public"))
ARASHA_GATEWAY_URL = environment.address("ARASHA_GATEWAY_URL", environment.here("gateway"))
ARASHA_READER_URL = environment.address("ARASHA_READER_URL", environment.here("reader"))
ARASHA_EPOCH_SECONDS = environment.epoch_seconds("ARASHA_EPOCH_SECONDS", demo=ARASHA_DEMO)
# How long a call of the duty line may stay unread before the next level is rung: a parameter, no law.
ARASHA_DUTY_MINUTES = environment.count("ARASHA_DUTY_MINUTES", 5)
# A gateway answers bundles on this beat, whatever was in them: its haste would tell a relay.
ARASHA_ANSWER_BEAT_SECONDS = 0.1
ARASHA_LOG_ORIGIN = environment.text("ARASHA_LOG_ORIGIN", "arasha.example/log")
ARASHA_LOG_DIR = environment.folder("ARASHA_LOG_DIR", ARASHA_VAR / "log")
ARASHA_FILES_DIR = environment.folder("ARASHA_FILES_DIR", ARASHA_VAR / "files")
ARASHA_KEYS_DIR = environment.folder("ARASHA_KEYS_DIR", ARASHA_VAR / "keys")
# Outside every backup: a restored copy of it could sign a second history.
ARASHA_LAST_CHECKPOINT = environment.folder(
    "ARASHA_LAST_CHECKPOINT", ARASHA_VAR / "last-checkpoint" / "record.sqlite3"
)
ARASHA_WITNESSES = environment.file("ARASHA_WITNESSES")
ARASHA_WITNESS_HOURS = environment.count("ARASHA_WITNESS_HOURS", 6)
ARASHA_MIRRORS = environment.prefixes("ARASHA_MIRRORS")
ARASHA_TIMESTAMPS_URL = next(iter(environment.prefixes("ARASHA_TIMESTAMPS_URL")), "")
ARASHA_TIMESTAMPS_ROOTS = environment.file("ARASHA_TIMESTAMPS_ROOTS")
environment.both("ARASHA_TIMESTAMPS_URL", "ARASHA_TIMESTAMPS_ROOTS")
ARASHA_LOG_KEY_DAYS = environment.count("ARASHA_LOG_KEY_DAYS", 30)

# Before the desk and the public door: limits count who stands before them.
ARASHA_PROXIES = environment.count("ARASHA_PROXIES", 0)

# What one document of a case may weigh.
ARASHA_DOCUMENT_MB = environment.count("ARASHA_DOCUMENT_MB", 200)

SECRET_KEY = environment.secret("ARASHA_SECRET_KEY", ARASHA_KEYS_DIR / "django")
DEBUG = False
ALLOWED_HOSTS: list[str] = []
USE_TZ = True

DATABASES = {"default": environment.database("ARASHA_DATABASE", ARASHA_VAR / "arasha.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes of a machine, because rate limits must be.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(ARASHA_VAR / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

INSTALLED_APPS = [
    "arasha.journal",
    "arasha.places",
    "arasha.people",
    "arasha.trust",
    "arasha.notices",
    "arasha.access",
    "arasha.appeals",
    "arasha.cases",
    "arasha.channel",
    "arasha.handoffs",
    "arasha.handoffs.appeals_to_appeals",
    "arasha.handoffs.appeals_to_cases",
    "arasha.handoffs.appeals_to_cctv",
    "arasha.handoffs.appeals_to_support",
    "arasha.handoffs.appeals_to_visits",
    "arasha.handoffs.channel_to_appeals",
    "arasha.publications",
    "arasha.desk",
    "arasha.public",
    "arasha.gateway",
    "arasha.worlds",
    "arasha.commands",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
]

# The page of each kind of record: floors below the processes link to it without knowing them.
ARASHA_RECORD_PAGES = {
    "appeal": "appeals:appeal",
    "referral": "appeals_to_cases:referral",
    "forward": "appeals_to_appeals:forward",
    "visit_proposal": "appeals_to_visits:proposal",
    "support_referral": "appeals_to_support:referral",
    "footage_hold": "appeals_to_cctv:hold",
    "allegation": "cases:report",
    "case": "cases:case",
    "retention_list": "cases:retention_list",
    "case_import": "cases:import",
    "breakglass": "access:breaking",
    "export": "offices:export",
    "incident": "terminals:incident",
}
# By what a notice tells records of a kind apart: a selector of titles, by viewer and keys.
ARASHA_RECORD_TITLES = {
    "appeal": "arasha.appeals.selectors.inbox.codes",
    "incident": "arasha.channel.upkeep.selectors.register.incident_titles",
}


def without_sign_in() -> list[str]:
    """The same apps for a door that has no sessions."""
    instead = {"allauth.account": "arasha.config.tables.AccountTables"}
    return [instead.get(app, app) for app in INSTALLED_APPS]


# One address becomes Django's eight settings of mail.
globals().update(environment.mail("ARASHA_MAIL", ARASHA_VAR / "mail"))
DEFAULT_FROM_EMAIL = environment.text("ARASHA_MAIL_FROM", "arasha@localhost")

AUTH_USER_MODEL = "people.User"
LANGUAGES, TIME_ZONE = environment.country(ARASHA_PACK)  # hours on pages; what is stored is UTC
LANGUAGE_CODE = "en" if "en" in dict(LANGUAGES) else LANGUAGES[0][0]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale" / "overrides"]
FORMAT_MODULE_PATH = "arasha.config.formats"
STATIC_URL = "/static/"
# The scripts that seal on a terminal seal on the public door, too.
STATICFILES_DIRS = [PACKAGE / "static", ("shared", PACKAGE / "programs" / "static")]
STATIC_ROOT = ARASHA_VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "arasha.config.files.DurableFolder",
        "OPTIONS": {"location": ARASHA_FILES_DIR},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "arasha": {"handlers": ["console"], "level": "INFO"},
        # Not below: the line of a refused request names its address, and a link's token is in it.
        "django": {"handlers": ["console"], "level": "ERROR"},
        # Whoever knocks under another name would otherwise fill the log.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
