"""The door for devices: signed bundles, refusals in JSON, no cookie."""

from arasha.config.settings.base import *
from arasha.config.settings.base import ARASHA_GATEWAY_URL, without_sign_in

ROOT_URLCONF = "arasha.config.urls.gateway"
WSGI_APPLICATION = "arasha.config.wsgi.gateway.application"
ARASHA_DOOR = "gateway"
ALLOWED_HOSTS = [ARASHA_GATEWAY_URL.split("://")[1].split(":")[0]]
INSTALLED_APPS = without_sign_in()
MIDDLEWARE = [
    "arasha.gateway.middleware.PublicDoorsPage",
    "arasha.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "arasha.config.middleware.PrivatePages",
    "django.middleware.locale.LocaleMiddleware",  # refusals in the terminal's language
    "django.middleware.common.CommonMiddleware",
    "arasha.config.middleware.Refusals",
    "arasha.gateway.middleware.FullStorage",
]
