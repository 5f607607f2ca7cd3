"""One settings file; everything that differs between sites comes from the environment.

docs/operations.md lists the variables. Odd choices are explained beside them.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from apps.core.logs import as_json, as_lines
from apps.core.planned import PlannedCursor
from config import embedded_postgres, local_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
VAR_DIR = Path(env.str("HOMEWARD_VAR", str(BASE_DIR / "var")))

# Demo mode: every person is invented, and a banner says so. Nothing may leave the machine.
DEMO = env.bool("HOMEWARD_DEMO", False)
# The password that the demo's accounts share; outside demo mode nobody signs in with it.
DEMO_PASSWORD = "homeward-demo-2026"  # noqa: S105
DEBUG = env.bool("HOMEWARD_DEBUG", False)
# Tests hold each statement that readers share against the reader's own.
STATEMENTS_COMPARED = 0
# After so many askings on a connection the server prepares a statement: see apps/core/planned.py.
PLANNED_WHEN_ASKED_BEFORE = 2
# Behind TLS in every real site; a first try on one's own machine has none.
INSECURE_LOCAL = env.bool("HOMEWARD_INSECURE_LOCAL", False)

_secrets = local_secrets.load(env, VAR_DIR)
SECRET_KEY = _secrets["HOMEWARD_SECRET_KEY"]
# id:base64 pairs, the first one encrypts, all of them decrypt. See docs/adr/0004.
FIELD_KEYS = _secrets["HOMEWARD_FIELD_KEYS"]
# Key of the HMAC look-ups of identity and phone numbers; never the key that encrypts.
INDEX_KEY = _secrets["HOMEWARD_INDEX_KEY"]
# Seals of the access log: their key, and where their ends are kept outside the database.
SEAL_KEY = _secrets["HOMEWARD_SEAL_KEY"]
SEAL_FILE = VAR_DIR / "access-seals.log"

ALLOWED_HOSTS = env.list("HOMEWARD_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("HOMEWARD_ORIGINS", [])

INSTALLED_APPS = [
    "config.admin.HomewardAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_tables2",
    "django_htmx",
    # Both rewrite TEMPLATES at start, and the second would be lost: SimpleAppConfig, and the
    # loaders are written out below.
    "template_partials.apps.SimpleAppConfig",
    "django_cotton.apps.SimpleAppConfig",
    "pgtrigger",
    "pghistory",
    "csp",
    "apps.core",
    "apps.areas",
    "apps.accounts",
    "apps.audit",
    "apps.law",
    "apps.organisations",
    "apps.persons",
    "apps.notices",
    "apps.approvals",
    "apps.cases",
    "apps.schedule",
    "apps.contacts",
    "apps.needs",
    "apps.assessments",
    "apps.checkins",
    "apps.visits",
    "apps.drugtests",
    "apps.documents",
    "apps.breaches",
    "apps.transfers",
    "apps.intake",
    "apps.covers",
    "apps.draws",
    "apps.campaigns",
    "apps.assistance",
    "apps.followups",
    "apps.employment",
    "apps.treatment",
    "apps.learning",
    "apps.counselling",
    "apps.care",
    "apps.workbench",
    "apps.reports",
    "apps.periodic",
    "apps.imports",
    "apps.handover",
    "apps.exports",
    "apps.guide",
    "apps.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.core.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "apps.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "apps.accounts.session_store.SignedInUserMiddleware",
    "apps.accounts.middleware.SignInRequiredMiddleware",
    "apps.accounts.middleware.SessionLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.audit.middleware.HistoryContextMiddleware",
    "apps.audit.reading.ReadingMiddleware",
    "apps.core.middleware.NoStoreMiddleware",
    "apps.core.middleware.DevicesMiddleware",
    "apps.core.middleware.RememberedCountsMiddleware",
    "apps.core.middleware.RefusalMiddleware",
    "apps.accounts.middleware.UnsentFormMiddleware",
    "apps.persons.middleware.MergedFileMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "apps.core.templatetags.homeward",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]

# Widgets are drawn by the templates above: templates/django/forms has one of our own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Two roles in the database: one owns and migrates, the other serves and has grants only.
DATABASE_ROLE = env.str("HOMEWARD_DATABASE_ROLE", "web")
DATABASES = {"default": embedded_postgres.database_settings(env, VAR_DIR, DATABASE_ROLE)}
DATABASES["default"].update(ATOMIC_REQUESTS=True, CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
DATABASES["default"].setdefault("OPTIONS", {})["cursor_factory"] = PlannedCursor
# The serving role may add rows here, never change or delete them; so too every history table.
APPEND_ONLY_MODELS = [
    "audit.AccessLog",
    "audit.AccessSeal",
    "audit.AccessCheck",
    "pghistory.Context",
    "admin.LogEntry",
    "draws.Draw",
    "periodic.PeriodicReport",
    "periodic.FrozenFigure",
    "periodic.ReportTemplate",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "apps.accounts.backends.RoleBackend",
    "apps.accounts.backends.CodeBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "apps.accounts.passwords.GuessableValidator"},
]
NAVIGATION = "config.navigation.ENTRIES"
HELP = "config.help.PAGES"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

SESSION_ENGINE = "apps.accounts.session_store"
# Sessions end after eight hours, and after this many minutes without a request.
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_MINUTES = env.int("HOMEWARD_IDLE_MINUTES", 60)
SESSION_COOKIE_NAME = "sid" if INSECURE_LOCAL else "__Host-sid"
SESSION_COOKIE_SECURE = not INSECURE_LOCAL
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "csrf" if INSECURE_LOCAL else "__Host-csrf"
CSRF_COOKIE_SECURE = not INSECURE_LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "language"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if INSECURE_LOCAL else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_LOCAL
SECURE_HSTS_PRELOAD = not INSECURE_LOCAL
SECURE_SSL_REDIRECT = env.bool("HOMEWARD_SSL_REDIRECT", not INSECURE_LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^live$", r"^ready$"]
BEHIND_PROXY = env.bool("HOMEWARD_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# So many proxies of ours add whom they heard to X-Forwarded-For: that many entries are believed.
PROXY_HOPS = env.int("HOMEWARD_PROXY_HOPS", 1 if BEHIND_PROXY else 0)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Scans, encrypted; no address leads here: a view reads them and asks for the right first.
MEDIA_ROOT = VAR_DIR / "media"
# An upload is held in memory until it is encrypted: no temporary file.
FILE_UPLOAD_HANDLERS = ["apps.core.uploads.InMemoryHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "apps.core.static_files.StaticFiles"},
}

FILTERS_EMPTY_CHOICE_LABEL = _("All")
DJANGO_TABLES2_TEMPLATE = "core/list_page.html"

PGHISTORY_APPEND_ONLY = True

# Once a day in Shanghai, in this order; each may be run again without harm.
NIGHTLY_COMMANDS = [
    "check_places", "advance_schedule", "check_schedule", "clearsessions", "forget_tries",
    "forget_sent", "ring_covers", "forget_notices", "forget_imports", "seal_access_log",
    "verify_access_log",
]  # fmt: skip
# Beside the server, for as long as it serves.
LOOP_COMMANDS = ["nightly", "import_work"]
# Notices that were read are kept for so many days.
NOTICES_KEPT_DAYS = env.int("HOMEWARD_NOTICES_KEPT_DAYS", 90)
# A key of a form is known for so many days: longer than a page stays open or typed words are kept.
SENT_DAYS = 400
# The loop runs these each time it looks, once a minute.
MINUTE_COMMANDS = ["seal_access_log"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "apps.core.logs.OneLine"}},
    "formatters": {"wordless": as_lines() if INSECURE_LOCAL else as_json()},
    # The level stands at the handler: a logger's own level does not filter what passes through.
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "wordless",
            "filters": ["one_line"],
            "level": env.str("HOMEWARD_LOG_LEVEL", "WARNING"),
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
if _syslog := env.str("HOMEWARD_SYSLOG", ""):
    _host, _colon, _port = _syslog.rpartition(":")
    _where = (_host, int(_port)) if _host else _syslog
    LOGGING["handlers"]["syslog"] = {"class": "logging.handlers.SysLogHandler", "address": _where}  # type: ignore[index]
    LOGGING["loggers"] = {"homeward.seals": {"handlers": ["syslog"], "level": "INFO"}}

# Where the office of a county looks after its own: no message or call link leaves the machine
# in demo mode.
ALLOW_CALLS = env.bool("HOMEWARD_ALLOW_CALLS", not DEMO)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
