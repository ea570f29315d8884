#!/usr/bin/env python3
"""The rules of the tree that no compiler checks. `tidy.py ROOT` prints every breach as
`FILE:LINE: what is wrong` and ends with status 1 when there is one. README.md lists the rules."""

import pathlib
import re
import sys

import functions

ROOMS = {  # folder of the room -> rooms it may include, besides itself
    "proto": (),
    "engine/base": (),
    "engine/event": ("proto", "engine/base"),
    "engine/ledger": ("proto", "engine/base", "engine/event"),
    "engine/sqlite": ("engine/base",),
    "engine/vault": ("proto", "engine/base", "engine/event", "engine/sqlite"),
    "engine/trail": ("proto", "engine/base", "engine/event", "engine/ledger", "engine/sqlite"),
    "engine/log": ("proto", "engine/base", "engine/event", "engine/ledger"),
    "engine/backup": ("proto", "engine/base", "engine/event", "engine/ledger", "engine/log",
                      "engine/sqlite", "engine/trail", "engine/vault"),
    "engine/erasure": ("proto", "engine/base", "engine/event", "engine/log", "engine/vault",
                       "engine/backup", "engine/dossier", "engine/ledger"),
    "engine/dossier": ("proto", "engine/base", "engine/event", "engine/log"),
    "projections/cube": ("proto", "engine"),
    "projections/measures": ("proto", "engine", "projections/cube"),
    "projections/facts": ("proto", "engine", "projections/cube"),
    "projections/store": ("proto", "engine", "projections/cube"),
    "projections/answers": ("proto", "engine", "projections/cube", "projections/measures",
                            "projections/facts"),
    "projections/worker": ("proto", "engine", "projections/cube", "projections/measures",
                           "projections/facts", "projections/store", "projections/answers"),
    "projections/caseload": ("proto", "engine"),
    "projections": ("proto", "engine"),
    "tools/simulate": ("proto", "engine"),
    "tools/render": ("proto", "engine", "projections"),
    "tools/trede": ("proto", "engine", "projections", "tools/render", "tools/simulate",
                    "tools/server"),
    "tools/trede/remote": ("proto", "engine", "projections", "tools/trede"),
    "tools/server/access": ("proto", "engine", "tools/trede"),
    "tools/server/http": ("engine/base",),
    "tools/server/api": ("proto", "engine", "projections", "tools/trede", "tools/render",
                         "tools/server/http", "tools/server/access"),
    "tools/server/pages": ("engine/base", "tools/server/http", "tools/server/api"),
    "tools/server/operation": ("proto", "engine", "projections", "tools/trede",
                               "tools/server/http", "tools/server/access", "tools/server/api",
                               "tools/server/pages"),
    "tools": ("proto", "engine", "projections"),
    "tests": ("proto", "engine", "projections", "tools"),
}
TOP_LEVEL = ("proto", "engine", "projections", "tools", "tests", "build", "CMakeLists.txt",
             "CMakePresets.json", "README.md", "LICENSE", "CHANGELOG.md")
CODE = (".h", ".cc")
TEXT = CODE + (".py", ".proto", ".md", ".txt", ".json", ".sh", ".cmake", "")
WIDTH = 100
LINES_WARN, LINES_MAX = 400, 600
LINES_WARN_TEST, LINES_MAX_TEST = 600, 800
FUNCTION_MAX, FUNCTION_MAX_TEST = 70, 120  # a test holds its table
JUSTIFICATION = "Longer than most:"  # a comment that says why a file is above LINES_WARN

# Written in parts, so that this file does not break its own rule.
BANNED = tuple(re.compile(r"\b" + word + r"\b") for word in
               ("TO" "DO", "FIX" "ME", "XX" "X", "GTEST_" "SKIP")) + (re.compile("DISABLED" "_"),)
MACHINE = re.compile(r"(?<![\w.])/(?:wo" r"rk|ho" r"me|ro" r"ot|fa" r"rm)/"
                     r"|regist" r"ry\.npm" r"js|deb\.deb" r"ian")
WALL_CLOCK = re.compile(r"system_clock|random_device|\bgetrandom\b|\bgettimeofday\b|\bstd::time\(")
LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)")  # a link within the tree
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def room_of(path):
    """The longest room that holds `path`, a posix path from the root; None outside every room."""
    inside = [room for room in ROOMS if path.startswith(room + "/")]
    return max(inside, key=len, default=None)


def is_internal(path):
    """A header for its own room only: there, types of the storage engine may be seen."""
    name = path.rsplit("/", 1)[-1]
    return name.endswith("_internal.h") or name.startswith("rocks_")


def check_quoted_include(path, target, exists):
    room, other = room_of(path), room_of(target)
    if not exists(target) and not (other == "proto" and target.endswith(".pb.h")
                                   and exists(target.removesuffix(".pb.h") + ".proto")):
        yield f'no file "{target}" from the root'
        return
    if other is None:
        yield f'"{target}" lies in no room'
        return
    allowed = (room,) + ROOMS[room]
    if not any(other == one or other.startswith(one + "/") for one in allowed):
        yield f'{room} may not include {other} ("{target}")'
    if is_internal(target) and room not in (other, "tests"):
        yield f'"{target}" is internal to {other}'


