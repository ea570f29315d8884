"""`report_xlsx.py BUILD`: the workbook of a report holds, cell by cell, the figures of its CSV."""
import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

BUILD = pathlib.Path(sys.argv[1])
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
WORDS = {"nvt": "n.v.t.", "geen_gegevens": "geen gegevens", "leeg": None}


def trede(*words):
    return subprocess.run([BUILD / "trede", *words], check=True, capture_output=True).stdout


def sheets(data):
    """Per sheet in order: {row: {column: text or number}}, as a spreadsheet program reads it."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        shared = ["".join(item.itertext()) for item in
                  ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = sorted((name for name in book.namelist()
                        if name.startswith("xl/worksheets/sheet")),
                       key=lambda name: int(re.search(r"\d+", name)[0]))
        return [rows_of(ElementTree.fromstring(book.read(name)), shared) for name in names]


def rows_of(sheet, shared):
    rows = {}
    for cell in sheet.iterfind(".//m:c", NS):
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
        text = cell.findtext("m:v", namespaces=NS)
        if text is None:  # form only
            continue
        value = shared[int(text)] if cell.get("t") == "s" else float(text)
        rows.setdefault(int(row), {})[column] = value
    return rows


def tables(report):
    """Per section in order, per table, its rows: title and cells as they must stand there."""
    sections = {}
    for cell in csv.DictReader(io.StringIO(report)):
        value = WORDS.get(cell["toestand"])
        if cell["toestand"] == "getal":
            value = float(cell["waarde"]) / (100 if cell["eenheid"] == "procent" else 1)
        table = sections.setdefault(cell["sectie"], {}).setdefault(cell["tabel"], {})
        table.setdefault(cell["rij"], (cell["rij_titel"], []))[1].append(value)
    return [[list(rows.values()) for rows in section.values()] for section in sections.values()]


def check_sheet(rows, section):
    """Finds the rows of each table one under the other; returns how many figures agree."""
    lines = [rows[number] for number in sorted(rows)]
    at = agree = 0
    for table in section:
        for title, cells in table:
            want = {chr(ord("B") + i): v for i, v in enumerate(cells) if v is not None}
            while at < len(lines) and not matches(lines[at], title, want):
                at += 1
            assert at < len(lines), f"{title}: {cells} is not in the workbook"
            at += 1
            agree += len(want)
    return agree


def matches(line, title, want):
    have = {column: value for column, value in line.items() if column != "A"}
    if line.get("A") != title or have.keys() != want.keys():
        return False
    return all(abs(have[c] - v) < 1e-12 if isinstance(v, float) else have[c] == v
               for c, v in want.items())


def main():
    with tempfile.TemporaryDirectory() as place:
        data, events = place + "/werk", place + "/q1.csv"
        subprocess.run([BUILD / "tests/reports/reconstruct", events], check=True,
                       capture_output=True)
        trede("init", "--data", data)
        trede("import", events, "--data", data, "--as-recorded")
        report = ["report", "kwartaal", "--van", "2021-01-01", "--tm", "2021-03-31", "--data", data]
        book = sheets(trede(*report, "--format", "xlsx"))
        want = tables(trede(*report, "--format", "csv").decode())
        assert len(book) == len(want) + 1, "a sheet per section, and one that says where from"
        agree = sum(check_sheet(rows, section) for rows, section in zip(book, want))
        with open(events, encoding="utf-8") as file:
            positie = len(file.readlines()) - 1  # under the header one event per line
        assert book[-1][4]["B"] == str(positie), book[-1]
        assert agree > 300, agree
        print(f"{agree} figures on {len(want)} sheets are those of the report")


main()
