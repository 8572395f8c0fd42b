#!/usr/bin/env bash
# django-allauth 65.22.1: somebody without a password who has just signed in by an emailed code can't
# set up a first code device where codes are for signing in alone (ACCOUNT_REAUTHENTICATION_METHODS
# without "code"): page and digits answer 403. 65.21.1 shows the page and takes the digits (200, 302).
#
# In 65.22 "recently signed in" counts only what was shown again as a reauthentication, and of who
# has no way to show anything it says that they did not. Ours asks by itself
# (schoolgate/accounts/adapters.py, is_reauthentication_required; tests/test_second_factor.py).
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > try.py <<'PY'
import re, sys
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="try_urls", USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "django.contrib.messages", "allauth", "allauth.account", "allauth.mfa"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware",
                "allauth.account.middleware.AccountMiddleware"],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}],
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ACCOUNT_LOGIN_METHODS={"email"}, ACCOUNT_LOGIN_BY_CODE_ENABLED=True,
    ACCOUNT_EMAIL_VERIFICATION="none", MFA_SUPPORTED_TYPES=["totp"],
    ACCOUNT_REAUTHENTICATION_METHODS=["mfa"],
)
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from allauth.mfa.totp.internal import auth
user = get_user_model().objects.create_user("one", "one@example.org")
client = Client()
client.post("/login/code/", {"email": "one@example.org"})
code = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{2,4})$", mail.outbox[0].body, re.M)[1]
client.post("/login/code/confirm/", {"code": code})
assert client.get("/login/").status_code == 302, "not signed in"
page = client.get("/2fa/totp/activate/")
secret = client.session.get("mfa.totp.secret", "")
counter = next(iter(auth.yield_hotp_counters_from_time()))
digits = auth.format_hotp_value(auth.hotp_value(secret, counter)) if secret else "000000"
print(page.status_code, client.post("/2fa/totp/activate/", {"code": digits}).status_code)
PY
cat > try_urls.py <<'PY'
from django.urls import include, path
urlpatterns = [path("", include("allauth.account.urls")), path("2fa/", include("allauth.mfa.urls"))]
PY
for version in 65.21.1 65.22.1; do
  python3 -m venv "v$version"
  "v$version/bin/pip" --quiet install "django==5.2.19" "django-allauth[mfa]==$version"
  seen=$("v$version/bin/python" try.py 2>/dev/null | tail -1)
  echo "django-allauth $version: the page and the digits answer $seen"
  case "$version $seen" in
    "65.21.1 200 302") ;;
    "65.22.1 403 403") ;;
    *) echo "This is not what was seen on 2026-11-30."; exit 1 ;;
  esac
done
