"""The import format of the contract (section 3): a CSV file in, rows or bad places out."""
import dataclasses
import re
import uuid

import civil
import codes

KEY = re.compile(r"[A-Za-z0-9._-]{1,64}\Z", re.ASCII)
ACTOR = re.compile(r"[A-Za-z0-9._@-]{1,64}\Z", re.ASCII)
UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z", re.ASCII)


@dataclasses.dataclass
class Row:
    line: int
    stream: str
    soort: str
    day: int | None
    attrs: dict
    moment: int | None = None
    event_id: str | None = None
    actor: str | None = None
    vervangt: str | None = None
    groep: str | None = None
    na_afsluiting: str | None = None
    dutch: bool = False  # its cells may have DD-MM-YYYY and a decimal comma


@dataclasses.dataclass(frozen=True)
class Bad:
    line: int
    column: str  # "" where the whole row or file is meant
    text: str


class BadFile(Exception):
    def __init__(self, bad):
        super().__init__(bad)
        self.bad = bad


def bsn(key):
    """Whether `key` is an 8- or 9-digit number that passes the elfproef."""
    if not re.fullmatch(r"\d{8,9}", key, re.ASCII):
        return False
    digits = [int(c) for c in key.rjust(9, "0")]
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits))
    return total % 11 == 0


def organisation_string(text):
    return 1 <= len(text) <= 64 and all(
        c in " ._&'()/-" or c.isdigit() and c.isascii() or c.isalpha() for c in text)


def split_cells(text):
    """The rows of RFC 4180 text as (line, cells), with the separator found from the header."""
    header_end = re.search(r"\r?\n|\Z", text).start()
    separator = ";" if ";" in text[:header_end] and "," not in text[:header_end] else ","
    rows, cells, cell, line, start, i = [], [], [], 1, 1, 0
    while i < len(text):
        if text[i] == '"':
            if cell:
                raise BadFile([Bad(start, "", "a quote inside an unquoted cell")])
            i += 1
            while True:
                if i >= len(text):
                    raise BadFile([Bad(start, "", "a quote is never closed")])
                if text[i] == '"':
                    if text[i + 1:i + 2] == '"':
                        cell.append('"')
                        i += 2
                        continue
                    break
                line += text[i] == "\n"
                cell.append(text[i])
                i += 1
            i += 1
            if text[i:i + 1] not in ("", separator, "\n") and text[i:i + 2] != "\r\n":
                raise BadFile([Bad(start, "", "text after a closing quote")])
            continue
        ends_row = text[i] == "\n" or text[i:i + 2] == "\r\n"
        if text[i] == separator or ends_row:
            cells.append("".join(cell))
            cell = []
            if ends_row:
                rows.append((start, cells))
                cells = []
                i += text[i] == "\r"
                line += 1
                start = line
        else:
            cell.append(text[i])
        i += 1
    if cell or cells or text[-1:] == '"':
        cells.append("".join(cell))
        rows.append((start, cells))
    return separator, rows


