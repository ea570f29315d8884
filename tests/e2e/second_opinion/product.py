"""The product as its users meet it: a binary, its exit status and what it prints."""
import pathlib
import re
import subprocess
import tempfile


class Failure(Exception):
    """The product did something that the contract does not say."""


class Product:
    def __init__(self, binary, folder):
        self.binary, self.folder = str(pathlib.Path(binary).resolve()), pathlib.Path(folder)

    def run(self, *args, stdin=None):
        """Runs the binary with `--data` of our own; bytes in, (status, stdout, stderr) out."""
        return self.run_plain(*args, "--data", str(self.folder / "data"), stdin=stdin)

    def run_plain(self, *args, stdin=None):
        done = subprocess.run([self.binary, *args], input=stdin or b"", capture_output=True,
                              timeout=300, check=False)
        return (done.returncode, done.stdout.decode(errors="replace"),
                done.stderr.decode(errors="replace"))

    def good(self, *args, stdin=None):
        """Runs what must succeed; what it printed on stdout."""
        status, out, err = self.run(*args, stdin=stdin)
        if status != 0:
            raise Failure(f"trede {' '.join(args)}: exit {status}, expected 0\n{err or out}")
        return out

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def batch(self, questions):
        """The answer to each question: CSV text, or the error."""
        text = "".join(question + "\n" for question in questions)
        out = self.good("query", "--batch", "-", stdin=text.encode())
        return split_batch(out, len(questions))


def split_batch(out, count):
    """The answers of a batch by question; each begins with its line `# N`."""
    answers, current = [None] * count, None
    for line in out.splitlines(keepends=True):
        found = re.match(r"# (\d+)( error: .*)?\n\Z", line)
        if found:
            current = int(found[1]) - 1
            if not 0 <= current < count or answers[current] is not None:
                raise Failure(f"batch: unexpected line {line!r}")
            answers[current] = (found[2] or "").strip()
        elif current is None:
            raise Failure(f"batch: text before the first answer: {line!r}")
        else:
            answers[current] += line
    if None in answers:
        raise Failure(f"batch: no answer to question {answers.index(None) + 1}")
    return answers


def reported_places(err, path):
    """(line, column or code) of each `FILE:LINE: column: …` that an import reported."""
    pattern = re.compile(re.escape(str(path)) + r":(\d+): (?:([^:\n]*): )?")
    return [(int(found[1]), found[2] or "") for found in
            (pattern.search(line) for line in err.splitlines()) if found]


def fresh(binary, parent=None):
    """A Product on an empty log in a new temporary folder (a context manager)."""
    return _Fresh(binary, parent)


class _Fresh:
    def __init__(self, binary, parent):
        self.binary = binary
        self.place = tempfile.TemporaryDirectory(prefix="trede-second-", dir=parent)

    def __enter__(self):
        product = Product(self.binary, self.place.name)
        product.good("init", "--zonder-beheerder")
        return product

    def __exit__(self, *why):
        self.place.cleanup()
