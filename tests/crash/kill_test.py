#!/usr/bin/env python3
"""Kills the product at random moments and holds what is left against what was acknowledged.

Each round starts a writer on a data folder, kills it with SIGKILL at a random moment (from its
very first instruction on), then looks:
  - everything that was acknowledged is in the log, at the positions that were acknowledged;
  - an append or import that was not acknowledged is there whole, or not at all;
  - nothing is in the log that nobody appended;
  - what a reader beside the writer showed is still there;
  - `trede verify` finds log, keys, indexes and projections in agreement with a refold.
Writers are, by turns of chance, the mixed load (mixed_load.cc) and the program's own `import`,
`record` and `rebuild`.
"""
import argparse
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

GEMEENTE = "Alkmaar"  # one of those that the mixed load founds
FRESH_BEYOND = 6000  # events after which a new folder is begun, so that looking stays quick


class Broken(Exception):
    """A promise of the product was not kept."""


def read_diary(text):
    """(tries, oks): number -> ids, and number -> (first, last), of what mixed_load wrote."""
    tries, oks = {}, {}
    for line in text.splitlines():
        word, *rest = line.split(" ")
        if word == "try":
            tries[int(rest[0])] = rest[1:]
        elif word == "ok":
            oks[int(rest[0])] = (int(rest[1]), int(rest[2]))
        else:
            raise Broken(line)
    return tries, oks


def check_log(log, tries, oks, others=frozenset()):
    """`log`: the event ids by position. `others`: ids that did not come from a diary."""
    place = {event: index + 1 for index, event in enumerate(log)}
    if len(place) != len(log):
        raise Broken("an event is in the log twice")
    for number, ids in tries.items():
        there = [place[event] for event in ids if event in place]
        if there and there != list(range(there[0], there[0] + len(ids))):
            raise Broken(f"an append of {len(ids)} events is there in part: positions {there}")
        if number not in oks:
            continue
        first, last = oks[number]
        if there != list(range(first, last + 1)):
            raise Broken(f"acknowledged at {first} to {last}, found at {there}")
    known = set(others).union(*tries.values())
    for event, position in place.items():
        if event not in known:
            raise Broken(f"position {position}: an event that nobody appended: {event}")


