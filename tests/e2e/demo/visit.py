#!/usr/bin/env python3
"""`visit.py SAID there|gone`: what the demonstration said of its server is so."""
import json
import re
import sys
import urllib.error
import urllib.request

said = open(sys.argv[1], encoding="utf-8").read()
address = re.search(r"http://127[^ \n]*", said).group()
password = re.search(r"with the password ([0-9a-f]+) as", said).group(1)
if sys.argv[2] == "gone":
    try:
        urllib.request.urlopen(address + "/livez", timeout=10)
    except urllib.error.URLError:
        sys.exit()
    sys.exit("the server runs still")
with urllib.request.urlopen(address + "/", timeout=10) as page:
    assert b"<title>Trede</title>" in page.read(), "there is no page"
for actor in ("werkcoach", "gemeente", "auditor", "kantoor"):
    body = json.dumps({"actor": actor, "wachtwoord": password}).encode()
    request = urllib.request.Request(address + "/v1/sessies", body,
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 201, (actor, answer.status)
        assert not json.load(answer)["moetWachtwoordWijzigen"], actor
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    if actor != "werkcoach":
        continue
    request = urllib.request.Request(address + "/v1/caseload", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        first = json.load(answer)["dossiers"][0]["id"]
    request = urllib.request.Request(f"{address}/v1/dossiers/{first}/persoon",
                                     headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert json.load(answer)["naam"].startswith("Van den "), "a person without a name"