def read_file(content):
    """All rows of the file. Raises BadFile with every bad place found."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([Bad(content[:error.start].count(b"\n") + 1, "", "not UTF-8")]) from error
    if "\0" in text:
        raise BadFile([Bad(text[:text.index("\0")].count("\n") + 1, "", "a NUL")])
    separator, rows = split_cells(text)
    if not rows:
        raise BadFile([Bad(1, "", "no header")])
    header = rows[0][1]
    known = codes.BASE_COLUMNS + codes.ATTRIBUTE_COLUMNS
    bad = [Bad(1, name, "no such column") for name in header if name not in known]
    bad += [Bad(1, name, "twice") for name in set(header) if header.count(name) > 1]
    if bad:
        raise BadFile(bad)
    good = []
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            bad.append(Bad(line, "", f"{len(cells)} cells, expected {len(header)}"))
            continue
        found = {name: cell for name, cell in zip(header, cells) if cell}
        row = Reader(line, found, separator == ";").row(bad)
        if row:
            good.append(row)
    if bad:
        raise BadFile(sorted(bad, key=lambda b: b.line))
    return good


class Reader:
    """Reads one row; `cells` holds only what is not empty."""

    def __init__(self, line, cells, dutch):
        self.line, self.cells, self.dutch, self.bad = line, cells, dutch, []

    def wrong(self, column, text):
        self.bad.append(Bad(self.line, column, text))

    def row(self, bad):
        row = Row(self.line, self.cells.get("stream", ""), self.cells.get("soort", ""), None, {},
                  dutch=self.dutch)
        where = self.read_stream(row)
        self.read_base(row)
        if row.soort == "intrekking":
            self.read_intrekking(row)
        elif row.soort == "correctie":
            self.read_day(row)
            self.needs_vervangt(row)
            row.attrs = self.attribute_cells()  # read once the kind is known
        elif row.soort not in codes.KINDS:
            self.wrong("soort", "no such kind")
        else:
            self.read_kind(row, where)
        bad.extend(self.bad)
        return None if self.bad else row

    def read_stream(self, row):
        where, slash, key = row.stream.partition("/")
        good = (where == "organisatie" and not slash) or (
            where in ("dossier", "werkgever") and KEY.match(key))
        if not good:
            self.wrong("stream", "organisatie, dossier/KEY or werkgever/KEY")
        elif slash and bsn(key):
            self.wrong("stream", "the KEY passes for a BSN")
        return where

    def read_base(self, row):
        if "vastgelegd_op" in self.cells:
            row.moment = civil.parse_moment(self.cells["vastgelegd_op"])
            if row.moment is None:
                self.wrong("vastgelegd_op", "an RFC 3339 moment with offset")
        for name in ("event_id", "vervangt"):
            if name in self.cells:
                if UUID.match(self.cells[name]):
                    setattr(row, name, str(uuid.UUID(self.cells[name])))
                else:
                    self.wrong(name, "a UUID")
        for name in ("actor", "groep"):
            if name in self.cells:
                setattr(row, name, self.cells[name])
                if not ACTOR.match(self.cells[name]):
                    self.wrong(name, "[A-Za-z0-9._@-]{1,64}")
                elif name == "actor" and bsn(self.cells[name]):
                    self.wrong(name, "passes for a BSN")
        if "na_afsluiting" in self.cells:
            row.na_afsluiting = self.cells["na_afsluiting"]
            if row.na_afsluiting not in codes.NA_AFSLUITING:
                self.wrong("na_afsluiting", "one of " + ", ".join(codes.NA_AFSLUITING))
        if row.event_id is None and not row.stream.startswith("dossier/"):
            self.wrong("event_id", "needed outside dossier streams")

    def attribute_cells(self):
        return {name: cell for name, cell in self.cells.items()
                if name not in codes.BASE_COLUMNS}

    def read_day(self, row):
        text = self.cells.get("geldig_op", "")
        row.day = civil.parse_day(text, self.dutch)
        if row.day is None:
            self.wrong("geldig_op", "a day")
        elif row.day < civil.FIRST_DAY:
            self.wrong("geldig_op", "not before 1950-01-01")

    def needs_vervangt(self, row):
        if "vervangt" not in self.cells:
            self.wrong("vervangt", "needed")

    def read_intrekking(self, row):
        self.needs_vervangt(row)
        if "geldig_op" in self.cells:
            self.wrong("geldig_op", "an intrekking has none")
        row.attrs = self.attribute_cells()
        for name in row.attrs:
            if name != "reden":
                self.wrong(name, "an intrekking has no such attribute")
        if row.attrs.get("reden") not in codes.INTREKKING_REDEN:
            self.wrong("reden", "one of " + ", ".join(codes.INTREKKING_REDEN))

    def read_kind(self, row, where):
        self.read_day(row)
        if "vervangt" in self.cells:
            self.wrong("vervangt", "only correctie and intrekking have it")
        if where != codes.KINDS[row.soort]["where"]:
            self.wrong("stream", "the kind belongs to another stream")
        row.attrs, wrong = read_attributes(row.soort, self.attribute_cells(), self.dutch)
        for name, text in wrong:
            self.wrong(name, text)


def read_attributes(soort, cells, dutch):
    """The attributes of a kind in their canonical values, and the wrong ones (name, text)."""
    kind = codes.KINDS[soort]
    types = {**kind["required"], **kind["optional"]}
    attrs, wrong = {}, []
    for name, cell in cells.items():
        if name not in types:
            wrong.append((name, f"{soort} has no such attribute"))
            continue
        value = read_value(types[name], cell, dutch)
        if value is None:
            wrong.append((name, "not a good value"))
        elif name in ("werkcoach", "werkgever") and bsn(value):
            wrong.append((name, "passes for a BSN"))
        else:
            attrs[name] = value
    wrong += [(name, "needed") for name in kind["required"] if name not in cells]
    if not wrong:
        wrong += beyond_one_cell(soort, attrs)
    return attrs, wrong


def beyond_one_cell(soort, attrs):
    """What a kind asks of its attributes together."""
    if soort == "dienstverband_start" and "gemeente" not in attrs and (
            attrs["dienstverband"] in ("wsw", "beschut_werk")):
        return [("gemeente", "needed for wsw and beschut_werk")]
    if soort == "dienstverband_gewijzigd" and not attrs:
        return [("afdeling", "at least one of afdeling and deeltijdfactor")]
    if soort in ("ziekmelding", "verzuim_gewijzigd") and "vastgesteld_door" not in attrs and (
            attrs.get("percentage", 100) < 100):
        return [("vastgesteld_door", "needed below 100")]
    return []


def read_value(kind, cell, dutch):
    """The value of one cell; None when it is not good."""
    if isinstance(kind, tuple):
        return cell if cell in kind else None
    if kind == codes.TEXT:
        return cell if organisation_string(cell) else None
    if kind == codes.KENMERK:
        return cell if KEY.match(cell) else None
    if kind == codes.DAY:
        return civil.parse_day(cell, dutch)
    if kind == codes.DOELGROEPEN:
        parts = cell.split("|")
        return frozenset(parts) if all(p in codes.DOELGROEP for p in parts) else None
    if kind == codes.PERIODE:
        return cell if civil.parse_periode(cell) else None
    if kind == codes.TIJDVAK:
        return cell if civil.parse_tijdvak(cell) else None
    if kind == codes.WAAR:
        parts = [part.partition("=") for part in cell.split(";")]
        good = all(name in codes.DIMENSIONS and code for name, _, code in parts)
        return cell if good else None
    return read_number(kind, cell, dutch)


def read_number(kind, cell, dutch):
    whole = {codes.YEAR: (1900, 2100), codes.PERCENTAGE: (1, 100), codes.COUNT: (1, 2 ** 31 - 1),
             codes.CENT: (-2 ** 63, 2 ** 63 - 1)}
    if kind in whole:
        low, high = whole[kind]
        if not re.fullmatch(r"-?\d{1,19}", cell, re.ASCII) or not low <= int(cell) <= high:
            return None
        return int(cell)
    if dutch:
        cell = cell.replace(",", ".", 1)
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", cell, re.ASCII):
        return None
    places = len(cell.partition(".")[2])
    value = civil.Fraction(cell)
    if kind == codes.FACTOR:
        return value if 0 < value <= 2 and places <= 4 else None
    if kind == codes.UREN:
        return value if 0 <= value <= 168 else None
    return value
