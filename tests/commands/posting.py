"""Sends sealed filings through the gateway's own view, in bundles of a terminal: a line of base64 and code each.

Prints what became of every filing, as the answer tells the terminal.
"""

import base64
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings.gateway"

# It sets Django up, with the settings named above.
from bench import terminals  # noqa: I001
from django.test import Client

from arasha.engines.channel.down import ANSWER_BYTES, parse_answer


def main() -> None:
    sender, key = terminals.new_terminal(), terminals.ingest_key()
    client = Client(SERVER_NAME="localhost")
    for line in sys.stdin:
        said = terminals.with_filing(base64.b64decode(line.split(" ")[0]), key)
        bundle = sender.bundle(key, said)
        answer = client.post("/v1/bundles", bundle, "application/octet-stream")
        (state,) = parse_answer(answer.content[:ANSWER_BYTES]).open(said.answer_key)
        sys.stdout.write(f"{state.became.name.lower()}\n")


if __name__ == "__main__":
    main()
