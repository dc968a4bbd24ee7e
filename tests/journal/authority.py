"""A timestamp authority on this machine: `openssl ts` behind a port, with a root of its own."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[may_stamp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(*words: str) -> bytes:
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout


def make_authority(folder: Path) -> Path:
    """Make a root and an authority under it; return the file of the root."""
    folder.mkdir()
    config = folder / "ts.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    root, key = str(folder / "root.pem"), str(folder / "root.key")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=Root",
        "-keyout", key, "-out", root, "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Authority",
        "-keyout", str(folder / "tsa.key"), "-out", str(folder / "tsa.csr"),
    )  # fmt: skip
    openssl(
        "x509", "-req", "-days", "3650", "-in", str(folder / "tsa.csr"), "-CA", root,
        "-CAkey", key, "-CAcreateserial", "-extfile", str(config), "-extensions", "may_stamp",
        "-out", str(folder / "tsa.pem"),
    )  # fmt: skip
    return folder / "root.pem"


def stamp(folder: Path, query: bytes) -> bytes:
    (folder / "query.tsq").write_bytes(query)
    # Without -chain: an embedded chain of two is written in an order that strict readers refuse.
    openssl(
        "ts", "-reply", "-config", str(folder / "ts.cnf"), "-section", "here",
        "-queryfile", str(folder / "query.tsq"), "-signer", str(folder / "tsa.pem"),
        "-inkey", str(folder / "tsa.key"), "-out", str(folder / "answer.tsr"),
    )  # fmt: skip
    return (folder / "answer.tsr").read_bytes()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = stamp(folder, self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Authority)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
