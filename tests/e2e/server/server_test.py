#!/usr/bin/env python3
"""`trede serve` from outside. `server_test.py TREDE [TEST...]`"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid

TREDE = None
AANMELDING = {"gebeurtenissen": [{"soort": "aanmelding", "geldigOp": "2023-09-01", "attributen": {
    "gemeente": "Velsen", "regeling": "participatiewet"}}]}


def run(*words, status=0):
    """What the program prints; it must end with this status, and say why if it fails."""
    done = subprocess.run([TREDE, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + (done.stderr if status else "")


class Serving:
    """A server that runs until the block ends, or until it is stopped."""

    def __init__(self, data, *options, log):
        self.log = log
        self.clients = []
        with open(log, "ab") as errors:
            self.process = subprocess.Popen(
                [TREDE, "serve", "--data", data, "--listen", "127.0.0.1:0", *options],
                stdout=subprocess.PIPE, stderr=errors, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("luistert op "), (line, pathlib.Path(log).read_text())
        self.address = line.split()[-1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
        self.process.stdout.close()
        for client in self.clients:
            client.connection.close()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def client(self, token):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.clients.append(Client(connection, token))
        return self.clients[-1]


class Client:
    """One connection that is kept, of one who asks."""

    def __init__(self, connection, token):
        self.connection = connection
        self.token = token

    def ask(self, method, path, body=None, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = json.dumps(body)
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read()
        is_json = "json" in response.headers.get("Content-Type", "")
        return response, json.loads(text) if is_json else text.decode()

    def enroll(self, dossier, key):
        return self.ask("POST", f"/v1/dossiers/{dossier}/gebeurtenissen", AANMELDING,
                        If_None_Match="*", Idempotency_Key=key)


class Server(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)
        self.data = self.dir / "werk"
        self.log = self.dir / "log"
        self.password = run("init", "--data", self.data).split()[-1]
        run("record", "--stream", "organisatie", "--soort", "gemeente_toegetreden", "--geldig-op",
            "2020-01-01", "--gemeente", "Velsen", "--data", self.data)
        self.intaker = self.token("invoer", "intaker", "dossier_vastleggen,dossier_lezen",
                                  "--gemeente", "Velsen")

    def token(self, name, role, permissions, *more):
        return run("token", "create", name, "--rol", role, "--mag", permissions, *more, "--data",
                   self.data).strip()

    def serving(self, *options):
        return Serving(self.data, *options, log=self.log)

    def size(self):
        return sum(1 for _ in run("export", "--data", self.data).splitlines())

    def test_what_is_recorded_is_read_and_stays(self):
        dossier = uuid.uuid4()
        with self.serving() as server:
            client = server.client(self.intaker)
            response, made = client.enroll(dossier, "k1")
            self.assertEqual((response.status, response.headers["ETag"]), (201, '"1"'))
            self.assertEqual(response.headers["Trede-Positie"], "2")
            response, again = client.enroll(dossier, "k1")
            self.assertTrue(again["wasErAl"])
            self.assertEqual(again["gebeurtenissen"][0]["eventId"],
                             made["gebeurtenissen"][0]["eventId"])
            where = f"/v1/dossiers/{dossier}"
            late = {"gebeurtenissen": [{"soort": "intake_gestart", "geldigOp": "2023-09-02"}]}
            response, problem = client.ask("POST", where + "/gebeurtenissen", late, If_Match='"0"')
            self.assertEqual((response.status, problem["versie"]), (412, 1))
            response, problem = client.ask("POST", where + "/gebeurtenissen", AANMELDING,
                                           If_Match='"1"')
            self.assertEqual((response.status, problem["regel"]), (409, "al_in_re_integratie"))
            self.assertIn("Aanmelding op 01-09-2023 kan niet", problem["detail"])
            response, shown = client.ask("GET", where)
            self.assertEqual((response.status, shown["gemeente"]), (200, "Velsen"))
            # Beside it who reads goes on, and who would write is told that another does.
            self.assertIn("aanmelding", run("export", "--data", self.data))
            said = run("record", "--stream", "organisatie", "--soort", "afdeling_ingesteld",
                       "--geldig-op", "2021-01-01", "--afdeling", "A", "--data", self.data,
                       status=1)
            self.assertIn("in use by another process", said)
            self.assertEqual(server.stop(), 0)
        self.assertEqual(self.size(), 2)
        self.assertIn("all is well", run("verify", "--data", self.data))
        trail = run("trail", "--data", self.data)
        self.assertEqual(trail.count(f"dossier/{dossier}"), 5)  # each of the five calls

    def test_killed_while_many_record_it_loses_nothing_that_was_acknowledged(self):
        acknowledged = {}
        for _ in range(3):
            with self.serving() as server:
                stop = threading.Event()

                def record(stop=stop, server=server):
                    client = server.client(self.intaker)
                    while not stop.is_set():
                        dossier = str(uuid.uuid4())
                        try:
                            response, made = client.enroll(dossier, dossier)
                        except (http.client.HTTPException, OSError):
                            return
                        assert response.status in (201, 429), (response.status, made)
                        if response.status == 201:
                            acknowledged[made["eerstePositie"]] = dossier

                with concurrent.futures.ThreadPoolExecutor(8) as pool:
                    threads = [pool.submit(record) for _ in range(8)]
                    threading.Event().wait(0.5 + random.random())
                    self.assertEqual(server.stop(signal.SIGKILL), -signal.SIGKILL)
                    stop.set()
                    for thread in threads:
                        thread.result()
            stored = {event["positie"]: event["stream_id"]
                      for event in map(json.loads, run("export", "--data",
                                                       self.data).splitlines())}
            for position, dossier in acknowledged.items():
                self.assertEqual(stored[int(position)], "dossier/" + dossier)
            self.assertIn("all is well", run("verify", "--data", self.data))
        self.assertGreater(len(acknowledged), 30)
        # The next run notes what a killed one recorded and did not note.
        with self.serving() as server:
            self.assertEqual(server.stop(), 0)
        trail = run("trail", "--data", self.data)
        unnoted = [stream for stream in stored.values()
                   if stream != "organisatie" and stream not in trail]
        self.assertEqual(unnoted, [])
        self.assertNotIn("server", run("trail", "--onvoltooid", "--data", self.data))
        self.assertIn("is whole", run("trail", "--verify", "--data", self.data))

    def test_rubbish_gets_an_answer_or_a_close_and_the_others_go_on(self):
        with self.serving() as server:
            client = server.client(self.intaker)
            random.seed(7)
            for rubbish in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\n\r\n",
                            b"GET /v1/maten HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                            b"POST /v1/gebeurtenissen HTTP/1.1\r\nHost: a\r\nContent-Length: "
                            b"99999999999999999999\r\n\r\n", b"\0" * 100_000,
                            b"GET /" + b"a" * 100_000, random.randbytes(5_000)):
                with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
                    raw.sendall(rubbish)
                    raw.shutdown(socket.SHUT_WR)
                    answer = b""
                    try:
                        while piece := raw.recv(65536):
                            answer += piece
                    except ConnectionResetError:
                        pass
                if answer:
                    self.assertRegex(answer, rb"^HTTP/1\.1 4\d\d ")
                self.assertEqual(client.ask("GET", "/v1/maten")[0].status, 200)
            for body in (b"{", b'{"gebeurtenissen":[],"gebeurtenissen":[]}', b'{"x":1}',
                         b"\xff\xfe", b"[" * 10_000):
                client.connection.request(
                    "POST", f"/v1/dossiers/{uuid.uuid4()}/gebeurtenissen", body,
                    {"Authorization": "Bearer " + self.intaker, "Content-Type": "application/json",
                     "If-None-Match": "*"})
                response = client.connection.getresponse()
                problem = json.loads(response.read())
                self.assertEqual((response.status, problem["status"]), (400, 400))
                self.assertEqual(response.headers["Content-Type"], "application/problem+json")
            self.assertEqual(server.stop(), 0)
        self.assertEqual(self.size(), 1)

    def test_who_is_not_let_in_learns_nothing(self):
        board = self.token("bord", "gemeente", "cijfers_lezen", "--gemeente", "Velsen")
        with self.serving() as server:
            figure = "/v1/cijfers/aanmeldingen_open?op=2023-09-01"
            for token, path, status in ((None, figure, 401), ("nonsense", figure, 401),
                                        (board, figure, 200),
                                        (board, figure + "&waar=gemeente%3DBeverwijk", 403),
                                        (board, "/v1/gebeurtenissen", 403),
                                        (board, f"/v1/dossiers/{uuid.uuid4()}", 403)):
                response, _ = server.client(token).ask("GET", path)
                self.assertEqual(response.status, status, path)
                self.assertEqual(response.headers["API-Version"], "1.0.0")

    def test_logs_and_metrics_hold_no_dossier_and_no_secret(self):
        dossier = uuid.uuid4()
        board = self.token("bord", "gemeente", "cijfers_lezen", "--gemeente", "Velsen")
        with self.serving("--log", "json") as server:
            client = server.client(self.intaker)
            client.enroll(dossier, "sleutel-1")
            client.ask("GET", f"/v1/dossiers/{dossier}?op=2023-09-01")
            client.ask("GET", "/v1/nergens/geheim")
            figures = server.client(board)
            kept = figures.ask("GET", "/v1/cijfers/trajecten?op=2023-09-01")[0].headers["ETag"]
            figures.ask("GET", "/v1/cijfers/trajecten?op=2023-09-01", If_None_Match=kept)
            client.ask("POST", f"/v1/dossiers/{dossier}/gebeurtenissen", AANMELDING, If_Match='"1"')
            metrics = server.client(None).ask("GET", "/metrics")[1]
            self.assertEqual(server.stop(), 0)
        self.assertIn('trede_request_seconds_count{operation="legDossierVast",status="201"} 1',
                      metrics)
        self.assertIn('trede_refusals_total{rule="al_in_re_integratie"} 1', metrics)
        self.assertIn("trede_log_append_seconds_count 1\n", metrics)
        self.assertIn('trede_query_seconds_count{maat="trajecten"} 1\n', metrics)
        said = self.log.read_text()
        for line in said.splitlines():
            self.assertEqual(sorted(json.loads(line)), ["bericht", "niveau", "tijd"])
        self.assertIn("operation=legDossierVast status=201", said)
        for secret in (str(dossier), self.intaker, "sleutel-1", "invoer", "geheim", "127.0.0.1 "):
            self.assertNotIn(secret, said + metrics)

    def test_a_person_logs_in_by_a_password_of_their_own(self):
        new = "een heel lange zin 7"
        with self.serving() as server:
            client = server.client(None)
            login = {"actor": "beheerder", "wachtwoord": "fout fout fout"}
            self.assertEqual(client.ask("POST", "/v1/sessies", login)[0].status, 401)
            login["wachtwoord"] = self.password
            response, session = client.ask("POST", "/v1/sessies", login)
            self.assertEqual((response.status, session["moetWachtwoordWijzigen"]), (201, True))
            cookie = response.headers["Set-Cookie"]
            for part in ("HttpOnly", "SameSite=Strict"):
                self.assertIn(part, cookie)
            kept = {"Cookie": cookie.split(";")[0]}
            # A password for one time opens nothing but the way to another one.
            self.assertEqual(client.ask("GET", "/v1/maten", **kept)[0].status, 403)
            own = "/v1/sessies/huidige"
            change = {"oud": self.password, "nieuw": new}
            response, _ = client.ask("PUT", own + "/wachtwoord", change, **kept)
            self.assertEqual(response.status, 403)  # it does not say that a page of ours asks
            safe = kept | {"X-CSRF-Token": session["csrfToken"]}
            response, problem = client.ask("PUT", own + "/wachtwoord", change, **safe)
            self.assertEqual(response.status, 204, problem)
            self.assertEqual(client.ask("GET", "/v1/maten", **kept)[0].status, 200)
            response, who = client.ask("GET", own, **kept)
            self.assertEqual((who["actor"], who["rollen"]), ("beheerder", ["beheerder"]))
            self.assertEqual(client.ask("DELETE", own, **safe)[0].status, 204)
            self.assertEqual(client.ask("GET", "/v1/maten", **kept)[0].status, 401)
            self.assertEqual(server.stop(), 0)
        for secret in (self.password, new, session["csrfToken"], kept["Cookie"].split("=")[1]):
            self.assertNotIn(secret, self.log.read_text())
            for file in self.data.rglob("*"):
                if file.is_file():
                    self.assertNotIn(secret.encode(), file.read_bytes(), file)

    def certificate(self, name):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + name,
                        "-keyout", self.dir / "key.pem", "-out", self.dir / "cert.pem"],
                       check=True, capture_output=True)

    def shown_certificate(self, port):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
            with context.wrap_socket(plain) as secure:
                self.assertEqual(secure.version(), "TLSv1.3")
                return secure.getpeercert(binary_form=True)

    def test_certificates_are_read_again_without_a_stop(self):
        self.certificate("een")
        config = self.dir / "trede.toml"
        config.write_text('[server]\nlisten = ["https://127.0.0.1:0"]\n'
                          f'certificate = "{self.dir}/cert.pem"\nkey = "{self.dir}/key.pem"\n')
        with open(self.log, "ab") as errors:
            process = subprocess.Popen([TREDE, "serve", "--data", self.data, "--config", config],
                                       stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            line = process.stdout.readline()
            self.assertTrue(line.startswith("luistert op https://127.0.0.1:"), line)
            port = int(line.rsplit(":", 1)[1])
            first = self.shown_certificate(port)
            self.certificate("twee")
            process.send_signal(signal.SIGHUP)
            while "read again" not in self.log.read_text():
                self.assertIsNone(process.poll())
                os.sched_yield()
            self.assertNotEqual(self.shown_certificate(port), first)
            (self.dir / "cert.pem").write_text("nonsense")
            process.send_signal(signal.SIGHUP)
            while "stay as they were" not in self.log.read_text():
                self.assertIsNone(process.poll())
                os.sched_yield()
            self.assertNotEqual(self.shown_certificate(port), first)
        finally:
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=60), 0)
            process.stdout.close()

    def test_what_cannot_be_served_is_refused_in_one_line(self):
        config = self.dir / "bad.toml"
        config.write_text("[server]\nlissen = 3\n[log]\nlevel = \"loud\"\n")
        said = run("config", "check", config, status=2)
        self.assertIn("bad.toml:2: server.lissen: unknown", said)
        self.assertIn("bad.toml:4: log.level: expected debug, info, warn or error", said)
        run("serve", "--data", self.data, "--config", config, status=2)
        self.assertIn("--data: missing", run("serve", status=2))
        self.assertIn("nergens", run("serve", "--data", self.dir / "nergens", status=1))
        self.assertIn("--listen", run("serve", "--data", self.data, "--listen", "x", status=2))
        with self.serving() as server:
            said = run("serve", "--data", self.data, "--listen", "127.0.0.1:0", status=1)
            self.assertIn("in use by another process", said)
            other = self.dir / "ander"
            run("init", "--data", other)
            said = run("serve", "--data", other, "--listen", f"127.0.0.1:{server.port}", status=1)
            self.assertIn(str(server.port), said)
            self.assertIn("all is well", run("verify", "--data", other))
        run("serve", "--data", self.data, "--listen", "0.0.0.0:0", status=2)


if __name__ == "__main__":
    TREDE = sys.argv.pop(1)
    unittest.main()
