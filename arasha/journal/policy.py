"""The policy file with which anybody checks this log's receipts (c2sp.org/tlog-policy)."""

from arasha.engines.notes import VerifierKey

POLICY = "policy"
# A server that lies could offer a false key as well: the file itself says so, to whoever opens it.
WARNING = """\
# Бұл – журналдың кілті. Оны басқа дереккөзден де алып, салыстырыңыз: өтірік айтатын сервер өтірік кілт те береді.
# Это ключ журнала. Получите его и из другого источника и сравните: лгущий сервер дал бы и ложный ключ.
# This is the key of the log. Get it from another source too, and compare: a server that lies would also give a false key.
"""


def policy_of(key: VerifierKey) -> str:
    """A policy that believes one log and asks for no witness: there are none yet."""
    return f"{WARNING}log {key}\nquorum none\n"
