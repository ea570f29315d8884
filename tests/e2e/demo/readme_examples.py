#!/usr/bin/env python3
"""The examples of a README, run for real: `readme_examples.py README.md BUILD [--print]`.

In its code blocks every line `$ trede ...` is run, in order, and what it answers must be what
stands below it. A line `...` stands for any lines. The history is that of tests/reports, in the
q1.csv of the folder in which the examples run. --print shows what the program really answers.
"""

import pathlib
import re
import subprocess
import sys
import tempfile


def examples_of(text):
    """(command, expected lines) of every `$ trede` line in a code block, in order."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, rest = part.replace("\\\n", " ").partition("\n")
            if command.startswith("trede "):
                yield command.split(), rest.strip("\n").splitlines()


def matches(expected, lines):
    """Whether the lines are those expected, where `...` is any lines."""
    parts = [r"(?:.*\n)*" if line.strip() == "..." else re.escape(line.rstrip()) + r" *\n"
             for line in expected]
    return re.fullmatch("".join(parts), "".join(line + "\n" for line in lines)) is not None


def answer(build, command, folder):
    done = subprocess.run([build / "trede", *command[1:]], cwd=folder, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.strip("\n").splitlines()


def main(arguments):
    readme, build = pathlib.Path(arguments[0]), pathlib.Path(arguments[1]).resolve()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([build / "tests/reports/reconstruct", pathlib.Path(folder) / "q1.csv"],
                       check=True, stderr=subprocess.DEVNULL)
        count = 0
        for command, expected in examples_of(readme.read_text(encoding="utf-8")):
            count += 1
            lines = answer(build, command, folder)
            if "--print" in arguments or not matches(expected, lines):
                print("$", " ".join(command), *lines, "", sep="\n")
            wrong += not matches(expected, lines)
    print(f"{count} examples, {wrong} not as the README says")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
