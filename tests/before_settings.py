"""Runs before Django reads its settings: a folder for this run, and PostgreSQL when it is asked for.

ARASHA_TEST_DATABASE=postgres runs the database tests on a throw-away cluster. The first process
makes what all share; xdist's workers inherit its variables and only take a folder of their own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.postgres import Cluster

WORKER = os.environ.get("PYTEST_XDIST_WORKER")


def prepare() -> None:
    if WORKER:
        os.environ["ARASHA_VAR"] = str(Path(os.environ["ARASHA_VAR"]) / WORKER)
        return
    folder = tempfile.mkdtemp(prefix="arasha-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["ARASHA_VAR"] = folder
    if os.environ.get("ARASHA_TEST_DATABASE") == "postgres":
        cluster = Cluster.start()
        atexit.register(cluster.stop)
        os.environ["ARASHA_DATABASE"] = cluster.address("arasha")


prepare()
