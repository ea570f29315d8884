#!/usr/bin/env python3
"""Commands against a server answer what they answer against its folder, byte for byte.

`remote_test.py TREDE [TEST...]`
"""

import datetime
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
import server_test  # noqa: E402

OPEN = "aanmeldingen_open"
# When everything of this test was known, which is not known when this is read.
NOW = object()
PERIOD = ("--van", "2021-01-01", "--tm", "2021-06-30")
DAY = ("--op", "2021-03-31")
ROWS = """stream,soort,geldig_op,event_id,gemeente,regeling
organisatie,gemeente_toegetreden,2020-01-01,00000000-0000-4000-8000-000000000001,Velsen,
organisatie,gemeente_toegetreden,2020-01-01,00000000-0000-4000-8000-000000000002,Beverwijk,
dossier/K1,aanmelding,2021-01-04,,Velsen,participatiewet
dossier/K-2.x,aanmelding,2021-02-01,,Beverwijk,participatiewet
dossier/K3,aanmelding,2021-05-03,,Velsen,participatiewet
"""
QUESTIONS = (
    (OPEN, *DAY), (OPEN, *DAY, "--per", "gemeente"),
    ("aanmeldingen", *PERIOD), ("aanmeldingen", *PERIOD, "--per", "gemeente"),
    ("aanmeldingen", *PERIOD, "--waar", "gemeente=Velsen"),
    ("aanmeldingen", *PERIOD, "--per", "gemeente", "--positie", "4"),
    ("aanmeldingen", *PERIOD, "--positie", "0"),
    ("aanmeldingen", *PERIOD, "--bekend-op", NOW),
    ("aanmeldingen", *PERIOD, "--bekend-op", "2001-01-01T00:00:00+02:00"),
    ("trajectduur", *PERIOD),
)
WRONG = (
    (), ("geen_maat",), ("aanmeldingen",), ("aanmeldingen", *DAY), (OPEN, *PERIOD),
    ("aanmeldingen", "--van", "2021-02-01", "--tm", "2021-01-01"),
    (OPEN, "--op", "2021-02-30"), (OPEN, "--per", "gemeente,"),
    (OPEN, "--per", "schoenmaat"), (OPEN, "--waar", "gemeente"),
    (OPEN, "--waar", "gemeente="), (OPEN, "--waar", "trede=99"),
    (OPEN, "--positie", "99"), (OPEN, "--positie", "-1"),
    (OPEN, "--positie", "99999999999999999999"), (OPEN, "--positie", "een"),
    (OPEN, "--bekend-op", "gisteren"), (OPEN, "--bekend-op", "2021-01-01T00:00:00"),
    (OPEN, "--positie", "1", "--bekend-op", "2099-01-01T00:00:00Z"),
    (OPEN, "--format", "xml"),
)
MOMENTS = (
    ("--positie", "3", "--en-positie", "5"), ("--positie", "0", "--en-positie", "5"),
    ("--positie", "5", "--en-bekend-op", NOW),
    (), ("--positie", "3"), ("--positie", "5", "--en-positie", "3"),
    ("--positie", "3", "--en-positie", "99"), ("--positie", "99", "--en-positie", "3"),
    ("--positie", "3", "--en-positie", "x"), ("--positie", "3", "--en-bekend-op", "x"),
    ("--positie", "3", "--en-positie", "4", "--en-bekend-op", "2099-01-01T00:00:00Z"),
)
OTHERS = ("init", "import", "rebuild", "verify", "retention",
          "simulate", "checkpoint", "prove", "audit", "evidence", "verify-evidence", "trail",
          "backup", "restore", "serve", "person show", "user list", "token list", "config show")


