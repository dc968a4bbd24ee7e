"""The transparency log: an RFC 6962 tree as C2SP tiles, checkpoints and receipts."""

from arasha.engines.translog.asking import (
    add_checkpoint_request,
    latest_checkpoint_path,
    read_cosignatures,
)
from arasha.engines.translog.checkpoints import Checkpoint, WrongEmptyRootError
from arasha.engines.translog.errors import NotProvedError, PolicyError
from arasha.engines.translog.hashes import EMPTY_ROOT, leaf_hash, node_hash, root_of
from arasha.engines.translog.leaves import DUMMY, KINDS, commitment, leaf, read_leaf
from arasha.engines.translog.nodes import Grown, TileNodes, Triangle, grown
from arasha.engines.translog.policy import Policy, parse_policy
from arasha.engines.translog.proofs import Proof, Proved, make_proof, parse_proof, verify_proof
from arasha.engines.translog.tiles import (
    Tile,
    entry_bundle,
    hash_tile,
    read_entry_bundle,
    read_hash_tile,
    tiles_between,
)
from arasha.engines.translog.tree import (
    NodeStore,
    append,
    consistency_proof,
    inclusion_proof,
    nodes_for_consistency,
    nodes_for_inclusion,
    nodes_for_root,
    root,
)
from arasha.engines.translog.verify import verify_consistency, verify_inclusion

__all__ = [
    "DUMMY",
    "EMPTY_ROOT",
    "KINDS",
    "Checkpoint",
    "Grown",
    "NodeStore",
    "NotProvedError",
    "Policy",
    "PolicyError",
    "Proof",
    "Proved",
    "Tile",
    "TileNodes",
    "Triangle",
    "WrongEmptyRootError",
    "add_checkpoint_request",
    "append",
    "commitment",
    "consistency_proof",
    "entry_bundle",
    "grown",
    "hash_tile",
    "inclusion_proof",
    "latest_checkpoint_path",
    "leaf",
    "leaf_hash",
    "make_proof",
    "node_hash",
    "nodes_for_consistency",
    "nodes_for_inclusion",
    "nodes_for_root",
    "parse_policy",
    "parse_proof",
    "read_cosignatures",
    "read_entry_bundle",
    "read_hash_tile",
    "read_leaf",
    "root",
    "root_of",
    "tiles_between",
    "verify_consistency",
    "verify_inclusion",
    "verify_proof",
]
