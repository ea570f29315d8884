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
import json
import subprocess

import killing
from killing import Broken

GEMEENTE = "Alkmaar"  # one of those that the mixed load founds
FRESH_BEYOND = 6000  # events after which a new folder is begun, so that looking stays quick


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
        self.program = killing.Program(programs.trede, dice)
        self.data, self.diary = place / "data", place / "diary"
        self.place = place
        self.others = set()  # ids of what the program's own commands added
        self.shown = 0  # the last position that a reader showed
        self.size = 0
        place.mkdir()
        self.diary.touch()
        self.good("init")

    def good(self, *args):
        return self.program.good_run(*args, "--data", self.data)

    def killed(self, most_s, *args):
        return self.program.killed(most_s, *args, "--data", self.data)

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
        ended = killing.killed(command, self.programs.pace_s * 2, self.dice, self.show)
        self.cut_torn_line()
        after = len(read_diary(self.diary.read_text())[1])
        self.check()
        return "ended" if ended else "at work" if after > before else "starting"

    def round_import(self, number):
        rows = self.dice.randint(1, self.programs.import_rows)
        self.found()
        file = self.place / "import.csv"
        file.write_text("stream,soort,geldig_op,gemeente,regeling\n" + "".join(
            f"dossier/k{number}-{row},aanmelding,2021-02-01,{GEMEENTE},ww\n"
            for row in range(rows)))
        most_s = self.programs.pace_s * (1 + rows / 20_000)
        ended = self.killed(most_s, "import", file)
        left = self.adopt(f"k{number}-")
        if left not in (0, rows) or (ended and left == 0):
            raise Broken(f"an import of {rows} events left {left}")
        self.good("import", file)
        if self.adopt(f"k{number}-") != rows:
            raise Broken("an import that was killed cannot be repeated")
        self.check()
        return "ended" if ended else "in" if left else "out"

    def round_record(self, number):
        self.found()
        group = self.place / "group.json"
        group.write_text(json.dumps([
            {"stream": f"dossier/r{number}-{which}", "soort": "aanmelding", "gemeente": GEMEENTE,
             "geldig_op": "2021-02-01", "regeling": "ww",
             "event_id": f"00000000-0000-4000-8000-{number:011d}{which}"} for which in (1, 2)]))
        ended = self.killed(self.programs.pace_s / 2, "record", "--json", group)
        left = self.adopt(f"r{number}-")
        if left not in (0, 2) or (ended and left == 0):
            raise Broken(f"a group of 2 events left {left}")
        self.good("record", "--json", group)
        if self.adopt(f"r{number}-") != 2:
            raise Broken("a group that was killed cannot be repeated")
        self.check()
        return "ended" if ended else "in" if left else "out"

    def round_rebuild(self, _):
        ended = self.killed(self.programs.pace_s, "rebuild")
        self.check()
        return "ended" if ended else "killed"

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


def campaign(programs, seed):
    def begin(place, dice, before):
        if before is not None and before.size <= FRESH_BEYOND:
            return before
        return Folder(programs, place, dice)

    weights = {"load": 6, "import": 2, "record": 1, "rebuild": 1}
    return killing.campaign(programs.rounds, seed, weights, begin)


def main():
    parser = killing.options(__doc__, rounds=200)
    parser.add_argument("--load", required=True, help="mixed_load")
    parser.add_argument("--import-rows", type=int, default=2000,
                        help="at most, of a file; beyond some 40,000 it is staged on disk")
    programs = parser.parse_args()
    killing.main("kill_test", programs, lambda seed: campaign(programs, seed),
                 "nothing lost, nothing half there")


if __name__ == "__main__":
    main()
