#!/usr/bin/env python3
"""show, report, record and export against a server, held against its folder, byte for byte.

`remote_streams_test.py TREDE [TEST...]`
"""

import datetime
import json
import os
import re
import shutil
import socket
import sys
import unittest

sys.dont_write_bytecode = True
import remote_test  # noqa: E402
import server_test  # noqa: E402

QUARTER = ("--van", "2021-01-01", "--tm", "2021-03-31")
FORMS = ("text", "csv", "json", "html", "xlsx")
ID = "00000000-0000-4000-8000-0000000000"  # and two digits more
MORE = (
    ("organisatie", "afdeling_ingesteld", "2020-01-01", "10", "--afdeling", "Groen"),
    ("dossier/K4", "dienstverband_start", "2020-01-01", "11", "--dienstverband", "beschut_werk",
     "--gemeente", "Velsen", "--afdeling", "Groen", "--deeltijdfactor", "0.8"),
    ("dossier/K4", "ziekmelding", "2021-02-01", "12"),
    ("dossier/K1", "intake", "2021-01-20", "13", "--uitkomst", "positief"),
    ("dossier/K1", "correctie", "2021-01-21", "14", "--vervangt", ID + "13", "--uitkomst",
     "negatief"),
    ("dossier/K1", "intrekking", None, "15", "--vervangt", ID + "13", "--reden", "dubbel"),
    ("werkgever/W1", "relatie_start", "2021-01-01", "16"),
    ("organisatie", "toelichting_vastgelegd", "2021-04-01", "17", "--rapport", "kwartaal",
     "--periode", "2021-Q1", "--rij", "geen/rij", "--tekst", "Een zin."),
)
SHOWN = ("dossier/K1", "dossier/K-2.x", "dossier/K3", "dossier/K4", "werkgever/W1", "organisatie")
# What cannot be recorded, and one that can in between: numbers that go on.
REFUSED = (
    (), ("--stream", "dossier/K1"), ("--stream", "K1", "--soort", "intake"),
    ("--stream", "dossier/123456782", "--soort", "intake"),
    ("--stream", "dossier/K1", "--soort", "geen"), ("--stream", "dossier/K1", "--soort", "intake"),
    ("--stream", "organisatie", "--soort", "intake", "--geldig-op", "2021-01-01"),
    ("--stream", "dossier/K1", "--soort", "intake", "--geldig-op", "2021-02-30"),
    ("--stream", "dossier/K1", "--soort", "intake", "--geldig-op", "2021-02-03"),
    ("--stream", "dossier/K1", "--soort", "intake", "--geldig-op", "2021-02-03", "--uitkomst", "?"),
    ("--stream", "dossier/K1", "--soort", "contactmoment", "--geldig-op", "2021-02-03",
     "--contact", "gesprek", "--trede", "3"),
    ("--stream", "dossier/K1", "--soort", "contactmoment", "--geldig-op", "2021-02-03",
     "--event-id", "x", "--contact", "gesprek"),
    ("--stream", "dossier/K1", "--soort", "contactmoment", "--geldig-op", "2021-02-03",
     "--na-afsluiting", "zomaar", "--contact", "gesprek"),
    ("--stream", "dossier/K1", "--soort", "aanmelding", "--geldig-op", "2021-02-03", "--gemeente",
     "Velsen", "--regeling", "participatiewet"),
    ("--stream", "dossier/K1", "--soort", "intrekking", "--vervangt", ID + "99", "--reden",
     "dubbel"),
    ("--stream", "dossier/K1", "--soort", "correctie", "--vervangt", ID + "99", "--geldig-op",
     "2021-02-03"),
    ("--stream", "dossier/K1", "--soort", "correctie", "--vervangt", ID + "15", "--geldig-op",
     "2021-02-03"),
    ("--stream", "dossier/K1", "--soort", "intake", "--geldig-op", "2021-02-03", "--uitkomst",
     "positief", "--event-id", ID + "13"),
    ("--json", "{}"), ("--json", "[]"), ("--json", "["), ("--json", "weg.json"),
    ("--json", '{"stream":"dossier/K1","groep":"1"}'),
    ("--json", '{"stream":"dossier/K1","soort":"intake","schoenmaat":"1"}'),
    ("--json", '{"stream":"dossier/K1","soort":"intake","vastgelegd_op":"2021-01-01T00:00:00Z"}'),
    ("--format", "xml"),
)


