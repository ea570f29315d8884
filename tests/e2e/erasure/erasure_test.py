#!/usr/bin/env python3
"""Erases persons, and looks for them in every byte that the program wrote anywhere.

usage: erasure_test.py TREDE
"""
import base64
import csv
import dataclasses
import gzip
import io
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile

import everywhere

TREDE = None
QUARTER = ["--van", "2021-01-01", "--tm", "2021-03-31"]
FIELDS = ["naam", "bsn", "adres", "telefoon", "email", "geboortedatum"]


@dataclasses.dataclass
class Person:
    """All that is ever told about somebody: `before`, what was changed later, counts too."""
    keys: list
    now: dict
    before: dict
    notes: list

    def texts(self):
        days = [told["geboortedatum"] for told in (self.now, self.before)
                if "geboortedatum" in told]
        dutch = ["-".join(reversed(day.split("-"))) for day in days]
        whole = [*self.keys, *self.now.values(), *self.before.values(), *self.notes, *dutch]
        # Of a few words the first is made up and tells who it is.
        words = [text.split()[0].strip(",") for text in whole if " " in text and text[0].isalpha()]
        return sorted(set(whole + words) - {""})


def person(naam, bsn, street, telephone, mail, day):
    return dict(zip(FIELDS, (naam, bsn, street, telephone, mail, day)))


# Made-up people with numbers that pass the check; unlike each other and anything else.
BY_HAND = Person(
    ["Zq7Vx-88412"],
    person("Qwyxelaar-Özdemir, A.", "111222333", "Vlugtenburgpad 9471", "06-90817263",
           "zxqaj@voorbeeld.nl", "1987-09-23"),
    person("Kjeldhorn, B.", "123456782", "Hjemlundkade 6402", "0255-771834",
           "bkjw@elders.example", "1988-11-27"),
    ["Wjnkhvaak verscheen gisteren onverwacht", "Griepzwmq gemeld, rust voorgeschreven"])
BY_FILE = Person(
    ["Jw4Kp-30957"],
    person("Xylofarius, C. D.", "987654329", "Puchtzigweg 3358", "+31 6 44553322",
           "cdxyl@nergens.example", "1959-06-14"),
    person("Vogtmijnders, C.", "135792472", "Drsqelplein 8086", "072-5566778",
           "vgtm@vroeger.example", "1958-07-15"),
    ["Bqtrijfsbezoek uitgesteld"])
# Two dossiers that were found to be of one person.
TWICE = Person(
    ["Xb2Mr-71163", "Gt9Lc-52280"],
    person("Ihjmsterveld, E.", "246813519", "Okvgrdreef 1749", "06-31415926",
           "ihjm@hier.example", "1971-12-30"),
    person("Ihjnsterwold, E.", "", "Ufnkstraat 5523", "", "", ""),
    ["Mxbtiliteit besproken met ouders"])
STAYS = Person(["Ny5Dh-64401"], person("Blijvertje, F.", "192837461", "Thuislaan 1", "", "", ""),
               {}, ["Blijft gewoon"])
ERASED = [BY_HAND, BY_FILE, TWICE]


def is_bsn(text):
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return len(text) == 9 and sum(w * int(d) for w, d in zip(weights, text)) % 11 == 0


BSNS = [str(number) for number in range(300000000, 300003000) if is_bsn(str(number))]
# So many others that SQLite moves rows between pages, and leaves their bytes where they were.
OTHERS = {f"Ko3Wl-{number:05}": person(f"Buur {number}", BSNS[number], "", "", "", "")
          for number in range(250)}


