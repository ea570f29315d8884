"""Checkpoints and proofs, from what their specifications say and from nothing of the product."""
import base64
import hashlib

import ed25519


def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    """RFC 6962, 2.1, of leaf hashes, as it is defined there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root(leaves[:split]), root(leaves[split:]))


def root_of_inclusion(index, size, leaf, path):
    """The root to which an audit path leads: RFC 6962, 2.1.1, from the top downward."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    split = 1
    while split * 2 < size:
        split *= 2
    if index < split:
        below = root_of_inclusion(index, split, leaf, path[:-1])
        return below and node_hash(below, path[-1])
    below = root_of_inclusion(index - split, size - split, leaf, path[:-1])
    return below and node_hash(path[-1], below)


class Key:
    """A verifier key of c2sp.org/signed-note."""

    def __init__(self, text):
        self.name, digits, data = text.strip().split("+", 2)
        data = base64.b64decode(data, validate=True)
        assert data[0] == 1, "not Ed25519"
        self.bytes = data[1:]
        self.hash = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        assert self.hash.hex() == digits, "the hash of the key"


def open_note(note, key):
    """The text of a note that the key signed."""
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.splitlines():
        dash, name, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        if dash == "\u2014" and name == key.name and data[:4] == key.hash:
            assert ed25519.verifies(key.bytes, text.encode(), data[4:]), "the signature"
            return text
    raise AssertionError("not signed with this key")


class Checkpoint:
    """c2sp.org/tlog-checkpoint."""

    def __init__(self, note, key):
        lines = open_note(note, key).split("\n")
        self.origin, self.size = lines[0], int(lines[1])
        self.root = base64.b64decode(lines[2], validate=True)
        self.extensions = lines[3:-1]
        assert self.origin == key.name


def check_event_proof(text, key):
    """c2sp.org/tlog-proof: the bytes of the event, its index and the checkpoint it is proved in."""
    proof, note = text.split("\n\n", 1)
    form, extra, index, *path = proof.split("\n")
    assert form == "c2sp.org/tlog-proof@v1"
    event = base64.b64decode(extra.removeprefix("extra "), validate=True)
    index = int(index.removeprefix("index "))
    checkpoint = Checkpoint(note, key)
    hashes = [base64.b64decode(line, validate=True) for line in path]
    assert root_of_inclusion(index, checkpoint.size, leaf_hash(event), hashes) == checkpoint.root
    return event, index, checkpoint
