#!/usr/bin/env python3
"""Kills `trede backup` and `trede restore` at random moments, and looks at what is left.

Each round the data folder grows, and one of the two is killed with SIGKILL. Then:
  - a backup holds all that the last run that ended had put there: `backup --verify` finds nothing,
    and put back it gives a beginning of the live log, byte for byte;
  - a folder that was being put back is whole, or it is no data folder and the restore can be
    repeated;
  - the live folder is as it was.
"""
import shutil

import killing
from killing import Broken


class Trial(killing.Program):
    """A data folder with its backup."""

    def __init__(self, trede, place, dice, pace_s):
        super().__init__(trede, dice)
        self.place, self.pace_s = place, pace_s
        self.data, self.dir = place / "data", place / "backup"
        self.rows = 0
        self.backed_up = None  # events that a run that ended put there
        place.mkdir()
        self.good("init", "--zonder-beheerder", "--data", self.data)
        csv = place / "begin.csv"
        csv.write_text("stream,soort,geldig_op,event_id,gemeente\norganisatie,"
                       "gemeente_toegetreden,2010-01-01,0a000000-0000-4000-8000-000000000001,"
                       "Velsen\n")
        self.good("import", csv, "--data", self.data)

    def grow(self):
        rows = self.dice.randint(1, 400)
        csv = self.place / "more.csv"
        csv.write_text("stream,soort,geldig_op,gemeente,regeling\n" + "".join(
            f"dossier/K{self.rows + i},aanmelding,2021-02-01,Velsen,ww\n" for i in range(rows)))
        self.rows += rows
        self.good("import", csv, "--data", self.data)

    def log(self, folder):
        return self.good("export", "--data", folder).splitlines()

    def put_back(self):
        where = self.place / "back"
        self.good("restore", self.dir, "--data", where)
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

    def round_backup(self, _):
        self.grow()
        before = self.log(self.data)
        ended = self.killed(self.pace_s, "backup", self.dir, "--data", self.data)
        if self.log(self.data) != before:
            raise Broken("the live log was changed")
        if ended:
            self.backed_up = len(before)
        self.check_backup()
        if self.dice.random() < 0.5:
            self.good("backup", self.dir, "--data", self.data)
            self.backed_up = len(before)
            self.check_backup()
        return "ended" if ended else "killed"

    def round_restore(self, _):
        self.good("backup", self.dir, "--data", self.data)
        live = self.log(self.data)
        self.backed_up = len(live)
        where = self.place / "new"
        ended = self.killed(self.pace_s, "restore", self.dir, "--data", where)
        looked = self.run("verify", "--data", where)
        if looked.returncode == 0:
            left = "whole"
        elif ended or "data folder" not in looked.stderr and "no such" not in looked.stderr:
            raise Broken(f"verify: exit {looked.returncode}: {looked.stdout}{looked.stderr}")
        else:
            left = "repeated"
            self.good("restore", self.dir, "--data", where)
        if self.log(where) != live:
            raise Broken("what was put back is not the log")
        self.good("verify", "--data", where)
        shutil.rmtree(where)
        return left


def campaign(given, seed):
    def begin(place, dice, before):
        if before is not None and dice.random() >= 0.2:
            return before
        return Trial(given.trede, place, dice, given.pace_s)

    return killing.campaign(given.rounds, seed, {"backup": 2, "restore": 1}, begin)


def main():
    given = killing.options(__doc__, rounds=100).parse_args()
    killing.main("backup_kill_test", given, lambda seed: campaign(given, seed),
                 "no backup lost, nothing half put back")


if __name__ == "__main__":
    main()
