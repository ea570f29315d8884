#!/usr/bin/env python3
"""Random commands on one data folder, beside the second implementation.

    model.py TREDE_BINARY [--seed N] [--rounds N | --seconds S]

A round takes a random history of tests/e2e/second_opinion apart into commands of every kind:
record; import (good, bad, again, dry, as recorded); both killed on the way; rebuild, query,
explain, diff, show, report, laying one down and withdrawing it, verify, and export into a second
folder. After each command the log is what the model has, its exit status what the model expects,
and what it shows what the model works out. A round that fails is made smaller by leaving commands
out.
"""
import argparse
import dataclasses
import json
import pathlib
import random
import signal
import subprocess
import sys
import time
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e/second_opinion"))

# pylint: disable=wrong-import-position
import civil
import compare
import fold
import generate
import product
import query
import questions
import reading
import recording
import recount
import report
import showing
from product import Failure

NOW = civil.parse_moment("2026-06-01T12:00:00Z")  # after every day in a history
SHRINK_S = 120


@dataclasses.dataclass
class Command:
    """`acts`: what it brings, each a list of cells that are one append."""
    kind: str
    seed: int
    acts: list = dataclasses.field(default_factory=list)

    def __str__(self):
        rows = sum(len(act) for act in self.acts)
        return self.kind + (f" of {len(self.acts)} appends, {rows} rows" if rows else "")


def acts_of(rows, rng):
    """The rows of a history as the appends they were offered in, a few refused ones too."""
    acts, bad = [], None
    for cells, accepted in rows:
        if not accepted:
            append = compare.append_name(cells)
            if (append is None or append != bad) and rng.random() > 0.03:
                continue
            bad = append
        cells = {name: cell for name, cell in cells.items() if cell}
        cells.setdefault("event_id", str(uuid.UUID(int=random.Random(repr(cells)).getrandbits(128),
                                                   version=4)))
        name = compare.append_name(cells)
        same = acts and name and compare.append_name(acts[-1][-1]) == name
        acts[-1].append(cells) if same else acts.append([cells])
    return acts


