#!/usr/bin/env python3
"""Kills `trede person erase` and `trede retention --vernietig` at random moments, and looks at what
is left.

Each round one dossier with a KEY, a person and notes is erased, and the process killed. Then:
  - the dossier stands as it did, all of it; or the erasure was begun: then the next erasure, of
    this dossier or of another, completes it, and the trail says so;
  - what was acknowledged as erased, or completed, is in no file: not in the folder, not in the
    backup that it knows of, not in what is exported;
  - no figure and no event has changed, and everybody else is still there;
  - the trail has every erasure, and of attempts without an end only those that were killed.
"""
import json
import shutil

import killing
from killing import Broken

CLOSED = "2009-05-01"  # so long ago that its term is over
ANY_CODE = "0" * 16  # of no list
SPARE = "dossier/E-blijft"


class Erasing(killing.Program):
    """A data folder with its vault and a backup."""

    def __init__(self, trede, place, dice, pace_s):
        super().__init__(trede, dice)
        self.place, self.pace_s = place, pace_s
        self.data, self.backup, self.key = place / "data", place / "backup", place / "sleutel"
        self.gone = []  # every text that must be in no file any more
        self.killed_attempts = 0
        place.mkdir()
        self.good("init", "--zonder-beheerder", "--data", self.data)
        self.good("person", "init", "--data", self.data, "--master-key", self.key)
        self.take("organisatie,gemeente_toegetreden,2001-01-01,Velsen,,,"
                  "0a000000-0000-4000-8000-000000000001")
        self.add(SPARE, "Blijvertje-van-Altijd", is_closed=False)

    def take(self, *rows):
        csv = self.place / "rijen.csv"
        header = "stream,soort,geldig_op,gemeente,regeling,reden,event_id"
        csv.write_text("".join(row + "\n" for row in [header, *rows]))
        self.good("import", csv, "--data", self.data)
        csv.unlink()

    def add(self, dossier, name, *, is_closed):
        """A dossier, its person and a note."""
        rows = [f"{dossier},aanmelding,{CLOSED},Velsen,ioaw,,"]
        if is_closed:
            rows.append(f"{dossier},niet_gestart,{CLOSED},,,verhuisd,")
        self.take(*rows)
        for words in (["set", dossier, "--naam", name],
                      ["note", dossier, "--tekst", "notitie van " + name]):
            self.good("person", *words, "--data", self.data, "--master-key", self.key)

    def show(self, dossier):
        return self.run("person", "show", dossier, "--data", self.data, "--master-key", self.key)

    def figures(self):
        """What no erasure may move: the figures, and the log without its KEYs."""
        figures = self.good("query", "aanmeldingen", "--van", "2001-01-01", "--tm", "2021-12-31",
                            "--per", "gemeente", "--format", "csv", "--data", self.data)
        events = [json.loads(line)
                  for line in self.good("export", "--data", self.data).splitlines()]
        return figures, [(event["event_id"], event["soort"]) for event in events]

    def records(self, *which):
        lines = self.good("trail", *which, "--format", "csv", "--data", self.data).splitlines()
        return [line.split(",") for line in lines[1:]]

    def files_with(self, texts):
        places = [self.data, self.backup, self.place / "uit"]
        files = [file for place in places for file in place.rglob("*") if file.is_file()]
        for file in files:
            read = file.read_bytes()
            for text in texts:
                if any(text.encode(form) in read for form in ("utf-8", "utf-16-le")):
                    yield f"{file.relative_to(self.place)}: {text}"

    def look_for_erased(self):
        out = self.place / "uit"
        out.mkdir()
        (out / "export").write_text(self.good("export", "--data", self.data))
        (out / "spoor").write_text(self.good("trail", "--data", self.data))
        found = list(self.files_with(self.gone))
        shutil.rmtree(out)
        if found:
            raise Broken(f"erased, and still there: {', '.join(found)}")

    def code(self):
        """Of the list of what may be destroyed."""
        return self.good("retention", "--data", self.data).split("--vernietig ")[1].strip()

    def finish(self, dossier):
        """Erases what the kill left. Returns a word for that, and what there was of the person."""
        before = self.show(dossier).stdout
        erase = ["person", "erase", dossier, "--vernietig"]
        ways = [["retention", "--vernietig", ANY_CODE]] if self.dice.random() < 0.3 else []
        for words in [*ways, erase]:
            done = self.run(*words, "--data", self.data)
            if "Afgemaakt" not in done.stdout:
                continue
            if "gelukt" not in (last := self.records()[-1]) or "afgemaakt" not in last[-1]:
                raise Broken(f"it was completed, and the trail has no record of that but {last}")
            return "cut short", before
        if "Gewist." in done.stdout:
            return "undone", before
        if "there is no " + dossier in done.stderr:
            return "done, not answered", before
        raise Broken(f"it can be neither completed nor repeated: {done.stdout}{done.stderr}")

    def erased_by(self, number, command):
        """One dossier more, and `command(dossier)`, which erases it, killed."""
        key, name = f"E-{number}-sleutel", f"Naam-van-{number}-Zo"
        dossier = "dossier/" + key
        self.add(dossier, name, is_closed=True)
        if self.dice.random() < 0.7:
            self.good("backup", self.backup, "--data", self.data)
        if not list(self.files_with([key])):
            raise Broken("the KEY is not found where it must be: this test sees nothing")
        words, whole = command(dossier), self.show(dossier).stdout
        before, records = self.figures(), len(self.records())
        open_before = len(self.records("--onvoltooid"))
        ended = self.killed(self.pace_s, *words, "--data", self.data)
        begun = any("begonnen" in record for record in self.records()[records:])
        open_after = len(self.records("--onvoltooid"))
        if ended:
            left = "ended"
            if self.show(dossier).returncode == 0:
                raise Broken("acknowledged as erased, and shown")
        else:
            left, found = self.finish(dossier)
            if left == "undone" and found != whole:
                raise Broken(f"wholly undone, but of the person is left: {found}")
        if left != "undone" and not begun:
            raise Broken("it was begun, and the trail has no record of it")
        if open_after > open_before + (not ended):
            raise Broken("an attempt that was not killed has no end")
        self.gone += [key, name]
        return left, before

    def check(self, left, before):
        self.look_for_erased()
        if self.figures() != before:
            raise Broken("figures or events are others than before")
        if "Blijvertje" not in self.show(SPARE).stdout:
            raise Broken("somebody else is gone too")
        for words in (["verify"], ["trail", "--verify"]):
            self.good(*words, "--data", self.data)
        self.good("person", "verify", "--data", self.data, "--master-key", self.key)
        return left

    def round_erase(self, number):
        return self.check(*self.erased_by(
            number, lambda dossier: ["person", "erase", dossier, "--vernietig"]))

    def round_retention(self, number):
        return self.check(*self.erased_by(
            number, lambda _: ["retention", "--vernietig", self.code()]))


def campaign(given, seed):
    def begin(place, dice, before):
        if before is not None and dice.random() >= 0.2:
            return before
        return Erasing(given.trede, place, dice, given.pace_s)

    return killing.campaign(given.rounds, seed, {"erase": 2, "retention": 1}, begin)


def main():
    given = killing.options(__doc__, rounds=50).parse_args()
    killing.main("erase_kill_test", given, lambda seed: campaign(given, seed),
                 "nothing lost, nothing erased by half")


if __name__ == "__main__":
    main()
