"""What serves a door: Django with the settings of that door, whole before the first visitor comes."""

import gc
import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from arasha.country import country


def application_of(door: str) -> WSGIHandler:
    os.environ["DJANGO_SETTINGS_MODULE"] = f"arasha.config.settings.{door}"
    application = get_wsgi_application()
    country()
    list(get_resolver().url_patterns)  # with them come all views and forms
    # A full round of the collector took 60 ms and more of somebody's page to look through all that is
    # loaded by now, which lives as long as the process.
    gc.collect()
    gc.freeze()
    return application
