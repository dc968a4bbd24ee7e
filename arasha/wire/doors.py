"""Where the parts of a server listen on their own machine, unless the administrator says otherwise."""

from collections.abc import Mapping

# One place each above ARASHA_PORT_BASE; the reader has a host, and so an origin, of its own.
PLACES = {"desk": 0, "public": 1, "gateway": 2, "terminal": 3, "reader": 4, "relay": 6}
HOSTS = {"reader": "reader.localhost"}


def port_base(environ: Mapping[str, str]) -> int:
    """The first of the ports. Raises ValueError that says what to write."""
    return whole_number(environ, "ARASHA_PORT_BASE", 8000, 1024, 65000)


def address(name: str, base: int) -> str:
    return f"http://{HOSTS.get(name, 'localhost')}:{base + PLACES[name]}"


def whole_number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number from the environment. Raises ValueError that says what to write."""
    value = environ.get(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ValueError(f"{name} is {value!r}; write a whole number from {least} to {most}")
    return int(value)