def contact(stream, number, day="2021-02-10"):
    return {"stream": stream, "soort": "contactmoment", "geldig_op": day, "contact": "gesprek",
            "event_id": f"{ID}{number}"}


def enrolment(stream, number, gemeente="Velsen"):
    return {"stream": stream, "soort": "aanmelding", "geldig_op": "2021-03-01",
            "gemeente": gemeente, "regeling": "participatiewet", "event_id": f"{ID}{number}"}


def hand_on(asked, port):
    """What the server at `port` answers, piece by piece."""
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.sendall(asked)
        while piece := server.recv(65536):
            yield piece


class Cutting(remote_test.Listening):
    """One between a program and its server, who hangs up on the first `cuts` that ask, after the
    server answered, without a word of it."""

    def __init__(self, port, cuts):
        self.port = port
        self.cuts = cuts
        self.asked = 0
        super().__init__()

    def serve(self, client):
        answer = b"".join(hand_on(client.recv(65536), self.port))
        self.asked += 1
        if self.asked > self.cuts:
            client.sendall(answer)


class Lines(remote_test.Answering):
    """One who answers with the server what is no export, and an export with these bytes."""

    def __init__(self, port, answer):
        self.port = port
        super().__init__(answer)

    def serve(self, client):
        asked = client.recv(65536)
        if b"/v1/gebeurtenissen" in asked:
            client.sendall(self.answer)
            return
        for piece in hand_on(asked, self.port):
            client.sendall(piece)


class AtStreams(remote_test.AtServer):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.stop()
        for stream, soort, day, number, *more in MORE:
            words = ("--stream", stream, "--soort", soort, "--event-id", ID + number, *more)
            words += ("--geldig-op", day) if day else ()
            server_test.run("record", *words, "--data", cls.data)
        everything = "cijfers_lezen,cijfers_verklaren,dossier_lezen,verzuim_lezen,log_volgen," \
            "rapporten_lezen"
        cls.keys = cls.token("lezer", "auditor", everything)
        cls.some = cls.token("enig", "auditor", "log_volgen,dossier_lezen")
        cls.totals = cls.token("cijfers", "controller",
                               "rapporten_lezen,rapport_vaststellen,organisatie_vastleggen")
        cls.velsen = cls.token("velsen", "intaker", "dossier_lezen,dossier_vastleggen",
                               "--gemeente", "Velsen")
        cls.sick = cls.token("verzuim", "verzuimadviseur", "verzuim_lezen,verzuim_vastleggen")
        cls.all = cls.token("invoer", "intaker", "dossier_lezen,dossier_vastleggen",
                            "--gemeente", "Velsen", "--gemeente", "Beverwijk")
        shutil.copytree(cls.data, cls.dir / "begin")
        cls.now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        cls.serve()

    @classmethod
    def serve(cls):
        cls.server = server_test.Serving(cls.data, log=cls.dir / "log")
        cls.addClassCleanup(cls.server.__exit__)
        cls.url = f"http://127.0.0.1:{cls.server.port}"

    @classmethod
    def token(cls, name, role, permissions, *more):
        file = cls.dir / name
        file.write_text(server_test.run("token", "create", name, "--rol", role, "--mag",
                                        permissions, *more, "--data", cls.data))
        file.chmod(0o600)
        return file

    def export(self, data):
        return self.trede("export", "--data", data)[1]

    def count(self):
        """How many events there were at first: those of the file, and MORE."""
        return 5 + len(MORE)


