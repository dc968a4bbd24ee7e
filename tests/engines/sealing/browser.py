"""Two little pages, one for the terminal's modules and one for the reader's, under a strict CSP."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from arasha.programs.pages import PROGRAMS, files_beside

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
PAGE = b"<!doctype html><html lang=en><title>A page for tests</title>"


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of one program as its loopback server does, and an empty page at the root."""

    def __init__(self, *args: Any, files: dict[str, Path], **options: Any) -> None:
        self.files = files
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        (folder,) = (at for prefix, at in self.files.items() if path.startswith(prefix))
        return str(folder / path.split("/", 2)[2])

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)
        return None

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def serving(program: str, *, host: str) -> Iterator[str]:
    """Serve the static files of a program on a free local port; yields the page's address."""
    handler = functools.partial(Handler, files=files_beside(PROGRAMS / program / "static"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