class Folder:
    """One data folder with its diary, and what was done to it."""

    def __init__(self, programs, place, dice):
        self.programs, self.dice = programs, dice
        self.data, self.diary = place / "data", place / "diary"
        self.place = place
        self.others = set()  # ids of what the program's own commands added
        self.shown = 0  # the last position that a reader showed
        self.size = 0
        self.diary.touch()
        self.good("init")

    def command(self, *args):
        return [self.programs.trede, *args, "--data", str(self.data)]

    def good(self, *args):
        done = subprocess.run(self.command(*args), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Broken(f"trede {args[0]}: exit {done.returncode}: {done.stderr.strip()}")
        return done

    def killed(self, command, most_s, meanwhile=lambda: None):
        """Runs `command`, kills it after up to `most_s` seconds. Returns whether it had ended."""
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True) as writer:
            until = time.monotonic() + self.dice.uniform(0, most_s)
            meanwhile()
            try:
                writer.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                writer.send_signal(signal.SIGKILL)
            said = writer.stderr.read()
        if writer.returncode not in (0, -signal.SIGKILL):
            raise Broken(f"{command[0]}: exit {writer.returncode}: {said.strip()}")
        return writer.returncode == 0

    def show(self):
        """What a reader beside the writer sees."""
        done = self.good("query", "aanmeldingen_open", "--op", "2021-03-31", "--format", "csv")
        position = [line for line in done.stderr.splitlines() if line.startswith("positie: ")]
        self.shown = max(self.shown, int(position[0].split()[1]))

    def events(self):
        """The log as the program exports it: a JSON object for each event, in order."""
        events = [json.loads(line) for line in self.good("export").stdout.splitlines()]
        for index, event in enumerate(events):
            if event["positie"] != index + 1:
                raise Broken(f"position {event['positie']} stands in place {index + 1}")
        return events

    def cut_torn_line(self):
        """A line of the diary of which the end was not written says nothing."""
        text = self.diary.read_text()
        self.diary.write_text(text[:text.rfind("\n") + 1])

    def check(self):
        self.cut_torn_line()
        events = self.events()
        self.size = len(events)
        if self.size < self.shown:
            raise Broken(f"a reader showed position {self.shown}, the log ends at {self.size}")
        tries, oks = read_diary(self.diary.read_text())
        check_log([event["event_id"] for event in events], tries, oks, self.others)
        self.good("verify")
        return events

    # The four kinds of round. Each returns a word for what the kill left.

    def round_load(self, number):
        before = len(read_diary(self.diary.read_text())[1])
        command = [self.programs.load, str(self.data), str(self.diary), str(number), "3000"]
        ended = self.killed(command, self.programs.pace_s * 2, self.show)
        self.cut_torn_line()
        after = len(read_diary(self.diary.read_text())[1])
        return "ended" if ended else "at work" if after > before else "starting"

    def round_import(self, number):
        rows = self.dice.randint(1, self.programs.import_rows)
        self.found()
        file = self.place / "import.csv"
        file.write_text("stream,soort,geldig_op,gemeente,regeling\n" + "".join(
            f"dossier/k{number}-{row},aanmelding,2021-02-01,{GEMEENTE},ww\n"
            for row in range(rows)))
        most_s = self.programs.pace_s * (1 + rows / 20_000)
        ended = self.killed(self.command("import", str(file)), most_s)
        left = self.adopt(f"k{number}-")
        if left not in (0, rows) or (ended and left == 0):
            raise Broken(f"an import of {rows} events left {left}")
        self.good("import", str(file))
        if self.adopt(f"k{number}-") != rows:
            raise Broken("an import that was killed cannot be repeated")
        return "ended" if ended else "in" if left else "out"

    def round_record(self, number):
        self.found()
        group = self.place / "group.json"
        group.write_text(json.dumps([
            {"stream": f"dossier/r{number}-{which}", "soort": "aanmelding", "gemeente": GEMEENTE,
             "geldig_op": "2021-02-01", "regeling": "ww",
             "event_id": f"00000000-0000-4000-8000-{number:011d}{which}"} for which in (1, 2)]))
        command = self.command("record", "--json", str(group))
        ended = self.killed(command, self.programs.pace_s / 2)
        left = self.adopt(f"r{number}-")
        if left not in (0, 2) or (ended and left == 0):
            raise Broken(f"a group of 2 events left {left}")
        self.good("record", "--json", str(group))
        if self.adopt(f"r{number}-") != 2:
            raise Broken("a group that was killed cannot be repeated")
        return "ended" if ended else "in" if left else "out"

    def round_rebuild(self, _):
        return "ended" if self.killed(self.command("rebuild"), self.programs.pace_s) else "killed"

    def found(self):
        """Makes sure that there is a gemeente: the mixed load does it, when it comes so far."""
        if any(event["soort"] == "gemeente_toegetreden" for event in self.events()):
            return
        command = [self.programs.load, str(self.data), str(self.diary), "0", "20"]
        subprocess.run(command, check=True)

    def adopt(self, prefix):
        """Counts the events of the dossiers whose KEY begins so, and takes them for known."""
        ids = {event["event_id"] for event in self.events()
               if event.get("key", "").startswith(prefix)}
        self.others |= ids
        return len(ids)


def campaign(programs, rounds, seed):
    dice = random.Random(seed)
    tally, folder, number = {}, None, 0
    with tempfile.TemporaryDirectory(prefix="trede-kill-") as place:
        while number < rounds:
            number += 1
            if folder is None or folder.size > FRESH_BEYOND:
                where = pathlib.Path(place) / str(number)
                where.mkdir()
                folder = Folder(programs, where, dice)
            kind = dice.choices(["load", "import", "record", "rebuild"], [6, 2, 1, 1])[0]
            try:
                left = getattr(folder, "round_" + kind)(number)
                folder.check()
            except Broken as broken:
                raise Broken(f"round {number} ({kind}, seed {seed}): {broken}") from broken
            tally[f"{kind}: {left}"] = tally.get(f"{kind}: {left}", 0) + 1
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trede", required=True, help="the program")
    parser.add_argument("--load", required=True, help="mixed_load")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time")
    parser.add_argument("--import-rows", type=int, default=2000,
                        help="at most, of a file; beyond some 40,000 it is staged on disk")
    parser.add_argument("--pace-s", type=float, default=0.5,
                        help="about how long a command takes on this machine")
    programs = parser.parse_args()
    seed = programs.seed if programs.seed is not None else random.randrange(1_000_000)
    try:
        tally = campaign(programs, programs.rounds, seed)
    except Broken as broken:
        sys.exit(f"kill_test: {broken}")
    print(f"{programs.rounds} rounds (seed {seed}): nothing lost, nothing half there")
    for what in sorted(tally):
        print(f"  {what}: {tally[what]}")


if __name__ == "__main__":
    main()