class Streams(AtStreams):
    def test_a_stream_is_shown_the_same(self):
        for stream in SHOWN:
            for form in ("table", "csv", "json"):
                for more in ((), ("--op", "2021-02-15", "--positie", "9")):
                    ran = self.check_same("show", stream, "--format", form, *more)
                    self.assertEqual(ran[0], 0, ran)
        for more in (("--positie", "0"), ("--bekend-op", remote_test.NOW, "--op", "2030-01-01")):
            self.assertEqual(self.check_same("show", "dossier/K1", *more)[0], 0)
        shown = self.at_server("show", "dossier/K1")[1]
        for word in (b"corrigeert", b"trekt in", b"ingetrokken"):
            self.assertIn(word, shown)

    def test_what_cannot_be_shown_is_said_the_same(self):
        for words in ((), ("K1",), ("dossier/",), ("dossier/123456782",), ("dossier/K9",),
                      ("werkgever/K1",), ("dossier/K1", "--op", "x"),
                      ("dossier/K1", "--positie", "99"), ("dossier/K9", "--positie", "99"),
                      ("dossier/K1", "--positie", "x"), ("dossier/K1", "--format", "xml"),
                      ("dossier/K1", "--bekend-op", "gisteren")):
            ran = self.check_same("show", *words)
            self.assertEqual(ran[0], 2, ran)

    def test_a_dossier_of_others_is_as_one_that_is_not_there(self):
        there = self.at_server("show", "dossier/K1", token=self.velsen)
        self.assertEqual(there[0], 0, there)
        others = self.at_server("show", "dossier/K-2.x", token=self.velsen)
        nobody = self.at_server("show", "dossier/K-9.x", token=self.velsen)
        self.check_said(others, 2, "there is no dossier/K-2.x")
        self.assertEqual(others[2].replace(b"K-2", b"K-9"), nobody[2])
        self.check_said(self.at_server("show", "organisatie", token=self.velsen), 2, "not allow it")
        self.check_said(self.at_server("show", "dossier/K1", token=self.totals), 2, "not allow it")
        # Of a dossier that may be read all but verzuim.
        seen = self.at_server("show", "dossier/K4", token=self.velsen)[1]
        self.assertIn(b"dienstverband_start", seen)
        self.assertNotIn(b"ziek", seen)

    def test_each_report_in_each_format_is_the_same(self):
        for form in FORMS:
            for more, notes in ((("--onderdruk",), 1), (("--positie", "4"), 0),
                                (("--positie", "4", "--en-positie", "12"), 0)):
                ran = self.check_same("report", "kwartaal", *QUARTER, "--format", form, *more)
                self.assertEqual((ran[0], ran[2].count(b"geen/rij")), (0, notes), ran)
        for more in ((), ("--positie", "0"), ("--bekend-op", remote_test.NOW),
                     ("--positie", "4", "--en-bekend-op", remote_test.NOW)):
            ran = self.check_same("report", "kwartaal", *QUARTER, "--format", "csv", *more)
            self.assertEqual(ran[0], 0, ran)
        differs = self.at_server("report", "kwartaal", *QUARTER, "--positie", "4", "--en-positie",
                                 "12")
        self.assertIn(b"dossier/K4", differs[1])
        self.assertEqual(self.check_same("report", "gemeente", *QUARTER, "--waar",
                                         "gemeente=Velsen")[0], 0)
        self.assertEqual(self.check_same("report", "--list")[0], 0)

    def test_what_no_report_is_is_said_the_same(self):
        later = ("--positie", "9", "--en-positie")
        for words in ((), ("kwartaal",), ("kwartaal", "--van", "2021-01-01"), ("geen", *QUARTER),
                      ("../x", *QUARTER), ("gemeente", *QUARTER),
                      ("kwartaal", *QUARTER, "--actor", "a"),
                      ("kwartaal", *QUARTER, "--waar", "gemeente=Velsen"),
                      ("kwartaal", *QUARTER, "--waar", "x"),
                      ("kwartaal", *QUARTER, "--format", "x"),
                      ("kwartaal", *QUARTER, "--positie", "99"),
                      ("kwartaal", *QUARTER, *later, "4"), ("kwartaal", *QUARTER, *later, "99"),
                      ("geen", *QUARTER, *later, "10"), ("geen", *QUARTER, "--herrekend"),
                      ("kwartaal", *QUARTER, "--herrekend")):
            ran = self.check_same("report", *words)
            self.assertEqual(ran[0], 2, ran)
        self.check_said(self.at_server("report", "kwartaal", *QUARTER, token=self.velsen), 2,
                        "not allow it")

    def test_the_whole_log_is_exported_the_same(self):
        for form in ("ndjson", "csv"):
            for more in ((), ("--from", "1"), ("--from", "7"), ("--from", "14")):
                ran = self.check_same("export", "--format", form, *more)
                self.assertEqual(ran[0], 0, ran)
        self.assertEqual(self.at_server("export")[1].count(b"\n"), 13)
        for more in (("--from", "15"), ("--from", "0"), ("--from", "x"), ("--format", "xml")):
            self.assertEqual(self.check_same("export", *more)[0], 2)

    def test_an_export_is_for_who_may_read_everything(self):
        self.check_said(self.at_server("export", token=self.some), 2, "not allow it",
                        "alles mag lezen")
        self.check_said(self.at_server("export", token=self.velsen), 2, "not allow it")

    def test_an_export_that_is_not_whole_says_so(self):
        lines = self.export(self.data).splitlines(keepends=True)
        head = ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nAPI-Version: 1.0.0\r\n"
                "Trede-Positie: 13\r\nContent-Length: %d\r\n\r\n")
        for body, length, shown in ((b"".join(lines[:5]), None, 5), (lines[0] + lines[2], None, 1),
                                    (b"".join(lines[:5]), 10**6, 5), (b"{}\n", None, 0)):
            answer = (head % ("application/x-ndjson", length or len(body))).encode() + body
            other = Lines(self.server.port, answer)
            try:
                ran = self.at_server("export", url=other.url)
            finally:
                other.close()
            self.assertEqual((ran[0], ran[1]), (1, b"".join(lines[:shown])), ran)
            self.assertRegex(ran[2], b"not whole|cut off")

    def test_a_server_that_is_gone_is_said_to_be(self):
        for words in (("show", "dossier/K1"), ("export",), ("report", "kwartaal", *QUARTER),
                      ("record", "--json", json.dumps(contact("dossier/K1", "80")))):
            self.check_said(self.at_server(*words, url="http://127.0.0.1:1"), 1,
                            "cannot be reached")


