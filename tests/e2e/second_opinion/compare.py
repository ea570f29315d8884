#!/usr/bin/env python3
"""Runs the product against the second implementation on random histories.

    compare.py TREDE_BINARY [--seeds 1..20] [--queries 300] [--keep FOLDER] [--simulated]

For each seed: the same file into both, the same questions to both, the texts must be equal. Then:
rows that must be refused are refused at their lines, the same file twice adds nothing, and what is
exported imports into an equal log. The first difference is made as small as it goes and printed.
With --simulated the histories are those of `trede simulate`, which must all be accepted.
"""
import argparse
import copy
import csv
import io
import pathlib
import random
import types
import sys
import time

import civil
import generate
import product
import query
import questions
import reading
import recording
import recount
from product import Failure


class Difference(Failure):
    """The two disagree; `check` says for other rows whether they still do (for shrinking)."""

    def __init__(self, text, rows, check):
        super().__init__(text)
        self.rows, self.check = rows, check


def model_of(text):
    return recording.record(reading.read_file(text.encode()))


def plain_csv(rows):
    """The rows in the plainest dialect, for a shrunken case."""
    columns = [name for name in (*reading.codes.BASE_COLUMNS, *reading.codes.ATTRIBUTE_COLUMNS)
               if any(name in cells for cells in rows)]
    return "\n".join([",".join(columns)] + [",".join(cells.get(name, "") for name in columns)
                                            for cells in rows]) + "\n"


def append_name(cells):
    """What the rows of one append share; None of a row alone."""
    groep = cells.get("groep")
    return groep and (groep if groep.startswith("@") else (cells["stream"], groep))