class Listening(threading.Thread):
    """One who serves one connection after the other, and hangs up; `serve` says how."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.start()

    def run(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            with client:
                self.serve(client)

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.join()


class Answering(Listening):
    """One who answers each connection with these bytes, whatever is asked."""

    def __init__(self, answer):
        self.answer = answer
        super().__init__()

    def serve(self, client):
        client.recv(65536)
        client.sendall(self.answer)


class AtServer(unittest.TestCase):
    """A folder with a server over it, asked both ways."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.dir = pathlib.Path(cls.folder.name)
        cls.data = cls.dir / "werk"
        server_test.run("init", "--data", cls.data)
        (cls.dir / "rijen.csv").write_text(ROWS)
        server_test.run("import", cls.dir / "rijen.csv", "--data", cls.data)
        cls.now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        cls.all = cls.token("alles", "controller", "cijfers_lezen,cijfers_verklaren")
        cls.keys = cls.token("sleutels", "auditor",
                             "cijfers_lezen,cijfers_verklaren,dossier_lezen")
        cls.server = server_test.Serving(cls.data, log=cls.dir / "log")
        cls.addClassCleanup(cls.server.__exit__)
        cls.url = f"http://127.0.0.1:{cls.server.port}"

    @classmethod
    def token(cls, name, role, permissions):
        text = server_test.run("token", "create", name, "--rol", role, "--mag", permissions,
                               "--data", cls.data)
        file = cls.dir / name
        file.write_text(text)
        file.chmod(0o600)
        return file

    def trede(self, *words, given=""):
        words = [self.now if word is NOW else str(word) for word in words]
        done = subprocess.run([server_test.TREDE, *words], capture_output=True,
                              input=given.encode(), check=False)
        return done.returncode, done.stdout, done.stderr

    def at_server(self, *words, url=None, token=None, given=""):
        return self.trede(*words, "--server", url or self.url, "--token-file", token or self.keys,
                          given=given)

    def check_same(self, *words, given=""):
        with self.subTest(words=words):
            at_folder = self.trede(*words, "--data", self.data, given=given)
            at_server = self.at_server(*words, given=given)
            self.assertTrue(at_server == at_folder, (words, at_server, at_folder))
        return at_folder

    def check_said(self, ran, status, *says):
        self.assertEqual((ran[0], ran[1]), (status, b""), ran)
        self.assertEqual(ran[2].count(b"\n"), 1, ran)
        for one in says:
            self.assertIn(one, ran[2].decode())


