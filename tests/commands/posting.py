"""Posts sealed filings at the gateway's own view, as the demo's terminal: a line of base64 and code each.

Prints the status of every answer.
"""

import base64
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.gateway"


def main() -> None:
    import django  # noqa: PLC0415 - after the settings

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from bench.filing import Terminal  # noqa: PLC0415

    terminal, client = Terminal(Path(os.environ["ARASHA_VAR"])), Client(SERVER_NAME="localhost")
    for line in sys.stdin:
        body = base64.b64decode(line.split(" ")[0])
        answer = client.post(
            "/v1/envelopes", body, "application/json", headers=terminal.headers(body)
        )
        sys.stdout.write(f"{answer.status_code}\n")


if __name__ == "__main__":
    main()