class Erasure(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.dir = pathlib.Path(holder.name)
        self.data = self.dir / "werk"
        self.environment = dict(os.environ, TREDE_MASTER_KEY_FILE=str(self.dir / "sleutel"))
        self.said = []

    def run_it(self, *words, given="", status=0):
        done = subprocess.run([TREDE, *map(str, words)], input=given, capture_output=True,
                              text=True, check=False, env=self.environment)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        self.said.append(done.stdout + done.stderr)
        return done.stdout

    def at(self, *words, **options):
        return self.run_it(*words, "--data", self.data, **options)

    def write(self, name, text):
        path = self.dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    # ---- what is there before anybody is erased

    def set_by_hand(self, key, told):
        told = {field: text for field, text in told.items() if text}
        self.at("person", "set", f"dossier/{key}", "--json", "-", given=json.dumps(told))

    def set_by_file(self, name, told_of):
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["stream", *FIELDS])
        rows.writerows([f"dossier/{key}", *told.values()] for key, told in told_of.items())
        self.at("person", "import", self.write(f"aangeleverd/{name}", out.getvalue()))

    def note(self, who, number, category):
        self.at("person", "note", f"dossier/{who.keys[0]}", "--tekst", "-", "--categorie", category,
                given=who.notes[number])

    def make_folder(self):
        self.run_it("simulate", "--events", 1500, "--seed", 7, "--data", self.data)
        keys = [*(key for who in [*ERASED, STAYS] for key in who.keys), *OTHERS]
        rows = [f"dossier/{key},aanmelding,2021-02-{number % 28 + 1:02},Velsen,ioaw,1987\n"
                for number, key in enumerate(keys)]
        header = "stream,soort,geldig_op,gemeente,regeling,geboortejaar\n"
        self.at("import", self.write("aangeleverd/dossiers.csv", header + "".join(rows)))
        self.at("person", "init", "--master-key", self.dir / "sleutel")

    def tell_first(self):
        """As it was known at first: all of it is to be changed."""
        self.set_by_hand(BY_HAND.keys[0], BY_HAND.before)
        self.set_by_file("eerst.csv", {BY_FILE.keys[0]: BY_FILE.before,
                                       TWICE.keys[1]: TWICE.before, STAYS.keys[0]: STAYS.now})
        self.note(BY_HAND, 0, "dossier")
        self.note(STAYS, 0, "dossier")
        self.set_by_file("anderen.csv", OTHERS)

    def tell_later(self):
        self.set_by_hand(BY_HAND.keys[0], BY_HAND.now)
        self.set_by_file("later.csv", {BY_FILE.keys[0]: BY_FILE.now, TWICE.keys[0]: TWICE.now})
        self.at("person", "set", f"dossier/{TWICE.keys[1]}", "--zelfde-persoon",
                f"dossier/{TWICE.keys[0]}")
        self.note(BY_HAND, 1, "verzuim")
        self.note(BY_FILE, 0, "dossier")
        self.note(TWICE, 0, "dossier")
        self.set_by_file("anderen.csv", {key: told | {"telefoon": "0251-123456"}
                                         for key, told in OTHERS.items()})
        for who in ERASED:
            self.assertIn(who.keys[0], self.at("person", "find", "--bsn", who.now["bsn"]))
            self.assertIn(who.keys[0], self.at("person", "find", "--naam", who.now["naam"]))
            shown = self.at("person", "show", f"dossier/{who.keys[0]}")
            for text in [*who.now.values(), *who.notes]:
                self.assertIn(text, shown)

    def sealed_of(self, folder, owners):
        """What stands in the vault of these persons and dossiers: sealed data, tags and keys."""
        out = set()
        for file, ask in (("sealed", "SELECT person, sealed, bsn_tag FROM person"),
                          ("sealed", "SELECT dossier, sealed, note FROM note"),
                          ("keys", "SELECT owner, wrapped, NULL FROM wrapped")):
            path = folder / f"{file}.sqlite"
            if not path.exists():
                continue
            asked = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            for owner, *values in asked.execute(ask):
                out |= {value for value in values if value and owner in owners}
            asked.close()
        return out

    def owners(self):
        """The ids of the dossiers that go, and of their persons."""
        keys = {key for who in ERASED for key in who.keys}
        rows = csv.DictReader(io.StringIO(self.at("export", "--format", "csv")))
        self.assertTrue(keys <= {row["stream"].removeprefix("dossier/") for row in rows})
        events = map(json.loads, self.at("export").splitlines())
        dossiers = {bytes.fromhex(event["stream_id"].split("/")[1].replace("-", ""))
                    for event in events if event.get("key") in keys}
        self.assertEqual(len(dossiers), len(keys))
        asked = sqlite3.connect(f"file:{self.data}/vault/sealed.sqlite?mode=ro", uri=True)
        persons = {who for dossier, who in asked.execute("SELECT dossier, person FROM dossier")
                   if dossier in dossiers}
        asked.close()
        return dossiers | persons

    # ---- what has to stay as it was

    def figures(self):
        out = ""
        for measure in ("aanmeldingen", "intakes"):
            out += self.at("query", measure, "--van", "2015-01-01", "--tm", "2024-12-31", "--per",
                           "gemeente", "--format", "csv")
        out += self.at("query", "aanmeldingen_open", "--op", "2021-03-31", "--format", "csv")
        return out + self.at("report", "kwartaal", *QUARTER, "--format", "csv")

    def head(self):
        """Origin, number of events and tree head; not what the checkpoint says of the trail."""
        return self.at("checkpoint").splitlines()[:3]

    def erase(self, who, *words):
        return self.at("person", "erase", f"dossier/{who.keys[0]}", "--vernietig", *words)

    def fresh(self):
        """Everything that the program can be made to write anew."""
        out = self.dir / "vers"
        out.mkdir()
        for form in ("csv", "ndjson"):
            (out / f"export.{form}").write_text(self.at("export", "--format", form))
        (out / "trail.csv").write_text(self.at("trail", "--format", "csv"))
        for form in ("text", "csv", "json", "html"):
            (out / f"report.{form}").write_text(
                self.at("report", "kwartaal", *QUARTER, "--format", form))
        with open(out / "report.xlsx", "wb") as workbook:
            subprocess.run([TREDE, "report", "kwartaal", *QUARTER, "--format", "xlsx", "--data",
                            self.data], stdout=workbook, check=True)
        self.at("evidence", "kwartaal", *QUARTER, "-o", out / "bewijs.zip")
        (out / "uitleg.txt").write_text(
            self.at("explain", "aanmeldingen", "--van", "2021-01-01", "--tm", "2021-12-31"))
        self.at("checkpoint", "--hashes", out / "hashes", "-o", out / "checkpoint")
        self.run_it("backup", out / "kopie", "--data", self.data, "--sleutels", out / "kluis")
        self.run_it("restore", out / "kopie", "--sleutels", out / "kluis", "--data", out / "terug")
        return out

    def assert_nowhere(self, places, texts):
        self.assertEqual(everywhere.find(places, texts), [])

    def test_who_was_erased_is_in_no_byte_and_all_that_was_proved_still_holds(self):
        for who in ERASED:
            self.assertTrue(all(is_bsn(told["bsn"]) for told in (who.now, who.before)
                                if told["bsn"]), who)
        self.make_folder()
        copy, far, vault_copy = self.dir / "kopie", self.dir / "ver", self.dir / "kluis"
        proved = self.dir / "bewezen"
        proved.mkdir()

        self.tell_first()
        owners = self.owners()
        sealed = self.sealed_of(self.data / "vault", owners)
        self.run_it("backup", far, "--data", self.data)
        self.run_it("backup", copy, "--data", self.data, "--sleutels", vault_copy)
        self.at("person", "rekey", "--new-master-key", self.dir / "sleutel-2")
        self.environment["TREDE_MASTER_KEY_FILE"] = str(self.dir / "sleutel-2")
        self.tell_later()
        owners |= self.owners()
        sealed |= self.sealed_of(self.data / "vault", owners)
        self.assertGreater(len(sealed), 15)
        self.run_it("backup", copy, "--data", self.data, "--sleutels", vault_copy)
        self.at("rebuild")
        (proved / "werk.pub").write_text(self.at("checkpoint", "--public-key"))
        self.at("checkpoint", "--hashes", proved / "hashes", "-o", proved / "checkpoint")
        (proved / "gebeurtenis").write_text(self.at("prove", "1502"))
        self.at("evidence", "kwartaal", *QUARTER, "-o", proved / "heel.zip")
        self.at("evidence", "kwartaal", *QUARTER, "-o", proved / "deel.zip", "--cijfer",
                "overzicht/inkomensregelingen/afgeronde-intakes")
        figures, head = self.figures(), self.head()

        # Who looks finds what is there: KEYs in the folder and its copies, sealed data and keys.
        texts = sorted({text for who in ERASED for text in who.texts()})
        keys = [key for who in ERASED for key in who.keys]
        for place in (self.data, copy, far):
            self.assertEqual({text for _, text in everywhere.find([place], keys)}, set(keys))
        for place, what in ((self.data, ""), (copy, ""), (far, ""), (vault_copy, "keys.sqlite")):
            there = {where for where, _ in everywhere.find([place], sealed)}
            self.assertTrue(any(what in where for where in there), place)
        # Sealed and proved they are nowhere in plain.
        self.assert_nowhere([self.data, copy, far, vault_copy], set(texts) - set(keys))
        self.assert_nowhere([proved], texts)

        # One of the copies cannot be reached.
        far.rename(self.dir / "weg")
        self.assertIn(f"Nog niet gewist in {far}", self.erase(BY_HAND))
        self.said.clear()
        self.erase(BY_FILE)
        self.erase(TWICE, "--alle-dossiers")
        self.assert_nowhere([self.data, copy, vault_copy, proved], [*texts, *sealed])
        (self.dir / "weg").rename(far)
        self.run_it("backup", far, "--data", self.data)

        self.said.clear()
        fresh = self.fresh()
        places = [self.data, copy, far, vault_copy, proved, fresh]
        self.assert_nowhere(places, [*texts, *sealed])
        self.assertEqual(self.figures(), figures)
        self.assertEqual(self.head(), head)
        self.assertIn("all is well", self.at("verify"))
        self.assertIn("is good", self.at("person", "verify"))
        self.assertIn("is whole", self.at("trail", "--verify"))
        for backup in (copy, far, fresh / "kopie"):
            self.assertIn("all is well", self.run_it("backup", backup, "--verify"))
        for bundle in (proved / "heel.zip", proved / "deel.zip", fresh / "bewijs.zip"):
            said = self.run_it("verify-evidence", bundle, "--key", proved / "werk.pub")
            self.assertIn("holds", said)
        self.run_it("prove", "--check", proved / "gebeurtenis", "--key", proved / "werk.pub")
        said = self.at("audit", "--since", proved / "checkpoint", "--hashes", proved / "hashes",
                       "--key", proved / "werk.pub")
        self.assertIn("nothing was altered", said)
        for who in ERASED:
            found = self.at("person", "find", "--json", "-",
                            given=json.dumps({"bsn": who.now["bsn"]}))
            self.assertNotIn("dossier/", found)
        everything_said = self.write("gezegd/alles", "".join(self.said))
        self.assert_nowhere([*places, everything_said], [*texts, *sealed])
        shown = self.at("person", "show", f"dossier/{STAYS.keys[0]}")
        for text in [STAYS.now["naam"], STAYS.now["bsn"], *STAYS.notes]:
            self.assertIn(text, shown)


