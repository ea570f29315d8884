#!/usr/bin/env python3
"""Walks the chain of an audit trail with nothing of the product: `check_chain.py DATA`. Prints how
many records there are and the last hash; ends with status 1 at the first that does not fit."""
import hashlib
import pathlib
import sqlite3
import sys
import uuid

DOMAIN = b"trede trail 1\n"


def number(value):
    return (value % 2**64).to_bytes(8, "big")


def text(value):
    return number(len(value.encode())) + value.encode()


def main(data):
    identity = (data / "FORMAT").read_text().split("identity ")[1].strip()
    chain = hashlib.sha256(DOMAIN + uuid.UUID(identity).bytes).digest()
    count = 0
    rows = sqlite3.connect(f"file:{data}/trail/trail.sqlite?mode=ro", uri=True).execute(
        "SELECT nummer, tijdstip, actie, object, resultaat, oorsprong, actor, betreft, eerste,"
        " laatste, aantal, hash FROM spoor ORDER BY nummer")
    for count, (nummer, tijdstip, *texts, eerste, laatste, aantal, kept) in enumerate(rows, 1):
        record = number(nummer) + number(tijdstip) + b"".join(map(text, texts))
        record += number(eerste) + number(laatste) + number(aantal)
        chain = hashlib.sha256(DOMAIN + chain + record).digest()
        if nummer != count or kept != chain:
            sys.exit(f"record {count} does not fit")
    print(f"{count}:{chain.hex()}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