def check_system_include(path, target):
    room = room_of(path)
    if target.startswith("boost/") and (room or "").split("/")[0] not in ("tools", "tests"):
        yield f"no Boost outside tools (<{target}>)"
    if target.startswith("rocksdb/"):
        if room not in ("engine/log", "projections/store", "tests"):
            yield f"no RocksDB outside engine/log and projections/store (<{target}>)"
        elif path.endswith(".h") and not is_internal(path):
            yield f"no RocksDB in a header that is not internal (<{target}>)"


def check_includes(path, lines, exists):
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        quote, target = found.groups()
        checks = (check_quoted_include(path, target, exists) if quote == '"'
                  else check_system_include(path, target))
        for message in checks:
            yield number, message


def check_lines(path, lines):
    product = room_of(path) not in (None, "tests")
    for number, line in enumerate(lines, 1):
        if len(line) > WIDTH and not path.endswith((".md", ".json", "LICENSE")):
            yield number, f"{len(line)} columns, at most {WIDTH}"
        for token in BANNED:
            if token.search(line):
                yield number, f"banned: {token.search(line).group()}"
        if MACHINE.search(line):
            yield number, "a path or host of one machine"
        if product and path.endswith(CODE) and path != "engine/base/clock.cc" \
                and WALL_CLOCK.search(line):
            yield number, "time and randomness enter through engine/base/clock.h"


def check_links(path, lines, root):
    for number, line in enumerate(lines, 1):
        for target in LINK.findall(line):
            if not (root / path).parent.joinpath(target).exists():
                yield number, f"a link to {target}, which is not there"


def check_size(path, lines):
    test = room_of(path) == "tests"
    most = LINES_MAX_TEST if test else LINES_MAX
    warn = LINES_WARN_TEST if test else LINES_WARN
    if len(lines) > most:
        yield len(lines), f"{len(lines)} lines, at most {most}"
    elif len(lines) > warn and not any(JUSTIFICATION in line for line in lines[:30]):
        yield len(lines), (f"{len(lines)} lines; above {warn} a comment on top says why "
                           f"(`{JUSTIFICATION} ...`)")


def check_code(path, text, lines, exists):
    yield from check_includes(path, lines, exists)
    yield from check_size(path, lines)
    if path.endswith(".h") and "#pragma once" not in lines:
        yield 1, "no #pragma once"
    longest = FUNCTION_MAX_TEST if room_of(path) == "tests" else FUNCTION_MAX
    for function in functions.functions_of(text):
        if function.length > longest:
            yield function.line, f"{function.name} has {function.length} lines, at most {longest}"


def check_folders(root, paths):
    for entry in sorted(root.iterdir()):
        if not entry.name.startswith(".") and entry.name not in TOP_LEVEL:
            yield entry.name, 1, "not one of the entries of the top level"
    rooms = {room_of(path) for path in paths if path.endswith(CODE + (".proto",))} - {None}
    for room in sorted(rooms | {room.split("/")[0] for room in rooms}):
        if not (root / room / "README.md").is_file():
            yield room, 1, "no README.md, the manual of the folder"


def check_types(types):
    """`types`: (name, path, line) of every type of the product. Two of one name are one name for
    two things, and the linker would mix up their functions in silence."""
    first = {}
    for name, path, line in types:
        if name in first:
            yield path, line, f"{name} is defined in {first[name]} too"
        first.setdefault(name, path)


def tree(root):
    """Every text file of ours, as a posix path from the root."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if parts[0] in ("build", ".git") or "node_modules" in parts or not path.is_file():
            continue
        if path.suffix in TEXT and not {"golden", "corpus"} & set(parts):  # bytes, not texts
            yield "/".join(parts)


def check_tree(root):
    """Every breach in the tree under `root`, as (path, line, message)."""
    paths = list(tree(root))
    known = set(paths)
    types = []
    yield from check_folders(root, paths)
    for path in paths:
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield path, 1, "not UTF-8"
            continue
        lines = text.splitlines()
        for number, message in check_lines(path, lines):
            yield path, number, message
        if path.endswith(".md"):
            for number, message in check_links(path, lines, root):
                yield path, number, message
        if path.endswith(CODE):
            for number, message in check_code(path, text, lines, known.__contains__):
                yield path, number, message
            types += [(name, path, line) for name, line in functions.types_of(text)]
    yield from check_types(types)


def main(arguments):
    if len(arguments) != 1 or not pathlib.Path(arguments[0]).is_dir():
        print("usage: tidy.py ROOT", file=sys.stderr)
        return 2
    breaches = list(check_tree(pathlib.Path(arguments[0])))
    for path, number, message in breaches:
        print(f"{path}:{number}: {message}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