class Everywhere(unittest.TestCase):
    """The search finds what is there, in each of its forms and layers."""

    def test_a_text_is_found_wherever_it_stands(self):
        text = "Qwyxelaar-Özdemir"
        event = json.dumps({"bytes": base64.b64encode(b"\x08x" + text.encode()).decode()})
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("lines.gz", gzip.compress(event.encode() + b"\n"))
        planted = {
            "plain": b"..." + text.encode(), "small": text.lower().encode(),
            "wide": text.encode("utf-16-le"), "big": text.encode("utf-16-be"),
            "latin": text.encode("latin-1"), "back": text.encode()[::-1],
            "hex": text.encode().hex().upper().encode(),
            "base64-0": base64.b64encode(text.encode() + b"12"),
            "base64-1": base64.b64encode(b"1" + text.encode() + b"2"),
            "base64-2": base64.b64encode(b"12" + text.encode()),
            "json": json.dumps(text).encode(), "line": event.encode(), "zip": packed.getvalue(),
        }
        with tempfile.TemporaryDirectory() as holder:
            folder = pathlib.Path(holder)
            for name, data in planted.items():
                (folder / name).write_bytes(data)
            (folder / text).write_bytes(b"")
            (folder / "other").write_bytes(b"Qwyxelaar-Ozdemir")
            found = {where.split("/", 1)[1] for where, _ in everywhere.find([folder], [text])}
        self.assertEqual({name.split("!")[0] for name in found},
                         {*planted, f"{text} (its name)"})


if __name__ == "__main__":
    TREDE = sys.argv.pop(1)
    unittest.main()
