#!/usr/bin/env python3
"""Kills `trede backup` and `trede restore` at random moments, and looks at what is left.

Each round the data folder grows, and one of the two is killed with SIGKILL. Then:
  - a backup holds all that the last run that ended had put there: `backup --verify` finds nothing,
    and put back it gives a beginning of the live log, byte for byte;
  - a folder that was being put back is whole, or it is no data folder and the restore can be
    repeated;
  - the live folder is as it was.
"""
import argparse
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


class Broken(Exception):
    """A promise of the product was not kept."""


class Trial:
    """A data folder with its backup."""

    def __init__(self, trede, place, dice):
        self.trede, self.place, self.dice = trede, place, dice
        self.data, self.dir = place / "data", place / "backup"
        self.rows = 0
        self.backed_up = None  # events that a run that ended put there
        self.call("init", "--data", self.data)
        csv = place / "begin.csv"
        csv.write_text("stream,soort,geldig_op,event_id,gemeente\norganisatie,"
                       "gemeente_toegetreden,2010-01-01,0a000000-0000-4000-8000-000000000001,"
                       "Velsen\n")
        self.call("import", csv, "--data", self.data)

    def run(self, *args):
        return subprocess.run([self.trede, *map(str, args)], capture_output=True, text=True,
                              check=False)

    def call(self, *args):
        done = self.run(*args)
        if done.returncode != 0:
            raise Broken(f"trede {' '.join(map(str, args))}: exit {done.returncode}: "
                         f"{done.stderr.strip()}")
        return done.stdout

    def killed(self, most_s, *args):
        """Whether it had ended."""
        with subprocess.Popen([self.trede, *map(str, args)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as process:
            time.sleep(self.dice.uniform(0, most_s))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            said = process.stderr.read()
        if process.returncode not in (0, -signal.SIGKILL):
            raise Broken(f"{args[0]}: exit {process.returncode}: {said.strip()}")
        return process.returncode == 0

    def grow(self):
        rows = self.dice.randint(1, 400)
        csv = self.place / "more.csv"
        csv.write_text("stream,soort,geldig_op,gemeente,regeling\n" + "".join(
            f"dossier/K{self.rows + i},aanmelding,2021-02-01,Velsen,ww\n" for i in range(rows)))
        self.rows += rows
        self.call("import", csv, "--data", self.data)

    def log(self, folder):
        return self.call("export", "--data", folder).splitlines()

    def put_back(self):
        where = self.place / "back"
        self.call("restore", self.dir, "--data", where)
        events = self.log(where)
        shutil.rmtree(where)
        return events

    def check_backup(self):
        done = self.run("backup", self.dir, "--verify")
        if self.backed_up is None and done.returncode == 1 and (
                "no run of this backup has ended" in done.stderr
                or "is not a backup" in done.stderr or "no such folder" in done.stderr):
            return
        if done.returncode != 0:
            raise Broken(f"backup --verify: exit {done.returncode}: {done.stdout}{done.stderr}")
        live, kept = self.log(self.data), self.put_back()
        if kept != live[:len(kept)]:
            raise Broken("what was put back is no beginning of the log")
        if len(kept) < (self.backed_up or 0):
            raise Broken(f"the backup held {self.backed_up} events, now {len(kept)}")

    def round_backup(self, pace_s):
        self.grow()
        before = self.log(self.data)
        ended = self.killed(pace_s, "backup", self.dir, "--data", self.data)
        if self.log(self.data) != before:
            raise Broken("the live log was changed")
        if ended:
            self.backed_up = len(before)
        self.check_backup()
        if self.dice.random() < 0.5:
            self.call("backup", self.dir, "--data", self.data)
            self.backed_up = len(before)
            self.check_backup()
        return "ended" if ended else "killed"

    def round_restore(self, pace_s):
        self.call("backup", self.dir, "--data", self.data)
        live = self.log(self.data)
        self.backed_up = len(live)
        where = self.place / "new"
        ended = self.killed(pace_s, "restore", self.dir, "--data", where)
        looked = self.run("verify", "--data", where)
        if looked.returncode == 0:
            left = "whole"
        elif ended or "data folder" not in looked.stderr and "no such" not in looked.stderr:
            raise Broken(f"verify: exit {looked.returncode}: {looked.stdout}{looked.stderr}")
        else:
            left = "repeated"
            self.call("restore", self.dir, "--data", where)
        if self.log(where) != live:
            raise Broken("what was put back is not the log")
        self.call("verify", "--data", where)
        shutil.rmtree(where)
        return left


def campaign(trede, rounds, seed, pace_s):
    dice = random.Random(seed)
    tally = {}
    trial = None
    with tempfile.TemporaryDirectory(prefix="trede-backup-kill-") as place:
        for number in range(1, rounds + 1):
            if trial is None or dice.random() < 0.2:
                where = pathlib.Path(place) / str(number)
                where.mkdir()
                trial = Trial(trede, where, dice)
            kind = dice.choices(["backup", "restore"], [2, 1])[0]
            try:
                left = getattr(trial, "round_" + kind)(pace_s)
            except Broken as broken:
                raise Broken(f"round {number} ({kind}, seed {seed}): {broken}") from broken
            tally[f"{kind}: {left}"] = tally.get(f"{kind}: {left}", 0) + 1
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trede", required=True, help="the program")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time")
    parser.add_argument("--pace-s", type=float, default=0.5,
                        help="about how long a command takes on this machine")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.randrange(1_000_000)
    try:
        tally = campaign(given.trede, given.rounds, seed, given.pace_s)
    except Broken as broken:
        sys.exit(f"backup_kill_test: {broken}")
    print(f"{given.rounds} rounds (seed {seed}): no backup lost, nothing half put back")
    for what in sorted(tally):
        print(f"  {what}: {tally[what]}")


if __name__ == "__main__":
    main()
