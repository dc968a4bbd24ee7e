from arasha.config.wsgi import application_of

application = application_of("desk")