class Seed:
    """One random history and everything that is asked of it."""

    def __init__(self, binary, seed, options):
        self.binary, self.seed, self.options = binary, seed, options
        self.rng = random.Random(f"compare-{seed}")
        self.made = (self.simulated() if options.simulated
                     else generate.Generator(seed, options.size).run())
        self.rows = [cells for cells, accepted in self.made.rows if accepted]
        self.text = generate.to_csv(self.rows, self.rng)

    def simulated(self):
        """A history that the product makes up itself, small enough for the model."""
        words = ["--seed", str(self.seed), "--events", str(self.options.size or 700),
                 "--gemeenten", str(self.rng.choice([1, 4, 7])),
                 "--corrections", str(self.rng.choice([0, 5, 30, 50]))]
        words += self.rng.choice([[], ["--from", "2013-05-01", "--until", "2016-03-31"],
                                  ["--from", "2021-01-01", "--until", "2024-12-31"]])
        with product.fresh(self.binary) as here:
            path = here.folder / "simulated.csv"
            status, _, err = here.run_plain("simulate", *words, "--csv", str(path))
            if status != 0:
                raise Failure(f"trede simulate {' '.join(words)}: exit {status}\n{err}")
            rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
            return types.SimpleNamespace(
                rows=[({name: cell for name, cell in cells.items() if cell}, True)
                      for cells in rows])

    def run(self):
        self.log, refused = model_of(self.text)
        assert not refused, refused
        with product.fresh(self.binary) as here:
            self.verdicts(self.rows, self.text)
            here.good("import", here.file("history.csv", self.text), "--as-recorded")
            self.answers(here)
            self.exports(here)
            recount.check(here, self.log, self.rng, self.options.recounts)
        if not self.options.simulated:
            self.refusals()
        self.twice()

    # Accepting and refusing.

    def verdicts(self, rows, text):
        """The product must refuse exactly the appends that the model refuses."""
        differs = verdict_difference(self.binary, text)
        if differs:
            raise Difference(differs, rows,
                             lambda some: verdict_difference(self.binary, plain_csv(some)))

    def refusals(self):
        """The same history with rows in it that must be refused."""
        rows, left, append = [], 80, None
        for cells, accepted in self.made.rows:
            if accepted:
                rows.append(cells)
                continue
            name = append_name(cells)
            if name and append == name or left > 0:
                rows.append(cells)
                left -= 1
                append = name
            else:
                append = None
        self.verdicts(rows, generate.to_csv(rows, self.rng))

    # Answers.

    def answers(self, here):
        answers = query.Answers(self.log)
        asked = [questions.fruitful_query(self.rng, self.log, answers)
                 for _ in range(self.options.queries)]
        got = here.batch([each.line() for each in asked])
        for each, answer in zip(asked, got):
            expected = answers.answer(each)
            if answer != expected:
                raise Difference(describe(each, expected, answer), self.rows,
                                 lambda some, each=each: self.still_differs(some, each))

    def still_differs(self, rows, asked):
        text = plain_csv(rows)
        log, refused = model_of(text)
        if refused:
            return None
        asked = copy.copy(asked)
        if asked.position is not None:
            kept = {id(cells) for cells in rows}
            asked.position = sum(id(cells) in kept for cells in self.rows[:asked.position])
        with product.fresh(self.binary) as here:
            status, _, _ = here.run("import", here.file("h.csv", text), "--as-recorded")
            if status != 0:
                return None
            answer = here.batch([asked.line()])[0]
        expected = query.Answers(log).answer(asked)
        return describe(asked, expected, answer) if answer != expected else None

    # Files out and in again.

    def exports(self, here):
        """What comes out goes in again, as an equal (csv) or identical (ndjson) log."""
        ndjson = here.good("export", "--format", "ndjson")
        table = here.good("export", "--format", "csv")
        asked = [questions.random_query(self.rng, self.log).line() for _ in range(60)]
        answers = here.batch(asked)
        with product.fresh(self.binary) as there:
            there.good("import", there.file("out.ndjson", ndjson))
            expect("export of an imported ndjson", ndjson, there.good("export", "--format",
                                                                      "ndjson"))
            expect("answers after ndjson", answers, there.batch(asked))
        with product.fresh(self.binary) as there:
            there.good("import", there.file("out.csv", table), "--as-recorded")
            expect("export of an imported csv", table, there.good("export", "--format", "csv"))
            expect("answers after csv", answers, there.batch(asked))
        self.exported_as_imported(table)
        start = self.rng.randrange(1, len(self.log.events) + 1)
        lines = ndjson.splitlines()
        expect(f"export --from {start}", "\n".join(lines[start - 1:]) + "\n",
               here.good("export", "--from", str(start), "--format", "ndjson"))

    def exported_as_imported(self, table):
        """The exported file means to our own reader what the imported one meant."""
        log, refused = model_of(without_unused_columns(table))
        expect("rows refused of the exported csv", [], refused)
        for name in ("stream", "soort", "day", "attrs", "moment", "vervangt", "first", "last"):
            expect(f"{name} of the exported csv", [getattr(e, name) for e in self.log.events],
                   [getattr(e, name) for e in log.events])

    def twice(self):
        """Without recording moments: the same file twice adds nothing."""
        rows = [{name: cell for name, cell in cells.items() if name != "vastgelegd_op"}
                for cells in self.rows]
        with product.fresh(self.binary) as here:
            path = here.file("history.csv", generate.to_csv(rows, self.rng))
            here.good("import", path)
            before = here.good("export", "--format", "ndjson")
            expect("events recorded", len(rows), before.count("\n"))
            here.good("import", path)
            expect("export after a second import", before,
                   here.good("export", "--format", "ndjson"))
            asked = [each for each in (questions.random_query(self.rng, self.log)
                                       for _ in range(60)) if each.moment is None]
            expected = query.Answers(self.log)
            for each, answer in zip(asked, here.batch([each.line() for each in asked])):
                expect(each.line(), expected.answer(each), answer)


