import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.programs.witness.judging import Witness
from arasha.programs.witness.server import serving
from arasha.wire.client import Client
from arasha.wire.serving import Server
from tests.programs.witness.watching import NOON, Asker, witness_in


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return witness_in(tmp_path / "witness")


@pytest.fixture
def server(witness: Witness) -> Iterator[Server]:
    made = serving(witness, host="127.0.0.1", port=0, clock=lambda: NOON)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def asker(server: Server) -> Asker:
    return Asker(Client(f"http://127.0.0.1:{server.port}"))
