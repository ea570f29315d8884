"""Finds the functions and types of a C++ source by its braces, well enough to measure them."""

import re
from typing import NamedTuple

_SKIPPED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.DOTALL | re.MULTILINE)
_SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b[^()=]*$")
_TYPE = re.compile(r"\b(?:class|struct|union|enum(?:\s+class)?)\s+(?:\[\[\w+\]\]\s*)?"
                   r"(\w+(?:::\w+)*)\s*(?:final\s*)?(?::(?!:)[^;(){}=]*)?$")
_NAME = re.compile(r"([~\w:]+|operator\s*\S+?)\s*\(")


class Function(NamedTuple):
    name: str
    line: int    # on which it begins
    length: int  # lines, from its first to its closing brace


def _blank(match):
    """The same number of lines, and nothing a brace could hide in."""
    text = match.group()
    if re.fullmatch(r"'[0-9A-Fa-f]+'?", text):
        return text
    return re.sub(r"[^\n]", " ", text)


def _bare(text):
    """The source without comments, literals and preprocessor lines, line for line."""
    text = re.sub(r"(?<=[0-9A-Fa-f])'(?=[0-9A-Fa-f])", " ", text)  # 1'000 is no literal
    return _SKIPPED.sub(_blank, text)


def types_of(text):
    """(qualified name, line) of the classes, structs, unions and enums defined at the level of a
    namespace. Those of an unnamed namespace are left out: they are of one file."""
    bare = _bare(text)
    names = []   # of each open brace: the namespace's name, or None
    start, line = 0, 1
    found = []
    for at, char in enumerate(bare):
        if char == "\n":
            line += 1
        elif char == ";":
            start = at + 1
        elif char == "{":
            head = bare[start:at]
            space = re.search(r"\bnamespace\b\s*([\w:]*)\s*$", head)
            kind = _TYPE.search(head)
            if kind and None not in names and "" not in names:
                found.append(("::".join([*names, kind.group(1)]), line))
            names.append(space.group(1) if space else None)
            start = at + 1
        elif char == "}":
            if names:
                names.pop()
            start = at + 1
    return found


def _is_function(head):
    """Whether what stands before a `{` at the level of a scope makes it a function's body."""
    if _SCOPE.search(head) or "(" not in head:
        return False
    before_parameters = head[:head.index("(")]
    return "=" not in before_parameters or "operator" in before_parameters


def functions_of(text):
    """Functions defined at the level of a file, namespace or class; lambdas count as their own
    function's lines."""
    bare = _bare(text)
    scopes = []  # of each open brace: "scope", "block", or (name, first line) of a function
    start = 0    # where the statement that is being read begins
    line = 1
    found = []
    for at, char in enumerate(bare):
        if char == "\n":
            line += 1
        elif char == ";" or (char == ":" and bare[start:at].strip() in ("public", "private",
                                                                       "protected")):
            start = at + 1
        elif char == "{":
            head = bare[start:at]
            if any(scope != "scope" for scope in scopes):
                scopes.append("block")
            elif _is_function(head):
                first = line - head.lstrip().count("\n")
                name = _NAME.search(head)
                scopes.append((name.group(1) if name else "function", first))
            else:
                scopes.append("scope" if _SCOPE.search(head) else "block")
            start = at + 1
        elif char == "}":
            scope = scopes.pop() if scopes else "scope"
            if isinstance(scope, tuple):
                found.append(Function(scope[0], scope[1], line - scope[1] + 1))
            start = at + 1
    return found