def commands_of(seed):
    """The commands of a round."""
    rng = random.Random(f"model-{seed}")
    acts = acts_of(generate.Generator(seed, rng.choice([40, 80, 150])).run().rows, rng)
    commands = []

    def add(kind, some=()):
        commands.append(Command(kind, rng.getrandbits(32), list(some)))

    if rng.random() < 0.3:
        count = rng.randrange(1, len(acts) // 2 + 1)
        add("import as recorded", acts[:count])
        acts = acts[count:]
    while acts:
        kind = rng.choices(["record", "record killed", "import", "import dry", "import killed"],
                           [6, 1, 5, 1, 2])[0]
        count = 1 if kind.startswith("record") else rng.randrange(1, 25)
        add(kind, acts[:count])
        if kind != "import dry":
            acts = acts[count:]
        for kind in ("query", "recount", "show", "report", "verify", "rebuild", "again", "export",
                     "lay down", "withdraw"):
            if rng.random() < {"query": 0.5, "show": 0.2, "report": 0.2}.get(kind, 0.08):
                add(kind)
    return commands + [Command("query", rng.getrandbits(32)), Command("export", 0),
                       Command("verify", 0)]


def without_moments(act):
    return [{name: cell for name, cell in cells.items() if name != "vastgelegd_op"}
            for cells in act]


def copy_of(log):
    copied = recording.Log()
    copied.events, copied.ids, copied.given = list(log.events), dict(log.ids), log.given
    copied.streams = {stream: list(events) for stream, events in log.streams.items()}
    return copied


def rows_of(text, as_recorded):
    rows = reading.read_file(text.encode())
    for row in rows:
        row.moment = row.moment if as_recorded else NOW
    return rows


class Round:
    """One data folder and the model of it."""

    def __init__(self, here, figures):
        self.here, self.figures, self.log = here, figures, recording.Log()
        self.taken = []  # files that are in
        self.laid = []  # reports that are laid down
        (here.folder / "data/reports").mkdir()
        (here.folder / "data/reports/model.textproto").write_text(report.DEFINITION)
        self.pace_s = 0.2

    def run(self, commands):
        for number, command in enumerate(commands):
            rng = random.Random(command.seed)
            try:
                getattr(self, "do_" + command.kind.replace(" ", "_"))(command, rng)
                self.figures["commands"] = self.figures.get("commands", 0) + 1
            except Failure as failure:
                raise Failure(f"command {number + 1}, {command}: {failure}") from failure

    # What the log holds now.

    def is_as(self, log):
        """Whether the product has exactly the events of `log`; takes their moments over."""
        start = len(self.log.events) + 1
        lines = self.here.good("export", "--from", str(start)).splitlines() if start <= len(
            log.events) or self.last() >= start else []
        fresh = [json.loads(line) for line in lines]
        expected = log.events[start - 1:]
        if [(e["positie"], e["event_id"]) for e in fresh] != [(e.position, e.event_id)
                                                            for e in expected]:
            return False
        for event, line in zip(expected, fresh):
            object.__setattr__(event, "moment", civil.parse_moment(line["vastgelegd_op"]))
        return True

    def last(self):
        _, _, err = self.here.run("query", "aanmeldingen_open", "--op", "2021-01-01", "--format",
                                  "csv")
        return int(next(line.split()[1] for line in err.splitlines()
                        if line.startswith("positie:")))

    def adopt(self, log):
        if not self.is_as(log):
            raise Failure(f"the log is not the {len(log.events)} events it should be")
        self.figures["acknowledged"] = (self.figures.get("acknowledged", 0) + len(log.events)
                                        - len(self.log.events))
        log.given = None
        self.log = log

    # What is brought.

    def judged(self, appends):
        """The log with `appends` in it, and those that are refused."""
        log, refused = copy_of(self.log), []
        log.given = None
        for append in appends:
            try:
                log.append(append)
            except fold.Refused:
                refused.append(append)
        return log, refused

    def expect(self, status, wanted, said):
        if status != wanted:
            raise Failure(f"exit {status}, expected {wanted}\n{said}")

    def imported(self, command, rng, *options, killed=False):
        as_recorded = "--as-recorded" in options
        acts = command.acts if as_recorded else [without_moments(act) for act in command.acts]
        text = generate.to_csv([cells for act in acts for cells in act], rng)
        log, refused = self.judged(recording.appends_of(rows_of(text, as_recorded)))
        path = self.here.file("in.csv", text)
        words = ["import", path, *options]
        if killed and self.kill(words, rng) and not refused and self.is_as(log):
            self.adopt(log)
        elif killed:
            self.adopt(copy_of(self.log))
        status, out, err = self.here.run(*words)
        self.expect(status, 2 if refused else 0, out + err)
        if refused:
            told = {line for line, _ in product.reported_places(err, path)}
            for append in refused[:20]:
                if not told & {row.line for row in append}:
                    raise Failure(f"line {append[0].line} is refused by the model alone\n{err}")
        good = not refused and "--dry-run" not in options
        self.adopt(log if good and len(self.log.events) < len(log.events) else copy_of(self.log))
        if good:
            self.taken.append((path, text, options))
        if refused and "--dry-run" not in options:  # what is left of it is good
            bad = {row.event_id for append in refused for row in append}
            acts = [act for act in command.acts if not any(row["event_id"] in bad for row in act)]
            if acts:
                self.imported(dataclasses.replace(command, acts=acts), rng, *options)

    def do_import(self, command, rng):
        self.imported(command, rng)

    def do_import_dry(self, command, rng):
        self.imported(command, rng, "--dry-run")

    def do_import_killed(self, command, rng):
        self.imported(command, rng, killed=True)

    def do_import_as_recorded(self, command, rng):
        self.imported(command, rng, "--as-recorded")

    def do_again(self, _, rng):
        if self.taken:
            _, text, options = rng.choice(self.taken)
            if "--as-recorded" in options:
                return
            self.here.good("import", self.here.file("again.csv", text), *options)
            self.adopt(copy_of(self.log))

    def recorded(self, command, rng, killed=False):
        (act,) = command.acts
        act = without_moments(act)
        rows = rows_of(compare.plain_csv(act), False)
        log, refused = self.judged([rows])
        path = self.here.file("in.json", json.dumps(
            [{name: cell for name, cell in cells.items() if name != "groep"} for cells in act]))
        words = ["record", "--json", path]
        if killed and self.kill(words, rng) and not refused and self.is_as(log):
            self.adopt(log)
        elif killed:
            self.adopt(copy_of(self.log))
        status, out, err = self.here.run(*words)
        self.expect(status, 2 if refused else 0, out + err)
        self.adopt(log if not refused and len(self.log.events) < len(log.events)
                   else copy_of(self.log))

    def do_record(self, command, rng):
        self.recorded(command, rng)

    def do_record_killed(self, command, rng):
        self.recorded(command, rng, killed=True)

    def kill(self, words, rng):
        """Begins the command and kills it. Returns True: what it did is unknown."""
        with subprocess.Popen([self.here.binary, *words, "--data", str(self.here.folder / "data")],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                running.wait(rng.uniform(0, self.pace_s))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
                self.figures["kills"] = self.figures.get("kills", 0) + 1
        return True

    # What is asked.

    def do_query(self, _, rng):
        answers = query.Answers(self.log)
        asked = [questions.fruitful_query(rng, self.log, answers) for _ in range(12)]
        for each, answer in zip(asked, self.here.batch([each.line() for each in asked])):
            expected = answers.answer(each)
            if answer != expected:
                raise Failure(compare.describe(each, expected, answer))

    def do_recount(self, _, rng):
        if self.log.events:
            recount.check(self.here, self.log, rng, 2)

    def do_show(self, _, rng):
        known = [stream for stream in self.log.streams if stream.startswith("dossier/")]
        if known:
            stream, events = self.one_stream(rng.choice(known), rng)
            day = rng.choice(events).day or civil.parse_day("2021-01-01")
            shown = json.loads(self.here.good(
                "show", stream, "--op", civil.write_day(day), "--positie",
                str(events[-1].last), "--format", "json"))
            compare.expect(f"what holds, {stream} on {civil.write_day(day)}",
                           showing.stand(events, day), showing.stand_of(shown["stand"]))
            compare.expect(f"events, {stream}", showing.events(events),
                           showing.events_of(shown["gebeurtenissen"]))
        status, out, err = self.here.run("show", "dossier/nobody-has-this")
        self.expect(status, 2, out + err)

    def one_stream(self, stream, rng):
        """What is known of it at the end of one of its appends."""
        events = self.log.streams[stream]
        return stream, self.log.known(stream, rng.choice(events).last)

    # Reports.

    def quarter(self, rng):
        """The days of a quarter, or of the months of a year up to its end."""
        year, quarter = rng.randrange(2019, 2023), rng.randrange(1, 5)
        _, tm = civil.parse_periode(f"{year}-Q{quarter}")
        van, _ = civil.parse_periode(rng.choice([f"{year}-Q{quarter}", str(year)]))
        return van, tm

    def do_report(self, _, rng):
        van, tm = self.quarter(rng)
        if self.laid and rng.random() < 0.4:
            van, tm = rng.choice([(one.van, one.tm) for one in self.laid])
        words = ["report", "model", "--van", civil.write_day(van), "--tm", civil.write_day(tm)]
        printed = report.cells_of(self.here.good(*words, "--format", "csv"))
        held = [one for one in self.laid if (one.van, one.tm) == (van, tm)]
        expected = held[0].printed if held else report.Model(self.log, self.laid).cells(van, tm)
        compare.expect(" ".join(words), sorted(expected.items()), sorted(printed.items()))
        shipped = rng.choice(["kwartaal", "raadsbrief", "verzuim"])
        self.here.good("report", shipped, *words[2:], "--format",
                       rng.choice(["json", "html", "text"]))

    def do_lay_down(self, _, rng):
        van, tm = self.quarter(rng)
        expected = report.Model(self.log, self.laid).cells(van, tm)
        position = len(self.log.events)
        status, out, err = self.here.run(
            "report", "model", "--van", civil.write_day(van), "--tm", civil.write_day(tm),
            "--vaststellen", "--format", "csv")
        if not position or any((one.van, one.tm) == (van, tm) for one in self.laid):
            self.expect(status, 2, out + err)
            self.adopt(copy_of(self.log))
            return
        self.expect(status, 0, out + err)
        compare.expect("what is laid down", sorted(expected.items()),
                       sorted(report.cells_of(out).items()))
        event = json.loads(self.here.good("export", "--from", str(position + 1)))
        attrs = {name: event["attributen"][name] for name in ("rapport", "periode")}
        log = copy_of(self.log)
        log.append([reading.Row(0, "organisatie", "rapport_vastgesteld",
                                civil.parse_day(event["geldig_op"]), attrs,
                                civil.parse_moment(event["vastgelegd_op"]), event["event_id"])])
        self.adopt(log)
        self.laid.append(report.Laid(event["event_id"], van, tm, position, expected))

    def do_withdraw(self, _, rng):
        if self.laid:
            withdrawn = rng.choice(self.laid)
            act = [{"stream": "organisatie", "soort": "intrekking", "reden": "foutief",
                    "vervangt": withdrawn.event_id,
                    "event_id": str(uuid.UUID(int=rng.getrandbits(128), version=4))}]
            self.recorded(Command("record", 0, [act]), rng)
            self.laid.remove(withdrawn)

    def do_verify(self, *_):
        self.here.good("verify")

    def do_rebuild(self, *_):
        self.here.good("rebuild")

    def do_export(self, *_):
        ndjson = self.here.good("export")
        with product.fresh(self.here.binary) as there:
            there.good("import", there.file("out.ndjson", ndjson))
            if there.good("export") != ndjson:
                raise Failure("an export is not the same when it was imported")
        if ndjson.count("\n") != len(self.log.events):
            raise Failure(f"{ndjson.count(chr(10))} events, expected {len(self.log.events)}")


def failure_of(binary, commands, figures):
    """Why the commands fail, or nothing."""
    with product.fresh(binary) as here:
        try:
            Round(here, figures).run(commands)
        except Failure as failure:
            return str(failure)
    return ""


def shrink(binary, commands):
    """Fewer of the commands that still fail."""
    until, size = time.monotonic() + SHRINK_S, len(commands) // 2
    while size >= 1 and time.monotonic() < until:
        at = 0
        while at < len(commands) and time.monotonic() < until:
            fewer = commands[:at] + commands[at + size:]
            if fewer and failure_of(binary, fewer, {}):
                commands = fewer
            else:
                at += size
        size //= 2
    return commands


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=None, help="instead of rounds")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1, 10 ** 9)
    print(f"model: seed {seed}", flush=True)
    until = time.monotonic() + (options.seconds or 0)
    figures = {"rounds": 0, "commands": 0, "acknowledged": 0, "lost": 0}
    while figures["rounds"] < options.rounds or (options.seconds and time.monotonic() < until):
        commands = commands_of(seed + figures["rounds"])
        failure = failure_of(options.binary, commands, figures)
        if failure:
            fewer = shrink(options.binary, commands)
            print(f"{failure}\n\n{len(fewer)} of {len(commands)} commands are enough:")
            for command in fewer:
                print(f"  {command}")
            print(failure_of(options.binary, fewer, {}))
            print(f"to repeat it: {' '.join(sys.argv[:2])} --seed {seed + figures['rounds']}")
            return 1
        figures["rounds"] += 1
    print("figures:", *(f"{name}={value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
