"""Settings, addresses and entry points of each door. Nobody imports this: use django.conf.settings."""
