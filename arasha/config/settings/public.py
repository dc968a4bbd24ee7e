"""The door for everybody: no session, no cookie, no script needed."""

from arasha.config.settings.base import *
from arasha.config.settings.base import ARASHA_PUBLIC_URL, without_sign_in

ROOT_URLCONF = "arasha.config.urls.public"
WSGI_APPLICATION = "arasha.config.wsgi.public.application"
ARASHA_DOOR = "public"
ALLOWED_HOSTS = [ARASHA_PUBLIC_URL.split("://")[1].split(":")[0]]
LANGUAGE_COOKIE_NAME = "arasha_public_language"
INSTALLED_APPS = without_sign_in()
MIDDLEWARE = [
    "arasha.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "arasha.config.middleware.Refusals",
    "arasha.config.middleware.NobodyLooks",
]