class Remote(AtServer):
    def test_each_question_in_each_format_is_the_same(self):
        for command in ("query", "explain"):
            for question in QUESTIONS:
                for form in ("table", "csv", "json"):
                    ran = self.check_same(command, *question, "--format", form)
                    self.assertEqual(ran[0], 0, (command, question, ran))
        # What is compared is not nothing.
        shown = self.at_server("explain", "aanmeldingen", *PERIOD)[1].decode()
        self.assertIn("dossier/K-2.x", shown)
        self.assertIn("dossier/K3", shown)

    def test_each_mistake_is_said_the_same(self):
        for command in ("query", "explain"):
            for words in WRONG:
                ran = self.check_same(command, *words)
                self.assertEqual(ran[0], 2, (command, words, ran))

    def test_two_moments_are_compared_the_same(self):
        went_well = 0
        for question in QUESTIONS[1:3]:
            for moments in MOMENTS:
                for form in ("table", "csv", "json"):
                    ran = self.check_same("diff", *question, *moments, "--format", form)
                    went_well += ran[0] == 0
        self.assertEqual(went_well, 2 * 3 * 3)

    def test_a_batch_is_the_same(self):
        lines = "aanmeldingen_open --op 2021-03-31\n\nnonsens\naanmeldingen_open --positie 99\n" \
                "aanmeldingen --van 2021-01-01 --tm 2021-06-30 --per gemeente\n\"\n"
        status, out, _ = self.check_same("query", "--batch", "-", given=lines)
        self.assertEqual((status, out.count(b" error: ")), (2, 3))
        (self.dir / "vragen").write_text(lines.splitlines()[0] + "\n")
        self.assertEqual(self.check_same("query", "--batch", self.dir / "vragen")[0], 0)

    def test_what_a_token_may_not_see_stays_unseen(self):
        ran = self.at_server("explain", "aanmeldingen", *PERIOD, token=self.all)
        self.check_said(ran, 2, "does not allow it", "sleutels")
        self.assertNotIn(b"K1", ran[2])
        self.assertEqual(self.at_server("query", OPEN, *DAY, token=self.all)[0], 0)
        self.check_same("query", "verzuimpercentage", *PERIOD)
        self.check_said(self.at_server("explain", "verzuimpercentage", *PERIOD), 2,
                        "does not allow it", "verzuimadviseur")
        strange = self.dir / "vreemd"
        strange.write_text("trede_strange\n")
        strange.chmod(0o600)
        ran = self.at_server("query", OPEN, token=strange)
        self.check_said(ran, 2, "does not know this token")
        self.assertNotIn(b"trede_strange", ran[2])

    def test_a_token_is_read_from_a_file_that_is_not_for_everybody(self):
        file = self.dir / "open"
        file.write_text(self.keys.read_text())
        for mode in (0o604, 0o602):
            file.chmod(mode)
            self.check_said(self.at_server("query", OPEN, token=file), 2, "chmod 600")
        file.chmod(0o640)
        self.assertEqual(self.at_server("query", OPEN, token=file)[0], 0)
        for text in ("", "twee woorden", "x" * 5000, "\x01"):
            file.write_text(text)
            self.check_said(self.at_server("query", OPEN, token=file), 2, "no token in it")
        self.check_said(self.at_server("query", OPEN, token=self.dir), 2, "not a file")
        self.check_said(self.at_server("query", OPEN, token=self.dir / "weg"), 2, "No such")

    def test_options_that_do_not_go_together_are_refused(self):
        ask = ("query", OPEN)
        for words, says in (
                ((), "--data is required"), (("--server", self.url), "--token-file: missing"),
                (("--token-file", self.keys), "together with --server"),
                (("--ca-file", self.keys), "together with --server"),
                (("--data", self.data, "--server", self.url), "expected one of them"),
                (("--server", self.url, "--token-file", self.keys, "--ca-file", self.keys),
                 "together with https"),
                (("--server", "http://192.0.2.1", "--token-file", self.keys), "not encrypted"),
                (("--server", "trede.example", "--token-file", self.keys), "not an address"),
                (("--server", "https://x/v1", "--token-file", self.keys), "not an address"),
                (("--server", "https://x:0", "--token-file", self.keys), "not an address")):
            with self.subTest(words=words):
                self.check_said(self.trede(*ask, *words), 2, says)
        ran = self.trede(*ask, "--server", "https://me:secret@x", "--token-file", self.keys)
        self.check_said(ran, 2, "holds an @")
        self.assertNotIn(b"secret", ran[2])

    def test_other_commands_say_why_not_and_what_to_do(self):
        for command in OTHERS:
            with self.subTest(command=command):
                ran = self.trede(*command.split(), "--server", self.url, "--token-file", self.keys)
                self.check_said(ran, 2, f"trede {command}: --server: ")

    def test_who_is_no_server_of_this_version_is_not_believed(self):
        head = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s"
        ours = b"API-Version: 1.0.0\r\nTrede-Positie: 5\r\n"
        protobuf = b"application/x-protobuf"
        problem = b'{"detail":"even niet"}'
        for answer, says in (
                (b"", "without an answer"), (b"SSH-2.0-x\r\n\r\n", "no answer in HTTP"),
                (head % (b"200 OK", b"text/html", b"", 2, b"hi"), "no server of Trede"),
                (head % (b"404 Not Found", b"text/html", b"", 2, b"hi"), "no server of Trede"),
                (head % (b"200 OK", protobuf, b"API-Version: 2.0.0\r\n", 0, b""), "version 2.0.0"),
                (head % (b"200 OK", protobuf, ours, 9, b"x"), "cut off"),
                (head % (b"200 OK", protobuf, ours, 0, b""), "not to what was asked"),
                (head % (b"200 OK", protobuf, ours, 1, b"\xff"), "cannot be read"),
                (head % (b"200 OK", b"text/html", ours, 1, b"x"), "another form"),
                (head % (b"412 X", b"x/y", ours, len(problem), problem), "else was first: even"),
                (head % (b"429 X", b"x/y", ours + b"Retry-After: 7\r\n", 2, b"{}"), "again in 7 s"),
                (head % (b"503 X", b"x/y", ours, len(problem), problem), "not answer now: even"),
                (head % (b"500 X", b"x/y", ours, 2, b"hi"), "status 500")):
            with self.subTest(says=says):
                other = Answering(answer)
                try:
                    self.check_said(self.at_server("query", OPEN, url=other.url), 1, says)
                finally:
                    other.close()
        self.check_said(self.at_server("query", OPEN, url=other.url), 1, "cannot be reached")

    def test_a_server_is_known_by_its_certificate(self):
        key, certificate = self.dir / "key.pem", self.dir / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost"], check=True, capture_output=True)
        copy = self.dir / "kopie"
        server_test.run("init", "--data", copy)
        token = self.dir / "tls-token"
        token.write_text(server_test.run("token", "create", "tls", "--rol", "controller", "--mag",
                                         "cijfers_lezen", "--data", copy))
        token.chmod(0o600)
        config = self.dir / "tls.toml"
        config.write_text('[server]\nlisten = ["https://127.0.0.1:0"]\n'
                          f'certificate = "{certificate}"\nkey = "{key}"\n')
        with subprocess.Popen([server_test.TREDE, "serve", "--data", copy, "--config", config],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True) as server:
            self.addCleanup(server.kill)
            port = int(server.stdout.readline().rsplit(":", 1)[1])
            url = f"https://localhost:{port}"
            ask = ("query", OPEN, *DAY)
            there = self.at_server(*ask, "--ca-file", certificate, url=url, token=token)
            self.assertEqual(there, self.trede(*ask, "--data", copy))
            self.assertEqual(there[0], 0)
            self.check_said(self.at_server(*ask, url=url, token=token), 1, "not trusted")
            other = f"https://127.0.0.1:{port}"
            self.check_said(self.at_server(*ask, "--ca-file", certificate, url=other, token=token),
                            1, "not trusted")
            self.check_said(self.at_server(*ask, "--ca-file", token, url=url, token=token), 2,
                            "--ca-file")
            server.kill()


if __name__ == "__main__":
    server_test.TREDE = os.path.abspath(sys.argv.pop(1))
    unittest.main()
