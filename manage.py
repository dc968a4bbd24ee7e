"""For developers: `python manage.py …`. People use `./run` and `arasha`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings.test")
    execute_from_command_line(sys.argv)