def without_unused_columns(table):
    """The table without empty columns of kinds that our generator does not make."""
    header, *rows = csv.reader(io.StringIO(table))
    known = reading.codes.BASE_COLUMNS + reading.codes.ATTRIBUTE_COLUMNS
    keep = [n for n, name in enumerate(header) if name in known or any(row[n] for row in rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [row[n] for n in keep] for row in [header, *rows])
    return text.getvalue()


def expect(what, expected, got):
    if expected == got:
        return
    if isinstance(expected, str):
        expected, got = expected.splitlines(), got.splitlines()
    if isinstance(expected, list) and isinstance(got, list):
        pairs = [(n, a, b) for n, (a, b) in enumerate(zip(expected, got)) if a != b]
        where = pairs[0] if pairs else "one is longer"
        raise Failure(f"{what}: {len(expected)} expected, {len(got)} found; first difference: "
                      f"{where}")
    raise Failure(f"{what}: expected {expected!r}, got {got!r}")


def describe(asked, expected, got):
    return (f"query {asked.line()}\n--- expected\n{expected}--- got\n"
            f"{got if got.endswith(chr(10)) else got + chr(10)}")


def verdict_difference(binary, text):
    """What the product accepts or refuses otherwise than the model; None if nothing."""
    _, refused = model_of(text)
    lines = {row.line: number for number, (append, _) in enumerate(refused) for row in append}
    with product.fresh(binary) as here:
        path = here.file("rows.csv", text)
        empty = here.good("export", "--format", "ndjson")
        status, out, err = here.run("import", path, "--as-recorded")
        after = here.good("export", "--format", "ndjson")
    found = product.reported_places(err, path)
    wrongly_refused = [line for line, _ in found if line not in lines]
    told = {lines[line] for line, _ in found if line in lines}
    wrongly_taken = [str(why) + " at line " + str(append[0].line)
                     for number, (append, why) in enumerate(refused) if number not in told]
    if wrongly_refused or wrongly_taken:
        return (f"refused by the product alone: lines {wrongly_refused}\n"
                f"refused by the model alone: {wrongly_taken}\n{err}")
    if status != (2 if refused else 0):
        return f"exit status {status}\n{err or out}"
    if refused and after != empty:
        return "the log has changed, though the file was refused"
    return None


def shrink(difference, seconds=120):
    """Drops streams, then ever smaller pieces of rows, as long as the two still differ."""
    rows, text, deadline = difference.rows, str(difference), time.monotonic() + seconds

    def attempt(some):
        nonlocal rows, text
        if time.monotonic() > deadline:
            return False
        try:
            still = difference.check(some)
        except Failure as failure:
            still = str(failure)
        if still:
            rows, text = some, still
        return bool(still)

    for stream in sorted({cells["stream"] for cells in rows}):
        attempt([cells for cells in rows if cells["stream"] != stream])
    size = max(1, len(rows) // 4)
    while True:
        start, shrunk = 0, False
        while start < len(rows):
            if attempt(rows[:start] + rows[start + size:]):
                shrunk = True
            else:
                start += size
        if size == 1 and not shrunk or time.monotonic() > deadline:
            return rows, text
        size = max(1, size // 2)


def readable(rows):
    """A shrunken history as text, a row per line."""
    lines = []
    for number, cells in enumerate(rows):
        rest = " ".join(f"{name}={cell}" for name, cell in cells.items()
                        if name not in ("stream", "soort", "geldig_op"))
        lines.append(f"  {number + 1}. {cells['stream']} {cells['soort']} "
                     f"{cells.get('geldig_op', '-')} {rest}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--seeds", default="1..20", help="A..B")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--recounts", type=int, default=15)
    parser.add_argument("--simulated", action="store_true",
                        help="histories of `trede simulate` instead of our own")
    parser.add_argument("--size", type=int, help="events per history, instead of at random")
    parser.add_argument("--keep", help="folder for the smallest failing files")
    parser.add_argument("--go-on", action="store_true", help="with the next seed after a failure")
    options = parser.parse_args()
    first, _, last = options.seeds.partition("..")
    failures, events = 0, 0
    for seed in range(int(first), int(last or first) + 1):
        try:
            one = Seed(options.binary, seed, options)
            one.run()
            events += len(one.rows)
            continue
        except Difference as difference:
            rows, text = shrink(difference)
            print(f"seed {seed}: {len(rows)} rows left\n{readable(rows)}\n{text}")
            if options.keep:
                place = pathlib.Path(options.keep)
                place.mkdir(parents=True, exist_ok=True)
                (place / f"seed-{seed}.csv").write_text(plain_csv(rows))
        except Failure as failure:
            print(f"seed {seed}: {failure}")
        failures += 1
        if not options.go_on:
            break
    print(f"seeds {options.seeds}, {events} events, {options.queries} queries each: "
          f"{failures} seeds differ")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
