"""The one settings file. Everything that differs between machines comes from the environment.

Everything that differs between schools stands in `schools/*.toml` and is kept with the school.
"""

import secrets
from datetime import UTC, datetime

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env, secret_keys, sign_on, signing

ROOT = env.ROOT
DATA = env.folder("SCHOOLGATE_DATA", ROOT / "var" / "data")
DEMO = env.flag("SCHOOLGATE_DEMO")
# Where a rehearsal reads how far its clock is moved, in seconds; nothing moves a real school's.
DEMO_CLOCK = env.text("SCHOOLGATE_DEMO_CLOCK", "")
DEBUG = False

# Without a key of its own a process still starts (for `--help` and checks), but nothing that it
# signs outlives it: `run` and `serve` keep one key in the data folder and hand it on.
SECRET_KEYS = secret_keys.read(env.text("SCHOOLGATE_SECRET_KEY") or secrets.token_urlsafe(48))
SECRET_KEY = SECRET_KEYS[0].key
# Sessions and Django's own signatures; a process reads its days when it starts.
SECRET_KEY_FALLBACKS = [
    one.key for one in SECRET_KEYS[1:] if one.until and one.until >= datetime.now(UTC).date()
]
ALLOWED_HOSTS = env.words("SCHOOLGATE_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_ADDRESS = env.text(
    "SCHOOLGATE_ADDRESS", f"http://127.0.0.1:{env.number('SCHOOLGATE_PORT', 8000)}"
)
# Where "leave this page" ends; nothing: a plain page of ours about the weather.
LEAVE_TO = env.text("SCHOOLGATE_LEAVE_TO")
BEHIND_HTTPS = PUBLIC_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

DATABASES = {
    "default": env.database(env.text("DATABASE_URL", "postgresql://schoolgate@/schoolgate"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    # Before allauth, so that its pages are ours.
    "schoolgate.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "schoolgate.ledger",
    "schoolgate.design",
    "schoolgate.school",
    "schoolgate.people",
    "schoolgate.delivery",
    "schoolgate.response_clock",
    "schoolgate.conversations",
    "schoolgate.announcements",
    "schoolgate.escalation",
    "schoolgate.today",
    "schoolgate.incidents",
    "schoolgate.good_news",
    "schoolgate.safeguarding",
    "schoolgate.inbound",
    "schoolgate.policy",
    "schoolgate.desk",
    "schoolgate.drill",
    "config.apps.FuseBox",
]
if DEMO:
    INSTALLED_APPS.append("schoolgate.rehearsal")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "schoolgate.accounts.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schoolgate.accounts.middleware.WhoIsAsking",
    "schoolgate.desk.keeping.MayBeKept",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "schoolgate.design.context.page",
                "config.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Signing in: by code; see schoolgate/accounts.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "schoolgate.accounts.views_lost.token_lost"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "schoolgate.accounts.adapters.ByInvitation"
SOCIALACCOUNT_ADAPTER = "schoolgate.accounts.adapters.SchoolSignOn"
MFA_ADAPTER = "schoolgate.accounts.adapters.SecondFactor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_PREVENT_ENUMERATION = True
# To show anew who one is, for a change to keys: with a key. Codes are for signing in.
ACCOUNT_REAUTHENTICATION_METHODS = ("mfa",)
ACCOUNT_SESSION_REMEMBER = True
# "card" is ours: codes of printed cards (schoolgate/accounts/views.py).
ACCOUNT_RATE_LIMITS = {
    # By address they are ours: schoolgate/accounts/codes.py.
    "request_login_code": "30/m/ip",
    "writing": "30/m/user,300/h/user",
    "card": "10/m/ip,60/h/ip",
}
# The documented proxy adds the one address that may be believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Schoolgate"
ACCOUNT_FORMS = {"request_login_code": "schoolgate.accounts.forms.AskForCode"}
MFA_FORMS = {
    "add_webauthn": "schoolgate.accounts.forms.AddKey",
    "activate_totp": "schoolgate.accounts.forms.SetUpCodeDevice",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_TRACK_ACTIVITY = False
# School sign-on (docs/decisions/0003-signing-in.md): an invited person, by a verified address.
OIDC = sign_on.read()
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC.apps}} if OIDC else {}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_on_tries",
    }
}

# What may be loaded by a page: only what we serve ourselves.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Signing on at the school's own provider is a form that leads there.
        "form-action": [SELF, *OIDC.origins] if OIDC else [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_HTTPS else 0
X_FRAME_OPTIONS = "DENY"

# Words and time. Stored in UTC; each school's zone is switched on with the school.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [ROOT / "schoolgate" / "design" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files: by content hash in one storage; see schoolgate/school/files.py.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Room for one attachment over the limit, so that the refusal can name it and keep the words.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
ATTACHMENT_LIMIT_MB = 25
CLAMD = env.text("SCHOOLGATE_CLAMD")  # host:port, or the path of a socket

# Mail out and in.
EMAIL_URL = env.text("SCHOOLGATE_EMAIL_URL", "outbox:" if DEMO else "")
# Connections to that host at once, from each worker; they are opened only where it is slow.
EMAIL_CONNECTIONS = env.number("SCHOOLGATE_EMAIL_CONNECTIONS", 20)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # all mail leaves by `delivery`
SIGNING = signing.read()
DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY = SIGNING.domain, SIGNING.selector, SIGNING.key
WARM_UP = env.steps("SCHOOLGATE_WARM_UP")  # (from this day of use on, emails a day)
EMAIL_PER_MINUTE = env.number("SCHOOLGATE_EMAIL_PER_MINUTE", 0)  # 0: no limit
ANYMAIL = env.named("SCHOOLGATE_ANYMAIL_")
MAIL_HOST = env.text("SCHOOLGATE_MAIL_HOST", "127.0.0.1")
MAIL_PORT = env.number("SCHOOLGATE_MAIL_PORT", 8001)
MAIL_LIMIT_MB = 35
IMAP_URLS = env.words("SCHOOLGATE_IMAP_URLS")
MAIL_CERT = env.text("SCHOOLGATE_MAIL_CERT")
MAIL_KEY = env.text("SCHOOLGATE_MAIL_KEY")
TRUSTED_AUTHSERV = env.text("SCHOOLGATE_TRUSTED_AUTHSERV")
CHECK_SENDERS = env.flag("SCHOOLGATE_CHECK_SENDERS", default=True)
MAIL_RELAYS = env.words("SCHOOLGATE_MAIL_RELAYS")  # addresses of our own that pass mail on
NAME_SERVER = env.text("SCHOOLGATE_NAME_SERVER")  # host:port; else the machine's

# Texts, calls and notices on browsers.
SMS_URLS = env.words("SCHOOLGATE_SMS_URLS", "outbox:" if DEMO else "")
SMS_REPLIES = env.flag("SCHOOLGATE_SMS_REPLIES")  # whether anybody reads what families text back
VOICE_URL = env.text("SCHOOLGATE_VOICE_URL")
VAPID_KEY = env.text("SCHOOLGATE_VAPID_KEY")  # else made of the very first secret key
PUSH_SERVICES = env.words("SCHOOLGATE_PUSH_SERVICES")  # besides those that we know

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["config.schedule"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.Guarded",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("SCHOOLGATE_LOG", "WARNING")},
}
