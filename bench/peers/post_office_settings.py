"""django-post_office at its best, on a database of its own; see bench/peers/post_office.py."""

import os

from config import env

SECRET_KEY = "a bench has no secrets"
DATABASES = {"default": env.database(os.environ["PEER_DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "post_office"]
USE_TZ, TIME_ZONE = True, "UTC"
EMAIL_BACKEND = "post_office.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["PEER_PORT"])
POST_OFFICE = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    "BATCH_SIZE": int(os.environ["PEER_BATCH"]),
    "THREADS_PER_PROCESS": int(os.environ["PEER_THREADS"]),
    "BATCH_DELIVERY_TIMEOUT": 600,
    "LOG_LEVEL": 0,
    "MAX_RETRIES": 0,
}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
LOGGING_CONFIG = None
