#!/usr/bin/env python3
"""Checkpoints, proofs and evidence bundles of the program, held against an implementation of their
specifications in another language, and altered in every way that somebody might.

usage: proofs_test.py TREDE
"""
import base64
import contextlib
import gzip
import hashlib
import io
import json
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

import ed25519
import transparency

TREDE = None
PERIOD = ["--van", "2021-01-01", "--tm", "2021-03-31"]
CELL = "overzicht/inkomensregelingen/afgeronde-intakes"


def run(*words, status=0):
    """What the program prints; it must end with this status, and say why in a line if it fails."""
    done = subprocess.run([TREDE, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    if status:
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stdout + done.stderr
    return done.stdout


class Proofs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.dir = pathlib.Path(cls.folder.name)
        cls.data = cls.dir / "werk"
        run("simulate", "--events", 1500, "--seed", 7, "--data", cls.data)
        cls.key_file = cls.dir / "werk.pub"
        cls.key_file.write_text(run("checkpoint", "--data", cls.data, "--public-key"))
        cls.key = transparency.Key(cls.key_file.read_text())
        cls.note = cls.file("now.checkpoint", run("checkpoint", "--data", cls.data, "--hashes",
                                                  cls.dir / "now.hashes"))
        cls.size = transparency.Checkpoint(cls.note.read_text(), cls.key).size
        lines = run("export", "--data", cls.data).splitlines()
        cls.events = [base64.b64decode(json.loads(line)["bytes"]) for line in lines]
        for name, more in (("whole.zip", []), ("part.zip", ["--cijfer", CELL])):
            run("evidence", "kwartaal", *PERIOD, "--data", cls.data, "-o", cls.dir / name, *more)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def file(cls, name, content):
        path = cls.dir / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def refused(self, *words, saying):
        self.assertIn(saying, run(*words, status=2))

    # ---- checkpoints and proofs, as others read them

    def test_a_checkpoint_has_the_root_over_the_exported_events(self):
        for size in (0, 1, 2, 255, 256, 257, 1000, self.size):
            note = run("checkpoint", "--data", self.data, "--positie", size)
            checkpoint = transparency.Checkpoint(note, self.key)
            hashes = [transparency.leaf_hash(event) for event in self.events[:size]]
            self.assertEqual((checkpoint.size, checkpoint.root), (size, transparency.root(hashes)))

    def test_an_event_is_proved_to_who_knows_the_specifications(self):
        for position in (1, 2, 256, 257, 1023, self.size):
            proof = run("prove", position, "--data", self.data)
            event, index, checkpoint = transparency.check_event_proof(proof, self.key)
            self.assertEqual((event, index + 1), (self.events[position - 1], position))
            self.assertEqual(checkpoint.size, self.size)
            path = self.file("event.proof", proof)
            told = json.loads(run("prove", "--check", path, "--key", self.key_file))
            self.assertEqual(told["positie"], position)
            self.assertEqual(run("prove", told["event_id"], "--data", self.data), proof)

    def test_an_altered_proof_proves_nothing(self):
        proof = run("prove", 700, "--data", self.data).encode()
        for at in random.Random(2).sample(range(len(proof)), 40):
            altered = bytearray(proof)
            altered[at] ^= 1
            path = self.file("altered.proof", bytes(altered))
            run("prove", "--check", path, "--key", self.key_file, status=2)

    def test_what_cannot_be_proved_is_refused(self):
        self.refused("prove", 0, "--data", self.data, saying="expected an event_id or a position")
        self.refused("prove", self.size + 1, "--data", self.data, saying=f"1 to {self.size}")
        self.refused("prove", "0191d0a1-0000-7000-8000-000000000000", "--data", self.data,
                     saying="no event has the id")
        self.refused("prove", "--check", self.key_file, "--key", self.key_file, saying="no proof")
        self.refused("prove", 5, saying="--data")
        self.refused("prove", "--check", self.note, saying="--key")

    # ---- a log held to what was signed

    def test_a_log_that_grew_holds(self):
        grown = self.dir / "grown"
        subprocess.run(["cp", "-r", self.data, grown], check=True)
        run("record", "--data", grown, "--stream", "organisatie", "--soort", "afdeling_ingesteld",
            "--geldig-op", "2024-01-01", "--afdeling", "Post")
        said = run("audit", "--since", self.note, "--key", self.key_file, "--data", grown)
        self.assertIn(f"begins with the {self.size} events", said)
        self.assertIn("has 1 event since", said)

    def test_a_log_that_is_shorter_than_what_was_signed_is_named(self):
        later = self.dir / "later"
        subprocess.run(["cp", "-r", self.data, later], check=True)
        run("record", "--data", later, "--stream", "organisatie", "--soort", "afdeling_ingesteld",
            "--geldig-op", "2024-01-01", "--afdeling", "Post")
        kept = self.file("later.checkpoint", run("checkpoint", "--data", later))
        said = run("audit", "--since", self.note, "--since", kept, "--data", self.data, status=1)
        self.assertIn(f"now.checkpoint: holds, {self.size} events", said)
        self.assertIn(f"the log ends at positie {self.size}", said)
        self.assertIn("acknowledged events are missing at the end: 1", said)

    def test_of_two_checkpoints_that_cannot_both_be_of_it_one_is_named(self):
        """The later one was signed over a history that had been altered by then."""
        kept = []
        for name, afdelingen in (("true", ["Post"]), ("altered", ["Balie", "Kas"])):
            copy = self.dir / f"{name}-copy"
            subprocess.run(["cp", "-r", self.data, copy], check=True)
            for afdeling in afdelingen:
                run("record", "--data", copy, "--stream", "organisatie", "--soort",
                    "afdeling_ingesteld", "--geldig-op", "2024-01-01", "--afdeling", afdeling)
            kept.append(self.file(f"{name}.checkpoint", run("checkpoint", "--data", copy)))
        said = run("audit", "--since", kept[0], "--since", kept[1], "--data", copy, status=1)
        self.assertIn("true.checkpoint: does not hold", said)
        self.assertIn("altered.checkpoint: holds", said)
        self.assertIn(f"altered, between positie 1 and {self.size + 1}", said)
        said = run("audit", "--since", self.note, *sum((["--since", one] for one in kept), []),
                   "--data", copy, status=1)
        self.assertIn(f"altered, between positie {self.size + 1} and {self.size + 1}", said)

    def test_what_is_proved_stands_in_the_audit_trail(self):
        trail = ["trail", "--data", self.data, "--format", "csv"]
        before = run(*trail).count("\n")
        run("prove", 700, "--data", self.data)
        self.assertEqual(run(*trail).count("\n"), before + 1)

    def test_a_checkpoint_of_another_log_or_key_is_refused(self):
        other = self.dir / "other"
        run("init", "--data", other)
        self.refused("audit", "--since", self.note, "--data", other, saying="not signed with")
        self.refused("audit", "--since", self.note, "--key", self.key_file, "--data", other,
                     saying="this log is trede/")
        self.refused("audit", "--since", self.key_file, "--data", self.data,
                     saying="no signed note")
        cut = self.file("cut.checkpoint", self.note.read_bytes()[:-9])
        self.refused("audit", "--since", cut, "--data", self.data, saying="cut.checkpoint")
        self.refused("audit", "--since", self.note, "--hashes", self.note, "--data", self.data,
                     saying="no file of")
        hashes = (self.dir / "now.hashes").read_bytes()
        for bad, why in ((hashes[:-1], "cut off"), (hashes[:-32] + bytes(32), "not those"),
                         (hashes + b"\n", "behind the last hash")):
            self.refused("audit", "--since", self.note, "--hashes", self.file("bad.hashes", bad),
                         "--data", self.data, saying=why)

    def test_a_key_that_is_gone_is_asked_for_and_never_made_in_silence(self):
        restored = self.dir / "restored"
        subprocess.run(["cp", "-r", self.data, restored], check=True)
        (restored / "signing.key").unlink()
        self.assertIn("--new-key", run("checkpoint", "--data", restored, status=1))
        self.assertFalse((restored / "signing.key").exists())
        made = run("checkpoint", "--new-key", "--data", restored)
        note = run("checkpoint", "--data", restored)
        self.assertEqual(transparency.Checkpoint(note, transparency.Key(made)).size, self.size)
        self.refused("checkpoint", "--new-key", "--data", restored, saying="already")
        self.refused("audit", "--since", self.note, "--data", restored, saying="not signed with")
        run("audit", "--since", self.note, "--key", self.key_file, "--data", restored)

    def test_an_audit_trail_that_was_cut_or_taken_away_is_named(self):
        watched = self.dir / "watched"
        subprocess.run(["cp", "-r", self.data, watched], check=True)
        run("explain", "aanmeldingen", *PERIOD, "--data", watched)
        note = self.file("watched.checkpoint", run("checkpoint", "--data", watched))
        line = transparency.Checkpoint(note.read_text(), self.key).extensions[-1]
        self.assertTrue(line.startswith("trail "), line)
        audit = ["audit", "--since", note, "--data", watched]
        run(*audit)
        run("explain", "aanmeldingen", *PERIOD, "--data", watched)
        run(*audit)
        with contextlib.closing(sqlite3.connect(watched / "trail" / "trail.sqlite")) as trail:
            tables = [row[0] for row in trail.execute(
                "select name from sqlite_master where type = 'table' and name not like 'sqlite%'")]
            named = "select name from sqlite_master where type = 'trigger'"
            for row in trail.execute(named).fetchall():
                trail.execute(f"drop trigger {row[0]}")
            most = max(tables, key=lambda name: trail.execute(
                f"select count(*) from {name}").fetchone()[0])
            trail.execute(f"delete from {most} where rowid > 1")
            trail.commit()
        self.assertIn("the audit trail is not", run(*audit, status=1))
        subprocess.run(["rm", "-r", watched / "trail"], check=True)
        self.assertIn("the audit trail is gone", run(*audit, status=1))

    # ---- evidence bundles

    def test_a_bundle_is_read_by_who_knows_the_formats(self):
        with zipfile.ZipFile(self.dir / "whole.zip") as bundle:
            self.assertIsNone(bundle.testzip())
            files = {name: bundle.read(name) for name in bundle.namelist()}
        contents = transparency.open_note(files.pop("INHOUD.txt").decode(), self.key)
        listed = {line.split(" ")[2]: line.split(" ")[:2] for line in contents.splitlines()[2:]}
        self.assertEqual(listed, {name: [hashlib.sha256(data).hexdigest(), str(len(data))]
                                  for name, data in files.items()})
        lines = gzip.decompress(files["gebeurtenissen.ndjson.gz"]).splitlines()
        hashes = [transparency.leaf_hash(base64.b64decode(json.loads(line)["bytes"]))
                  for line in lines]
        checkpoint = transparency.Checkpoint(files["checkpoint.txt"].decode(), self.key)
        self.assertEqual((checkpoint.size, checkpoint.root), (self.size, transparency.root(hashes)))
        self.assertIn("kwartaal", files["LEESMIJ.txt"].decode())

    def test_the_events_of_a_bundle_are_a_log(self):
        with zipfile.ZipFile(self.dir / "whole.zip") as bundle:
            lines = gzip.decompress(bundle.read("gebeurtenissen.ndjson.gz"))
        fresh = self.dir / "from-bundle"
        run("init", "--data", fresh)
        run("import", self.file("events.ndjson", lines), "--data", fresh)
        asked = ["report", "kwartaal", *PERIOD, "--format", "csv", "--data"]
        self.assertEqual(run(*asked, self.data), run(*asked, fresh))

    def test_a_bundle_holds_for_who_has_the_key(self):
        for name, events in (("whole.zip", f"{self.size} events: all there are"),
                             ("part.zip", "stands in the log")):
            said = run("verify-evidence", self.dir / name, "--key", self.key_file)
            self.assertIn(events, said)
            self.assertNotIn("from the bundle itself", said)
            self.assertIn("from the bundle itself", run("verify-evidence", self.dir / name))

    def test_the_same_question_gives_the_same_bundle(self):
        again = self.dir / "again.zip"
        run("evidence", "kwartaal", *PERIOD, "--data", self.data, "-o", again)
        self.assertEqual(again.read_bytes(), (self.dir / "whole.zip").read_bytes())

    def test_a_bundle_with_any_byte_altered_is_refused(self):
        whole = (self.dir / "part.zip").read_bytes()
        dice = random.Random(5)
        headers = [at for at in range(len(whole)) if whole.startswith((b"PK\3\4", b"PK\1\2",
                                                                       b"PK\5\6"), at)]
        places = {at + dice.randrange(46) for at in headers}
        places |= set(dice.sample(range(len(whole)), 60))
        for at in sorted(place for place in places if place < len(whole)):
            altered = bytearray(whole)
            altered[at] ^= 1 << dice.randrange(8)
            run("verify-evidence", self.file("altered.zip", bytes(altered)), status=2)

    def test_a_bundle_that_was_cut_or_added_to_is_refused(self):
        whole = (self.dir / "part.zip").read_bytes()
        for size in (0, 1, 29, 30, 400, len(whole) // 2, len(whole) - 23, len(whole) - 1):
            run("verify-evidence", self.file("cut.zip", whole[:size]), status=2)
        run("verify-evidence", self.file("longer.zip", whole + b"\0"), status=2)
        run("verify-evidence", self.file("before.zip", b"\0" + whole), status=2)

    def test_archives_that_others_make_are_refused(self):
        def archive(**files):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
                for name, data in files.items():
                    made.writestr(name, data)
            return out.getvalue()
        for data in (archive(**{"../../etc/passwd": b"x"}), archive(**{"/tmp/x": b"x"}),
                     archive(**{"INHOUD.txt": bytes(1 << 26)}), archive(), b"PK\3\4", b"rubbish"):
            self.refused("verify-evidence", self.file("made.zip", data), saying="does not hold")
        self.assertFalse((self.dir / "etc").exists())

    def test_a_bundle_of_another_key_is_refused(self):
        other = self.dir / "stranger"
        run("init", "--data", other)
        key = self.file("stranger.pub", run("checkpoint", "--data", other, "--public-key"))
        self.refused("verify-evidence", self.dir / "whole.zip", "--key", key,
                     saying="is signed with")
        self.refused("verify-evidence", self.dir / "whole.zip", "--key", "nonsense", saying="--key")
        self.refused("verify-evidence", self.dir / "none.zip", saying="No such file")

    def test_a_bundle_signed_anew_still_has_to_follow_from_its_events(self):
        """Who has the signing key can sign anything, but not make figures follow from events."""
        for name in ("whole.zip", "part.zip"):  # the forger's hand is sure
            self.assertEqual(self.signed_archive(self.files_of(name)),
                             (self.dir / name).read_bytes())
        self.forge("rapport.pb", lambda data: data.replace(b"Velsen", b"Velzen", 1))
        self.forge("gebeurtenissen.ndjson.gz", lambda data: gzip.compress(
            b"".join(gzip.decompress(data).splitlines(True)[:-1])))
        self.forge("gebeurtenissen.ndjson.gz", lambda data: gzip.compress(
            gzip.decompress(data) + gzip.decompress(data).splitlines(True)[-1]))
        self.forge("gebeurtenissen.ndjson.gz", lambda _: gzip.compress(bytes(40 << 20)))
        self.forge("gebeurtenissen.ndjson.gz", lambda data: data[:-9])
        self.forge("gebeurtenissen.ndjson.gz", lambda data: data + b"more")
        self.forge("bundel.textproto", lambda data: data.replace(b"2021-03-31", b"2021-03-30"))
        self.forge("bundel.textproto", lambda data: data.replace(b"vorm: 1", b"vorm: 2"))
        self.forge("bundel.textproto", lambda data: b"(" * 100_000)
        self.forge("definitie.textproto", lambda data: data.replace(b"trede: ", b"trade: ", 1))
        self.forge("definitie.textproto", lambda data: b"section { table { " * 50_000)
        self.forge("rapport.csv", lambda data: data.replace(b",1,", b",2,", 1))
        self.forge("LEESMIJ.txt", lambda data: data + b"Alles klopt.\n")
        self.forge("checkpoint.txt", lambda data: data[:-4])
        self.forge("rapport.txt", None)
        self.forge("bewijzen.txt.gz", lambda _: b"rubbish")
        self.forge("rapport-definitief.txt", lambda _: b"Uitstroom naar werk: 9999\n")

    def test_a_part_signed_anew_still_has_to_follow_from_its_events_and_its_definition(self):
        with zipfile.ZipFile(self.dir / "part.zip") as bundle:
            lines = gzip.decompress(bundle.read("gebeurtenissen.ndjson.gz")).splitlines(True)
        for old, new in ((b"Afgeronde intakes", b"Uitgestroomd werk"),
                         (b"Kwartaalrapportage", b"Jaarrapportage nr.")):
            self.assertEqual(len(old), len(new))
            self.forge("rapport.pb", lambda data, old=old, new=new: data.replace(old, new),
                       part=True)
        self.forge("rapport.pb", self.with_a_row_twice, part=True)
        self.forge("bundel.textproto", lambda data: data + data.splitlines(True)[-1], part=True)
        self.forge("bundel.textproto", lambda data: data.replace(b"afgeronde-intakes/totaal",
                                                                 b"afgeronde-intakes/anders"),
                   part=True)
        self.forge("gebeurtenissen.ndjson.gz", lambda _: gzip.compress(b"".join(lines[:-1])),
                   part=True)
        self.forge("bewijzen.txt.gz", lambda data: gzip.compress(
            gzip.decompress(data).replace(b"1 ", b"2 ", 1)), part=True)
        self.forge("bewijzen.txt.gz", None, part=True)

    def test_what_people_read_of_an_event_is_what_its_bytes_say(self):
        def add(member):
            def change(data):
                lines = gzip.decompress(data).splitlines(True)
                lines[10] = lines[10].replace(b"{", b"{" + member + b",", 1)
                return gzip.compress(b"".join(lines))
            return change
        for member in (b'"soort":"uitstroom"', b'"key":"K17"'):
            self.forge("gebeurtenissen.ndjson.gz", add(member))

    def test_the_bundle_of_a_report_that_was_laid_down_says_so(self):
        laid = self.dir / "laid"
        subprocess.run(["cp", "-r", self.data, laid], check=True)
        run("report", "kwartaal", *PERIOD, "--data", laid, "--vaststellen")
        for name, more in (("laid.zip", []), ("laid-part.zip", ["--cijfer", CELL])):
            run("evidence", "kwartaal", *PERIOD, "--data", laid, "-o", self.dir / name, *more)
            said = run("verify-evidence", self.dir / name)
            self.assertIn(f"as it was laid down at positie {self.size + 1}", said)
            self.assertIn("Vastgesteld op", self.files_of(name)["rapport.txt"].decode())
            self.assertIn("Vastgesteld op", run("verify-evidence", self.dir / name, "--print"))
        later = ["--van", "2021-04-01", "--tm", "2021-06-30"]
        run("evidence", "kwartaal", *later, "--data", laid, "-o", self.dir / "next.zip")
        self.assertRegex(run("verify-evidence", self.dir / "next.zip"),
                         r"1 report laid down before: \d{3,} figures worked out anew")
        run("evidence", "kwartaal", *later, "--data", laid, "--cijfer", CELL,
            "-o", self.dir / "next-part.zip")
        self.assertIn("1 report laid down before: NOT CHECKED",
                      run("verify-evidence", self.dir / "next-part.zip"))

    def test_figures_typed_into_the_log_as_laid_down_are_found(self):
        """The log takes a report laid down with any figures; nothing that takes them over holds."""
        laid = self.dir / "typed"
        subprocess.run(["cp", "-r", self.data, laid], check=True)
        true = self.dir / "true"
        subprocess.run(["cp", "-r", self.data, true], check=True)
        run("report", "kwartaal", *PERIOD, "--data", true, "--vaststellen")
        event = json.loads(run("export", "--data", true).splitlines()[-1])
        figures = base64.b64decode(event["attributen"]["cijfers"])
        one = re.search(rb"--op 2021-03-31[^\x12]*\x12\x03\x0a\x01[1-8]", figures).end()
        altered = figures[:one - 1] + b"9" + figures[one:]
        self.assertEqual(len(altered), len(figures))
        typed = {name: event[name] for name in ("soort", "geldig_op")} | {
            "stream": "organisatie", **event["attributen"],
            "cijfers": base64.b64encode(altered).decode()}
        run("record", "--data", laid, "--json", self.file("typed.json", json.dumps(typed)))
        later = ["--van", "2021-04-01", "--tm", "2021-06-30"]
        said = run("evidence", "kwartaal", *later, "--data", laid, "-o", self.dir / "typed.zip",
                   status=2)
        self.assertIn(f"laid down at positie {self.size + 1}: ", said)
        self.assertRegex(said, r"--op 2021-03-31.*: 9, the events give [1-8]")
        self.assertFalse((self.dir / "typed.zip").exists())
        # Nor does it help to say that the figures are of another catalogue of measures.
        laid = self.dir / "other"
        subprocess.run(["cp", "-r", self.data, laid], check=True)
        typed["catalogus"] = "0"
        typed["cijfers"] = base64.b64encode(altered.replace(b"*\x011", b"*\x010", 1)).decode()
        run("record", "--data", laid, "--json", self.file("typed.json", json.dumps(typed)))
        self.assertIn("of catalogue 0", run("evidence", "kwartaal", *later, "--data", laid,
                                            "-o", self.dir / "typed.zip", status=2))

    def test_figures_that_are_none_are_named_by_verify_until_they_are_withdrawn(self):
        laid = self.dir / "nonsense"
        subprocess.run(["cp", "-r", self.data, laid], check=True)
        run("report", "kwartaal", *PERIOD, "--data", laid, "--vaststellen")
        self.assertIn("all is well", run("verify", "--data", laid))
        event = json.loads(run("export", "--data", laid).splitlines()[-1])
        typed = {name: event[name] for name in ("soort", "geldig_op")} | {
            "stream": "organisatie", **event["attributen"], "cijfers": "AAAA"}
        withdraw = ("record", "--data", laid, "--stream", "organisatie", "--soort", "intrekking",
                    "--reden", "foutief", "--vervangt")
        run(*withdraw, event["event_id"])
        run("record", "--data", laid, "--json", self.file("typed.json", json.dumps(typed)))
        said = run("verify", "--data", laid, status=1)
        self.assertIn(f"reports: kwartaal over 2021-01-01 t/m 2021-03-31, laid down at positie "
                      f"{self.size + 3}: ", said)
        self.assertIn("withdraw that event", said)
        run(*withdraw, json.loads(run("export", "--data", laid).splitlines()[-1])["event_id"])
        self.assertIn("all is well", run("verify", "--data", laid))

    def test_of_gemeenten_whose_names_are_alike_the_one_meant_is_proved(self):
        alike = self.dir / "alike"
        subprocess.run(["cp", "-r", self.data, alike], check=True)
        events = []
        for count, gemeente in ((1, "A-B"), (2, "a b")):
            events.append({"stream": "organisatie", "soort": "gemeente_toegetreden",
                           "geldig_op": "2015-01-01", "gemeente": gemeente})
            for number in range(count):
                stream = f"dossier/{gemeente.replace(' ', '_')}-{number}"
                events.append({"stream": stream, "soort": "aanmelding", "gemeente": gemeente,
                               "geldig_op": "2021-02-01", "regeling": "participatiewet"})
                events.append({"stream": stream, "soort": "intake", "geldig_op": "2021-02-10",
                               "uitkomst": "positief"})
        for event in events:
            run("record", "--data", alike, "--json", json.dumps(event))
        for column, gemeente, count in (("%41-%42", "A-B", 1), ("a%20b", "a b", 2)):
            run("evidence", "kwartaal", *PERIOD, "--data", alike, "-o", self.dir / "alike.zip",
                "--cijfer", f"{CELL}/{column}")
            self.assertIn("\n1 cell ", run("verify-evidence", self.dir / "alike.zip"))
            rows = self.files_of("alike.zip")["rapport.csv"].decode().splitlines()
            self.assertEqual(len(rows), 2)
            self.assertIn(f",{column},Afgeronde intakes,{gemeente},{count},", rows[1])
        self.refused("evidence", "kwartaal", *PERIOD, "--data", alike, "-o",
                     self.dir / "none.zip", "--cijfer", f"{CELL}/a-b", saying="names no table")

    def test_half_of_an_append_is_nothing_that_anybody_knew(self):
        both = self.dir / "both"
        subprocess.run(["cp", "-r", self.data, both], check=True)
        events = [{"stream": "organisatie", "soort": "afdeling_ingesteld", "afdeling": name,
                   "geldig_op": "2024-01-01"} for name in ("Post", "Balie")]
        run("record", "--data", both, "--json", json.dumps(events))
        run("evidence", "kwartaal", *PERIOD, "--data", both, "-o", self.dir / "both.zip")
        lines = [json.loads(line) for line in run("export", "--data", both).splitlines()]
        heads = []
        for known in (self.size + 2, self.size + 1):
            hashes = [transparency.leaf_hash(base64.b64decode(line["bytes"]))
                      for line in lines[:known]]
            moment = lines[known - 1]["vastgelegd_op"]
            heads.append((known, transparency.root(hashes).hex(), moment))
        (whole, root, moment), (half, half_root, half_moment) = heads
        files = self.files_of("both.zip")
        about = files["bundel.textproto"].decode().replace('programma: "', 'programma: "x')
        files["bundel.textproto"] = about.encode()
        run("verify-evidence", self.file("both.zip", self.signed_archive(files)))
        files["bundel.textproto"] = about.replace(f"positie: {whole}", f"positie: {half}").replace(
            moment, half_moment).encode()
        files["rapport.pb"] = files["rapport.pb"].replace(
            b"\x48" + varint(whole), b"\x48" + varint(half), 1).replace(
                root.encode(), half_root.encode())
        said = run("verify-evidence", self.file("half.zip", self.signed_archive(files)), status=2)
        self.assertIn("half of an append", said)

    def test_texts_of_another_version_are_said_not_to_be_checked(self):
        files = self.files_of("whole.zip")
        files["bundel.textproto"] = files["bundel.textproto"].replace(b'programma: "',
                                                                      b'programma: "x')
        files["rapport.txt"] = b"Uitstroom naar werk: 9999\n"
        said = run("verify-evidence", self.file("old.zip", self.signed_archive(files)), "--print")
        self.assertIn("NOT CHECKED: LEESMIJ.txt, rapport.txt and rapport.csv", said)
        self.assertIn("Kwartaalrapportage", said)
        self.assertNotIn("9999", said)

    def test_a_definition_of_the_organisation_itself_is_said_to_be_that(self):
        self.assertIn("comes with this program", run("verify-evidence", self.dir / "whole.zip"))
        own = self.dir / "own"
        subprocess.run(["cp", "-r", self.data, own], check=True)
        (own / "reports").mkdir()
        definition = self.files_of("whole.zip")["definitie.textproto"]
        (own / "reports" / "kwartaal.textproto").write_bytes(
            definition.replace(b'"Afgeronde intakes"', b'"Uitstroom naar werk"'))
        run("evidence", "kwartaal", *PERIOD, "--data", own, "-o", self.dir / "own.zip")
        said = run("verify-evidence", self.dir / "own.zip")
        self.assertIn("not this program's own", said)

    def test_every_report_that_comes_along_proves_itself(self):
        year = ["--van", "2021-01-01", "--tm", "2021-12-31"]
        for name, more in (("p-en-c", year), ("gemeente", [*PERIOD, "--waar", "gemeente=Velsen"]),
                           ("raadsbrief", PERIOD), ("verzuim", PERIOD), ("financien", year),
                           ("identiteiten", PERIOD), ("aansluiting", PERIOD)):
            run("evidence", name, *more, "--data", self.data, "-o", self.dir / "one.zip")
            self.assertIn("all there are", run("verify-evidence", self.dir / "one.zip"))

    @staticmethod
    def with_a_row_twice(report):
        """The figures with the row of the chosen cells once more: messages in messages, by hand."""
        def read(data, at):
            number, shift = 0, 0
            while True:
                byte = data[at]
                number, shift, at = number | (byte & 127) << shift, shift + 7, at + 1
                if byte < 128:
                    return number, at

        def fields(data):
            at = 0
            while at < len(data):
                start = at
                tag, at = read(data, at)
                if tag & 7 == 2:
                    size, at = read(data, at)
                    yield tag >> 3, data[at:at + size], data[start:at + size]
                    at += size
                else:
                    _, at = read(data, at)
                    yield tag >> 3, None, data[start:at]

        def packed(number, data):
            return varint(number << 3 | 2) + varint(len(data)) + data

        def again(data, path):
            out = b""
            for number, inner, whole in fields(data):
                if number == path[0] and b"afgeronde-intakes" in (inner or b""):
                    whole = whole * 2 if len(path) == 1 else packed(number, again(inner, path[1:]))
                out += whole
            return out
        return again(report, (11, 4, 6))  # section, table, row

    def files_of(self, name):
        with zipfile.ZipFile(self.dir / name) as bundle:
            return {one: bundle.read(one) for one in bundle.namelist()}

    def forge(self, name, change, part=False):
        """The bundle with one file changed and everything signed anew with the folder's own key."""
        files = self.files_of("part.zip" if part else "whole.zip")
        before = files.pop(name, None)
        if change:
            files[name] = change(before)
            self.assertNotEqual(files[name], before, name)
        forged = self.file("forged.zip", self.signed_archive(files))
        said = run("verify-evidence", forged, "--key", self.key_file, status=2)
        self.assertIn("does not hold", said)
        self.assertNotIn("signature", said)

    def signed_archive(self, files):
        signing = (self.data / "signing.key").read_text()
        order = [name for name in ("LEESMIJ.txt", "rapport.txt", "rapport.csv", "rapport.pb",
                                   "definitie.textproto", "bundel.textproto",
                                   "gebeurtenissen.ndjson.gz", "bewijzen.txt.gz", "checkpoint.txt",
                                   "sleutel.pub") if name in files]
        order += [name for name in files if name not in order and name != "INHOUD.txt"]
        text = f"trede bewijsbundel 1\n{self.key.name}\n" + "".join(
            f"{hashlib.sha256(files[name]).hexdigest()} {len(files[name])} {name}\n"
            for name in order)
        seed = base64.b64decode(signing.strip().split("+", 4)[4])[1:]
        signature = base64.b64encode(self.key.hash + sign(seed, text.encode())).decode()
        note = f"{text}\n\u2014 {self.key.name} {signature}\n".encode()
        return plain_zip([("INHOUD.txt", note)] + [(name, files[name]) for name in order])


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def sign(seed, message):
    """Ed25519, RFC 8032, 5.1.6."""
    def packed(point):
        inverse = pow(point[2], ed25519.P - 2, ed25519.P)
        x, y = point[0] * inverse % ed25519.P, point[1] * inverse % ed25519.P
        return (y | (x & 1) << 255).to_bytes(32, "little")

    digest = hashlib.sha512(seed).digest()
    a = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    key = packed(ed25519._times(a, ed25519.BASE))
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % ed25519.L
    point = packed(ed25519._times(r, ed25519.BASE))
    h = int.from_bytes(hashlib.sha512(point + key + message).digest(), "little") % ed25519.L
    return point + ((r + h * a) % ed25519.L).to_bytes(32, "little")


def plain_zip(files):
    """The one form that bundles have."""
    out, central = b"", b""
    for name, data in files:
        about = b"\x14\0\0\0\0\0\0\0\x21\0" + zlib.crc32(data).to_bytes(4, "little") + \
            len(data).to_bytes(4, "little") * 2 + len(name).to_bytes(2, "little") + b"\0\0"
        central += b"PK\1\2\x14\x03" + about + bytes(6) + (0o100644 << 16).to_bytes(4, "little") + \
            len(out).to_bytes(4, "little") + name.encode()
        out += b"PK\3\4" + about + name.encode() + data
    count = len(files).to_bytes(2, "little")
    return out + central + b"PK\5\6" + bytes(4) + count * 2 + len(central).to_bytes(4, "little") + \
        len(out).to_bytes(4, "little") + b"\0\0"


if __name__ == "__main__":
    TREDE = sys.argv.pop(1)
    unittest.main()
