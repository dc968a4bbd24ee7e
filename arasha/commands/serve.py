"""`arasha serve`: the doors and loops of a server; with --demo the terminal and the reader too.

The parent does not import Django: it only starts, watches and ends processes.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from arasha.commands import ports
from arasha.commands.supervisor import (
    AskedToEndError,
    Part,
    PartDiedError,
    say,
    supervised,
    wait_for_answers,
    watch,
)
from arasha.wire.doors import PLACES, address, port_base, whole_number

CHECKOUT = Path(__file__).parents[2]
DOORS = ("desk", "public", "gateway")
# What ends what: without these no mail goes, no leaf gets its proof, nothing overdue is noticed.
LOOPS = (("worker",), ("sequencer",), ("tick", "--every", "60"))
# Only where somebody outside is to be asked.
ATTEST = ("attest",)
ASKED_OUTSIDE = ("ARASHA_WITNESSES", "ARASHA_TIMESTAMPS_URL")


def main(argv: Sequence[str]) -> int:
    wanted = _arguments(argv)
    try:
        base = port_base(os.environ)
        workers = whole_number(os.environ, "ARASHA_WORKERS", 1, 1, 64)
    except ValueError as mistake:
        return _refuse(str(mistake))
    environment = environment_for(os.environ, base=base, demo=wanted.demo)
    parts = [*doors(environment, base=base, workers=workers), *loops(environment)]
    if wanted.demo:
        parts += demo_programs(environment, base=base)
    in_use = ports.taken(part.port for part in parts if part.port)
    if in_use:
        return _refuse(taken_message(in_use))
    return keep_running(parts, environment, partial(_greet, parts, environment, demo=wanted.demo))


def environment_for(environ: Mapping[str, str], *, base: int, demo: bool) -> dict[str, str]:
    """What every part is told; what the administrator set stays as it is."""
    told = {
        "ARASHA_VAR": str(CHECKOUT / "var"),
        "PYTHONUNBUFFERED": "1",
        **{f"ARASHA_{name.upper()}_URL": address(name, base) for name in (*DOORS, "reader")},
    }
    if demo:
        told |= {"ARASHA_DEMO": "True", "ARASHA_EPOCH_SECONDS": "1"}
    return {**told, **environ}


def doors(environment: Mapping[str, str], *, base: int, workers: int) -> list[Part]:
    return [
        Part(
            name=door,
            command=granian(door, port=base + PLACES[door], workers=workers_of(door, workers)),
            address=environment[f"ARASHA_{door.upper()}_URL"],
            port=base + PLACES[door],
        )
        for door in DOORS
    ]


def loops(environment: Mapping[str, str]) -> list[Part]:
    asks = any(environment.get(name) for name in ASKED_OUTSIDE)
    wanted = (*LOOPS, ATTEST) if asks else LOOPS
    return [Part(name=words[0], command=arasha(*words)) for words in wanted]


def demo_programs(environment: Mapping[str, str], *, base: int) -> list[Part]:
    """A kiosk, its prison's relay and an officer's reader, as they would run on machines of their own."""
    demo = Path(environment["ARASHA_VAR"]) / "demo"
    words = {
        "relay": (
            "serve", f"{demo}/relay",
            "--gateway", environment["ARASHA_GATEWAY_URL"],
            "--root", f"{demo}/trust/1.root.json",
            "--rhythm", "2",
        ),
        "terminal": (
            "--gateway", address("relay", base),
            "--public-url", environment["ARASHA_PUBLIC_URL"],
            "--device", f"{demo}/terminal/device.json",
            "--spool", f"{demo}/terminal/spool",
            "--rhythm", "2",
            "--pack", environment.get("ARASHA_PACK", "kz"),
        ),
        "reader": (
            "--desk", environment["ARASHA_DESK_URL"],
            "--keys", f"{demo}/reader",
            "--demo-identities", f"{demo}/identities.json",
            "--public-url", environment["ARASHA_PUBLIC_URL"],
            "--root", f"{demo}/trust/1.root.json",
        ),
    }  # fmt: skip
    return [
        Part(
            name=name,
            command=arasha(name, *words[name], "--port", str(base + PLACES[name])),
            address=address(name, base),
            port=base + PLACES[name],
        )
        for name in words
    ]


def taken_message(in_use: Mapping[int, str]) -> str:
    who = "\n".join(f"  {port}  {name or 'another program'}" for port, name in in_use.items())
    return (
        f"These ports are taken:\n{who}\n"
        "End that program, or choose other ports: ARASHA_PORT_BASE=9000 ./run"
    )


def arasha(*words: str) -> list[str]:
    return [sys.executable, "-m", "arasha", *words]


def keep_running(
    parts: Sequence[Part], environment: Mapping[str, str], greet: Callable[[], None]
) -> int:
    """Run all parts until somebody ends it (0) or one of them ends by itself (1)."""
    try:
        with supervised(parts, environment, say) as started:
            wait_for_answers(started, say)
            greet()
            watch(started)
    except AskedToEndError:
        say("Everything is ended.")
        return 0
    except PartDiedError as died:
        return _refuse(f"{died}\nEverything else is ended.")


def _greet(parts: Sequence[Part], environment: Mapping[str, str], *, demo: bool) -> None:
    say(addresses(parts))
    if demo:
        subprocess.run(arasha("world", "links"), env=dict(environment), check=False)
    say("Ctrl-C ends everything.")


def addresses(parts: Sequence[Part]) -> str:
    lines = [f"  {part.name:<9} {part.address}" for part in parts if part.address]
    return "\n".join(["", "Arasha answers at", *lines, ""])


def workers_of(door: str, workers: int) -> int:
    """The gateway has two at least: one reads an envelope while the other waits for the disk."""
    return max(workers, 2) if door == "gateway" else workers


def granian(door: str, *, port: int, workers: int) -> list[str]:
    """The command line that serves a door."""
    return [
        sys.executable, "-m", "granian", f"arasha.config.wsgi.{door}:application",
        "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
        "--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning",
    ]  # fmt: skip


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="arasha serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="also the demo's terminal and reader")
    return parser.parse_args(argv)


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1
