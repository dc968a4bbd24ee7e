"""The names of recipient sets and bodies in wire formats."""

import re

NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+){0,15}")