class Records(AtStreams):
    """What changes something: at the server, and in a copy of its folder as it was."""

    def setUp(self):
        self.copy = self.dir / "kopie"
        self.server.__exit__()
        for folder in (self.data, self.copy):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.dir / "begin", folder)
        self.serve()

    @staticmethod
    def plain(ran):
        """Without what two runs never have in common: moments, and ids that nobody gave."""
        status, out, err = ran
        for pattern, by in ((rb"\d{4}-\d\d-\d\dT[0-9:.]+Z", b"MOMENT"),
                            (rb"(?!00000000-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"UUID")):
            out, err = re.sub(pattern, by, out), re.sub(pattern, by, err)
        return status, out, err

    def check_both(self, *words, token=None, given=""):
        with self.subTest(words=words):
            at_server = self.at_server(*words, token=token or self.all, given=given)
            at_folder = self.trede(*words, "--data", self.copy, given=given)
            self.assertEqual(self.plain(at_server), self.plain(at_folder), (at_server, at_folder))
        return at_folder

    def events(self, data):
        """What is in a log, apart from who recorded it and when."""
        out = []
        for line in self.export(data).splitlines():
            event = json.loads(line)
            for name in ("vastgelegd_op", "actor", "bytes", "stream_id"):
                event.pop(name, None)
            if not event["event_id"].startswith("00000000"):
                event.pop("event_id")
            out.append(event)
        return out

    def check_logs(self, more):
        self.assertEqual(self.events(self.data), self.events(self.copy))
        self.assertEqual(len(self.events(self.data)), self.count() + more)

    def test_what_is_refused_is_refused_with_the_same_words(self):
        before = self.export(self.data)
        for words in REFUSED:
            ran = self.check_both("record", *words)
            self.assertEqual(ran[0], 2, (words, ran))
        ran = self.check_both("record", "--stream", "dossier/NIEUW", "--soort", "ziekmelding",
                              "--geldig-op", "2021-02-03", token=self.sick)
        self.assertTrue(ran[2].startswith(b"trede record: eerste_gebeurtenis: "), ran)
        group = json.dumps([contact("dossier/K1", "21"), enrolment("dossier/K1", "22")])
        ran = self.check_both("record", "--json", group)
        self.assertTrue(ran[2].startswith(b"trede record: event 2: al_in_re_integratie: "), ran)
        mixed = json.dumps([contact("dossier/K1", "21"), contact("dossier/K3", "22", "2021-05-04"),
                            enrolment("dossier/K1", "23")])
        ran = self.check_both("record", "--json", mixed)
        self.assertTrue(ran[2].startswith(b"trede record: event 3: "), ran)
        self.assertEqual(self.export(self.data), before)
        self.check_said(self.at_server("show", "dossier/NIEUW"), 2, "there is no dossier/NIEUW")

    def test_what_is_recorded_is_printed_the_same_and_is_there(self):
        group = json.dumps([enrolment("dossier/K7", "31"), contact("dossier/K1", "32"),
                            contact("dossier/K7", "33", "2021-03-02")])
        for form in ("table", "csv", "json"):
            words = ("--stream", "dossier/K1", "--soort", "contactmoment", "--geldig-op",
                     "2021-02-11", "--contact", "bericht", "--format", form)
            self.assertEqual(self.check_both("record", *words)[0], 0)
        ran = self.check_both("record", "--json", "-", given=group)
        self.assertEqual((ran[0], ran[1].count(b"dossier/K7")), (0, 2), ran)
        # The same once more is there already.
        self.assertEqual(self.check_both("record", "--json", group)[0], 0)
        other = dict(contact("dossier/K1", "32"), contact="bericht")
        self.check_said(self.at_server("record", "--json", json.dumps(other), token=self.all), 2,
                        "with other content")
        words = ("record", "--stream", "dossier/K7", "--soort", "correctie", "--vervangt",
                 ID + "33", "--geldig-op", "2021-03-03", "--contact", "bericht")
        self.assertEqual(self.check_both(*words)[0], 0)
        self.check_logs(7)
        self.assertEqual(self.at_server("show", "dossier/K7", token=self.all)[0], 0)

    def test_what_a_token_may_not_record_is_not_recorded(self):
        def say(event, token):
            return self.at_server("record", "--json", json.dumps(event), token=token)
        for event in (contact("dossier/K-2.x", "41"), enrolment("dossier/K9", "42", "Beverwijk")):
            self.check_said(say(event, self.velsen), 2, "does not allow it")
        self.check_said(say(contact("dossier/K1", "43"), self.keys), 2, "does not allow it")
        self.check_said(say(dict(contact("dossier/K1", "44"), actor="iemand"), self.all), 2,
                        "who the token is of")
        self.check_logs(0)
        self.check_said(self.at_server("show", "dossier/K9"), 2, "there is no dossier/K9")

    def test_a_lost_answer_is_asked_for_again_and_recorded_once(self):
        words = ("record", "--stream", "dossier/K8", "--soort", "aanmelding", "--geldig-op",
                 "2021-03-01", "--gemeente", "Velsen", "--regeling", "participatiewet")
        for cuts, status, more in ((1, 0, 1), (2, 1, 2)):
            between = Cutting(self.server.port, cuts)
            try:
                ran = self.at_server(*words[:2], words[2] + str(cuts), *words[3:],
                                     url=between.url, token=self.all)
            finally:
                between.close()
            self.assertEqual((ran[0], between.asked), (status, 2), ran)
            self.assertEqual(len(self.events(self.data)), self.count() + more)
        self.assertIn(b"is not known", ran[2])

    def test_what_only_reads_is_asked_once(self):
        between = Cutting(self.server.port, 1)
        try:
            self.check_said(self.at_server("show", "dossier/K1", url=between.url), 1, "without an")
        finally:
            between.close()
        self.assertEqual(between.asked, 1)

    def test_a_report_is_laid_down_once_and_kept(self):
        report = ("report", "kwartaal", *QUARTER)
        ran = self.check_both(*report, "--herrekend", token=self.keys)
        self.assertEqual(ran[0], 2)
        ran = self.check_both(*report, "--vaststellen", token=self.totals)
        self.assertEqual(ran[0], 0, ran)
        self.assertEqual(self.check_both(*report, "--vaststellen", token=self.totals)[0], 2)
        self.assertEqual(self.check_both("report", "kwartaal", "--van", "2021-01-01", "--tm",
                                         "2099-12-31", "--vaststellen", token=self.totals)[0], 2)
        late = json.dumps(enrolment("dossier/K6", "51"))
        self.assertEqual(self.check_both("record", "--json", late)[0], 0)
        for form in ("text", "csv"):
            self.assertEqual(self.check_same(*report, "--format", form)[0], 0)
            ran = self.check_same(*report, "--herrekend", "--format", form)
            self.assertEqual(ran[0], 0, ran)
        self.assertIn(b"dossier/K6", self.at_server(*report, "--herrekend")[1])
        for words in (("--actor", "a"), ("--positie", "5")):
            self.check_said(self.at_server(*report, "--vaststellen", *words, token=self.totals), 2,
                            words[0])
        self.check_said(self.at_server(*report, "--vaststellen"), 2, "not allow it")


if __name__ == "__main__":
    server_test.TREDE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
