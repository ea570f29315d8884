"""Looking for texts in every byte of files and folders, also inside what is packed in them.

A file is looked at as it is, and so is each member of a ZIP archive, what gzip packed, and what
stands in base64 in lines of JSON; those again in the same way. Not unpacked are the blocks of
RocksDB, which are compressed with LZ4: a text stands in plain there at its first occurrence, when
no four bytes of it occurred before. So the texts to look for are to be unlike anything else.
"""
import base64
import gzip
import io
import json
import pathlib
import zipfile


def layers(name, data):
    """The bytes themselves, and what is packed in them: pairs of name and bytes."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield from layers(f"{name}!{member.filename}", archive.read(member))
    elif data.startswith(b"\x1f\x8b"):
        yield from layers(name + "!gunzip", gzip.decompress(data))
    elif data.startswith(b"{") and b'"bytes"' in data:
        events = [json.loads(line)["bytes"] for line in data.splitlines() if line.startswith(b"{")]
        yield name + "!bytes", b"\n".join(base64.b64decode(event) for event in events)


def forms(text):
    """How a text may stand in bytes of which capital letters were made small. Bytes stand as such.
    """
    if isinstance(text, bytes):
        return [text.lower(), text.hex().encode()]
    out = []
    for spelled in (text, text.lower()):
        plain = spelled.encode()
        out += [plain, plain[::-1], plain.hex().encode(), json.dumps(spelled)[1:-1].encode()]
        out += [spelled.encode(code, "replace") for code in ("utf-16-le", "utf-16-be", "latin-1")]
        # In base64 it may begin at each of three places; the digits at the ends are of others too.
        for before in range(3):
            packed = base64.b64encode(bytes(before) + plain)
            out.append(packed[(before * 8 + 5) // 6:(before + len(plain)) * 8 // 6])
    return list(dict.fromkeys(form.lower() for form in out))


def find(places, texts):
    """Where one of `texts` stands: sorted pairs of the file (and layer) and the text."""
    sought = [(text, form) for text in texts for form in forms(text)]
    found = set()
    for place in map(pathlib.Path, places):
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            shown = place.name if file == place else f"{place.name}/{file.relative_to(place)}"
            for part in file.relative_to(place.parent).parts:
                found |= {(shown + " (its name)", text) for text, form in sought
                          if form in part.lower().encode()}
            if not file.is_file():
                continue
            for name, data in layers(shown, file.read_bytes()):
                low = data.lower()
                found |= {(name, text) for text, form in sought if form in low}
    return sorted(found, key=repr)
