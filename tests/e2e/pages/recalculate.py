"""`recalculate.py NAME...`: what the workbook NAME.xlsx shows after it was recalculated.

The stored values of its formulas are taken away, LibreOffice opens and recalculates it, and every
cell must show what NAME.csv, the same report, says is printed.
"""
import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

WORDS = {"nvt": "n.v.t.", "geen_gegevens": "geen gegevens", "leeg": "", "onderdrukt": "x"}
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""
# Fields 44, quoted 34, UTF-8 76, from line 1; cells as shown; of every sheet a file.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


def without_values(workbook, copy):
    """Copies the workbook without what its formulas came to; returns how many it has."""
    formulas = 0
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data, count = re.subn(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", data)
                formulas += count
            target.writestr(name, data)
    return formulas


def recalculated(workbook, place):
    """Every sheet in order, as lists of rows of what cells show."""
    profile = place / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    out = place / "out"
    subprocess.run(["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
                    "--convert-to", AS_SHOWN, "--outdir", out, workbook],
                   check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(workbook) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    sheets = []
    for name in names:
        name = name.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        with open(out / f"{workbook.stem}-{name}.csv", encoding="utf-8", newline="") as file:
            sheets.append(list(csv.reader(file)))
    return sheets


def printed(cell):
    """What the report prints there, in the signs of an English spreadsheet."""
    if cell["toestand"] == "tekst":
        return cell["waarde"]
    if cell["toestand"] == "dag":
        return "-".join(reversed(cell["waarde"].split("-")))
    if cell["toestand"] != "getal":
        return WORDS[cell["toestand"]]
    whole, point, decimals = cell["waarde"].partition(".")
    text = f"{int(whole):,}" if whole != "-0" else whole
    text += point + decimals + ("%" if cell["eenheid"] == "procent" else "")
    text += f" ({cell['delen']})" if cell["delen"] else ""
    return f"{cell['oordeel']} {text}" if cell["oordeel"] else text


def expected(report):
    """Per section, per table, its rows: title and what its cells show."""
    sections = {}
    with open(report, encoding="utf-8", newline="") as file:
        for cell in csv.DictReader(file):
            if cell["kolom"].startswith("toelichting/"):
                continue
            table = sections.setdefault(cell["sectie"], {}).setdefault(cell["tabel"], {})
            table.setdefault(cell["rij"], (cell["rij_titel"], []))[1].append(printed(cell))
    return [[list(rows.values()) for rows in section.values()] for section in sections.values()]


def check_sheet(lines, section):
    """Finds the rows of each table one under the other; returns how many cells agree."""
    at = agree = 0
    for table in section:
        start = None
        for title, cells in table:
            while at < len(lines) and lines[at][0] != title:
                at += 1
            assert at < len(lines), f"no row {title}"
            assert start is None or at == start + 1, f"{title} does not follow the row before it"
            shown = [text.strip() for text in lines[at][1:]]
            shown += [""] * (len(cells) - len(shown))
            assert shown[:len(cells)] == cells, f"{title}: shows {shown}, printed {cells}"
            start = at
            at += 1
            agree += len(cells)
    return agree


def check(name):
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        bare = place / "bare.xlsx"
        formulas = without_values(name + ".xlsx", bare)
        sheets, want = recalculated(bare, place), expected(name + ".csv")
        agree = sum(check_sheet(lines, section) for lines, section in zip(sheets, want))
        assert len(sheets) > len(want) and sheets[-1][0][0] == "Rapport", sheets[-1]
        print(f"{pathlib.Path(name).name}: {agree} cells show what is printed after {formulas} "
              "formulas were recalculated")
        return formulas


assert sum([check(name) for name in sys.argv[1:]]) > 0, "no workbook has a formula"
