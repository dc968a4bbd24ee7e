import os

from django.core.wsgi import get_wsgi_application

from arasha.country import country

os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.gateway"
application = get_wsgi_application()
country()  # read before the first terminal asks, not while it waits
