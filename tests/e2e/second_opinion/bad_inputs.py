#!/usr/bin/env python3
"""Bad inputs of every kind of contract sections 3 and 5, one table row each.

    bad_inputs.py TREDE_BINARY [--only TEXT]

Every file case is imported into a folder that holds BASE; it must end with exit status 2, report
exactly the expected places as FILE:LINE: column, and leave the log as it was. A row with several
bad cells is reported at least once. Every command case
must end with its exit status, one line on stderr, nothing on stdout, and leave the log as it was.
"""
import argparse
import dataclasses
import sys

import product

X = "00000000-0000-4000-8000-{:012d}"
BASE_COLUMNS = "stream,soort,geldig_op,event_id,gemeente,afdeling,regeling,dienstverband," \
    "deeltijdfactor,contact,vervangt,reden"
BASE = f"""{BASE_COLUMNS}
organisatie,gemeente_toegetreden,2000-01-01,{X.format(1)},Velsen,,,,,,,
organisatie,afdeling_ingesteld,2000-01-01,{X.format(2)},,Groen,,,,,,
dossier/A,aanmelding,2021-01-01,{X.format(3)},Velsen,,ioaw,,,,,
dossier/A,contactmoment,2021-01-02,{X.format(4)},,,,,,gesprek,,
dossier/A,contactmoment,2021-01-03,{X.format(5)},,,,,,gesprek,,
dossier/A,correctie,2021-01-04,{X.format(6)},,,,,,telefoon,{X.format(5)},
dossier/A,contactmoment,2021-01-05,{X.format(7)},,,,,,bericht,,
dossier/A,intrekking,,{X.format(8)},,,,,,,{X.format(7)},dubbel
dossier/B,dienstverband_start,2021-01-01,{X.format(9)},,Groen,,ambtelijk,1,,,
"""


@dataclasses.dataclass
class FileCase:
    name: str
    content: bytes
    places: list          # (line, column); column "" where only the line is laid down
    by_form: bool = True  # seen from the file alone, without knowing the log
    options: tuple = ()
    status: int = 2
    onto_base: bool = True


def row_case(name, cells, column, by_form=True, separator=","):
    """A good row on line 2, the row under test on line 3, a good row on line 4."""
    good = {"stream": "dossier/A", "soort": "contactmoment", "geldig_op": "2021-02-01",
            "contact": "gesprek"}
    columns = list(dict.fromkeys([*good, *cells]))
    lines = [separator.join(columns)]
    for each in (good, cells, {**good, "contact": "telefoon"}):
        lines.append(separator.join(quoted(each.get(c, ""), separator) for c in columns))
    return FileCase(name, ("\n".join(lines) + "\n").encode(), [(3, column)], by_form)


def quoted(text, separator):
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def event(soort, stream="dossier/A", day="2021-03-01", **cells):
    return {"stream": stream, "soort": soort, "geldig_op": day, **cells}


def contact(**cells):
    return event("contactmoment", **{"contact": "gesprek", **cells})


def organisation(soort, number=90, **cells):
    return event(soort, "organisatie", event_id=X.format(number), **cells)


def csv_cases():
    """What is wrong with the file as CSV."""
    head, row = "stream,soort,geldig_op,contact", "dossier/A,contactmoment,2021-02-01,gesprek"

    def case(name, text, *places, **more):
        content = text if isinstance(text, bytes) else text.encode()
        return FileCase(name, content, list(places), **more)

    return [
        case("an empty file", "", (1, "")),
        case("a column name twice", f"{head},contact\n{row},gesprek\n", (1, "contact")),
        case("an unknown column", f"{head},naam_client\n{row},x\n", (1, "naam_client")),
        case("a column name in capitals", f"{head},Actor\n{row},x\n", (1, "Actor")),
        case("an empty column name", f"{head},\n{row},\n", (1, "")),
        case("a header separated by tabs", head.replace(",", "\t") + "\n", (1, "")),
        case("a header separated by bars", head.replace(",", "|") + "\n", (1, "")),
        case("one cell too few", f"{head}\n{row}\ndossier/A,contactmoment,2021-02-01\n{row}\n",
             (3, "")),
        case("one cell too many", f"{head}\n{row}\n{row},\n{row}\n", (3, "")),
        case("an empty line between rows", f"{head}\n{row}\n\n{row}\n", (3, "")),
        case("a NUL", f"{head}\n{row}\n{row}\0\n", (3, "")),
        case("bytes that are not UTF-8", f"{head}\n{row}\n".encode() + row.encode() + b"\xff\n",
             (3, "")),
        case("an overlong UTF-8 sequence", f"{head}\n{row}\n".encode()
             + row.encode()[:-7] + b"\xc0\xaf\n", (3, "")),
        case("UTF-16", f"{head}\n{row}\n".encode("utf-16"), (1, "")),
        case("a quote that is never closed", f'{head}\n{row}\n{row[:-7]}"gesprek\n{row}\n',
             (3, "")),
        case("text after a closing quote", f'{head}\n{row}\n{row[:-7]}"gesprek"x\n{row}\n',
             (3, "")),
        case("a quote inside an unquoted cell", f'{head}\n{row}\n{row[:-7]}ge"sprek\n{row}\n',
             (3, "")),
        case("a bad row after a cell over two lines",
             f'{head},werkcoach\n{row},\ndossier/A,werkcoach_toegewezen,2021-02-01,,"a\nb"\n'
             f"dossier/A,contactmoment,2021-02-30,gesprek,\n", (3, "werkcoach"), (5, "geldig_op")),
        case("bad cells in two columns of one row",
             f"{head}\n{row}\ndossier/A,contactmoment,2021-02-30,fax\n", (3, "")),
        case("bad rows between good ones",
             f"{head}\n{row}x\n{row}\n{row}y\n", (2, "contact"), (4, "contact")),
        case("a bad row in a file with a BOM and CRLF",
             f"\ufeff{head}\r\n{row}\r\n{row}x\r\n", (3, "contact")),
    ]


def stream_and_kind_cases():
    bad_streams = {"an empty stream": "", "a dossier without KEY": "dossier/",
                   "a KEY with a space": "dossier/a b", "a stream in capitals": "Dossier/A",
                   "an unknown sort of stream": "persoon/A", "a KEY with a slash": "dossier/A/B",
                   "a KEY of 65 characters": "dossier/" + "k" * 65,
                   "a KEY with a letter beyond ASCII": "dossier/é",
                   "a KEY that passes for a BSN": "dossier/123456782",
                   "a KEY that passes for another BSN": "dossier/111222333",
                   "a KEY of 8 digits that passes for a BSN": "dossier/10000008"}
    cases = [row_case(name, contact(stream=stream), "stream")
             for name, stream in bad_streams.items()]
    return cases + [
        row_case("organisatie with a KEY", event("afdeling_ingesteld", "organisatie/x",
                                                 event_id=X.format(90), afdeling="G"), "stream"),
        row_case("a werkgever with a KEY that passes for a BSN",
                 event("relatie_start", "werkgever/123456782", event_id=X.format(90)), "stream"),
        row_case("an unknown kind", event("verjaardag"), "soort"),
        row_case("no kind", event(""), "soort"),
        row_case("a kind in capitals", event("Uitstroom", reden="overig"), "soort"),
        row_case("a dossier kind in a werkgever stream",
                 event("contactmoment", "werkgever/W", contact="gesprek", event_id=X.format(90)),
                 "stream"),
        row_case("a werkgever kind in a dossier", event("relatie_start", event_id=X.format(90)),
                 "stream"),
        row_case("an organisatie kind in a dossier", event("afdeling_ingesteld", afdeling="G",
                                                           event_id=X.format(90)), "stream"),
    ]


def day_cases():
    bad_days = {"no day": "", "the 29th of February of a common year": "2021-02-29",
                "month 13": "2021-13-01", "day 0": "2021-01-00", "two digits of a year": "21-01-01",
                "a day with slashes": "2021/01/01", "one digit of a month": "2021-1-01",
                "a day with a space": " 2021-01-01", "a moment for a day": "2021-01-01T00:00:00Z",
                "a Dutch day in a comma file": "01-02-2021",
                "a word for a day": "gisteren", "digits of another script": "２０２１-01-01"}
    cases = [row_case(name, contact(day=day), "geldig_op") for name, day in bad_days.items()]
    return cases + [
        row_case("a day before 1950", contact(day="1949-12-31"), ""),
        row_case("a Dutch day that does not exist", contact(day="31-02-2021"), "geldig_op",
                 separator=";"),
        row_case("month and day swapped in a Dutch day", contact(day="02-31-2021"), "geldig_op",
                 separator=";"),
        row_case("a bad day as attribute", contact(volgende_actie_op="2021-02-30"),
                 "volgende_actie_op"),
    ]


def base_column_cases():
    correctie = {"stream": "dossier/A", "soort": "correctie", "geldig_op": "2021-03-01",
                 "contact": "gesprek", "vervangt": X.format(4)}
    intrekking = {"stream": "dossier/A", "soort": "intrekking", "vervangt": X.format(4),
                  "reden": "foutief"}
    return [
        row_case("an event_id that is no UUID", contact(event_id="1234"), "event_id"),
        row_case("an event_id of 35 characters", contact(event_id=X.format(90)[:-1]), "event_id"),
        row_case("no event_id in organisatie", event("afdeling_ingesteld", "organisatie",
                                                     afdeling="G"), "event_id"),
        row_case("no event_id in a werkgever stream", event("relatie_start", "werkgever/W"),
                 "event_id"),
        row_case("an actor with a space", contact(actor="a b"), "actor"),
        row_case("an actor of 65 characters", contact(actor="a" * 65), "actor"),
        row_case("an actor that passes for a BSN", contact(actor="123456782"), "actor"),
        row_case("a werkcoach that passes for a BSN",
                 event("werkcoach_toegewezen", werkcoach="123456782"), "werkcoach"),
        row_case("a groep with a comma", contact(groep="a,b"), "groep"),
        row_case("vervangt on an ordinary kind", contact(vervangt=X.format(4)), "vervangt"),
        row_case("a correctie without vervangt", {**correctie, "vervangt": ""}, "vervangt"),
        row_case("a correctie whose vervangt is no UUID", {**correctie, "vervangt": "4"},
                 "vervangt"),
        row_case("a correctie without geldig_op", {**correctie, "geldig_op": ""}, "geldig_op"),
        row_case("an intrekking without vervangt", {**intrekking, "vervangt": ""}, "vervangt"),
        row_case("an intrekking without reden", {**intrekking, "reden": ""}, "reden"),
        row_case("an intrekking with another reden", {**intrekking, "reden": "overig"}, "reden"),
        row_case("an intrekking with geldig_op", {**intrekking, "geldig_op": "2021-03-01"},
                 "geldig_op"),
        row_case("an intrekking with an attribute", {**intrekking, "contact": "gesprek"},
                 "contact"),
        row_case("vastgelegd_op without --as-recorded",
                 contact(vastgelegd_op="2021-03-01T12:00:00Z"), "vastgelegd_op", by_form=False),
        row_case("the same event_id with other content", contact(event_id=X.format(4)),
                 "event_id", by_form=False),
    ]


def attribute_cases():
    job = {"dienstverband": "ambtelijk", "afdeling": "Groen", "deeltijdfactor": "1"}
    money = {"programma": "P", "soort_bedrag": "baten", "bedrag_eurocent": "1", "periode": "2021"}
    start = {"gemeente": "Velsen", "regeling": "ww"}
    target = {"maat": "uitstroom", "periode": "2021", "waarde": "1"}
    table = [
        ("aanmelding without gemeente", event("aanmelding", regeling="ww"), "gemeente"),
        ("aanmelding without regeling", event("aanmelding", gemeente="Velsen"), "regeling"),
        ("aanmelding with regeling wsw", event("aanmelding", **{**start, "regeling": "wsw"}),
         "regeling"),
        ("an empty element in a list", event("aanmelding", **start,
                                             doelgroepen="jongere||pro_vso"), "doelgroepen"),
        ("a list that ends with a bar", event("aanmelding", **start, doelgroepen="jongere|"),
         "doelgroepen"),
        ("an unknown doelgroep", event("aanmelding", **start, doelgroepen="jongere|oudere"),
         "doelgroepen"),
        ("a list separated by commas", event("aanmelding", **start,
                                             doelgroepen="jongere,pro_vso"), "doelgroepen"),
        ("geboortejaar 1899", event("aanmelding", **start, geboortejaar="1899"), "geboortejaar"),
        ("geboortejaar 2101", event("aanmelding", **start, geboortejaar="2101"), "geboortejaar"),
        ("a gemeente with a bar", event("aanmelding", regeling="ww", gemeente="Vel|sen"),
         "gemeente"),
        ("a gemeente with a symbol", event("aanmelding", regeling="ww", gemeente="Velsen€"),
         "gemeente"),
        ("a gemeente of 65 characters", event("aanmelding", regeling="ww", gemeente="V" * 65),
         "gemeente"),
        ("an attribute of another kind", contact(trede="3"), "trede"),
        ("a code in capitals", contact(contact="Gesprek"), "contact"),
        ("a code with a space", contact(contact="gesprek "), "contact"),
        ("a kind without its code", contact(contact=""), "contact"),
        ("intake without uitkomst", event("intake"), "uitkomst"),
        ("uitkomst of another kind", event("intake", uitkomst="toegekend"), "uitkomst"),
        ("trede 2", event("traject_start", trede="2"), "trede"),
        ("a unknown naar", event("trede_doorstroom", naar="onbekend"), "naar"),
        ("uitstroom without reden", event("uitstroom"), "reden"),
        ("a kenmerk with a space", event("voorziening_einde", kenmerk="a b"), "kenmerk"),
        ("a kenmerk of 65 characters", event("voorziening_einde", kenmerk="a" * 65), "kenmerk"),
        ("free text where there is none", contact(naam="heeft griep"), "naam"),
        ("percentage 0", event("ziekmelding", "dossier/B", percentage="0",
                               vastgesteld_door="arbodienst"), "percentage"),
        ("percentage 101", event("ziekmelding", "dossier/B", percentage="101"), "percentage"),
        ("half a percent", event("ziekmelding", "dossier/B", percentage="50.5",
                                 vastgesteld_door="arbodienst"), "percentage"),
        ("a part sick without vastgesteld_door", event("ziekmelding", "dossier/B",
                                                       percentage="50"), "vastgesteld_door"),
        ("a manager who sets a percentage", event("ziekmelding", "dossier/B", percentage="50",
                                                  vastgesteld_door="manager"),
         "vastgesteld_door"),
        ("wsw without gemeente", event("dienstverband_start", "dossier/C", "2010-01-01",
                                       **{**job, "dienstverband": "wsw"}), "gemeente"),
        ("dienstverband_gewijzigd with nothing", event("dienstverband_gewijzigd", "dossier/B"), ""),
        ("uren 169", event("plaatsing", plaatsing="garantiebaan", uren="169"), "uren"),
        ("uren below 0", event("plaatsing", plaatsing="garantiebaan", uren="-1"), "uren"),
        ("a letter in a number", event("plaatsing", plaatsing="garantiebaan", uren="3x"), "uren"),
        ("aantal 0", event("relatie_start", "werkgever/W", event_id=X.format(90), aantal="0"),
         "aantal"),
        ("half an aantal", event("relatie_start", "werkgever/W", event_id=X.format(90),
                                 aantal="1.5"), "aantal"),
        ("half a cent", organisation("boeking", **{**money, "bedrag_eurocent": "1.5"}),
         "bedrag_eurocent"),
        ("an amount without end", organisation("boeking", **{**money,
                                                             "bedrag_eurocent": "9" * 30}),
         "bedrag_eurocent"),
        ("versie of a boeking", organisation("boeking", **money, versie="primair"), "versie"),
        ("waarde in words", organisation("afspraak_vastgesteld", **{**target, "waarde": "veel"}),
         "waarde"),
        ("an unknown richting", organisation("afspraak_vastgesteld", **target, richting="op"),
         "richting"),
    ]
    table += [(f"deeltijdfactor {text}", event("dienstverband_start", "dossier/C",
                                               **{**job, "deeltijdfactor": text}),
               "deeltijdfactor")
              for text in ("0", "-1", "2.0001", "0.12345", "1,5", "half", "1e-1", ".5", "NaN")]
    table += [(f"periode {text}", organisation("boeking", **{**money, "periode": text}),
               "periode")
              for text in ("2021-Q5", "2021-13", "2021-1", "21", "2021-Q", "2021-01-01")]
    return [row_case(name, cells, column) for name, cells, column in table]


def rule_cases():
    """What is good in form, but not in this log. Only the line is laid down."""
    job = {"dienstverband": "ambtelijk", "afdeling": "Groen", "deeltijdfactor": "1"}
    correctie = {"stream": "dossier/A", "soort": "correctie", "geldig_op": "2021-03-01",
                 "contact": "gesprek"}
    intrekking = {"stream": "dossier/A", "soort": "intrekking", "reden": "foutief"}
    table = {
        "a second aanmelding": event("aanmelding", gemeente="Velsen", regeling="ww"),
        "a first event that cannot be first": contact(stream="dossier/new"),
        "an event before the first one": contact(day="2020-12-31"),
        "a gemeente that takes no part": event("aanmelding", "dossier/C", gemeente="Urk",
                                               regeling="ww"),
        "a gemeente before it took part": event("aanmelding", "dossier/C", "1999-12-31",
                                                gemeente="Velsen", regeling="ww"),
        "the gemeente that it is already": event("gemeente_gewijzigd", gemeente="Velsen"),
        "the doelgroepen that they are already": event("doelgroep_gewijzigd"),
        "an afdeling that is not there": event("dienstverband_start", "dossier/C",
                                               **{**job, "afdeling": "Blauw"}),
        "a wsw dienstverband after 2014": event("dienstverband_start", "dossier/C", "2015-01-01",
                                                **{**job, "dienstverband": "wsw",
                                                   "gemeente": "Velsen"}),
        "a second dienstverband": event("dienstverband_start", "dossier/B", **job),
        "a start without intake": event("traject_start", trede="3"),
        "uitstroom without traject": event("uitstroom", reden="overig"),
        "an end of nothing": event("oponthoud_einde"),
        "a stage without traject": event("voorziening_start", voorziening="stage"),
        "a maatregel_herzien without maatregel": event("maatregel_herzien",
                                                       uitkomst="gewijzigd"),
        "recovered without being sick": event("herstelmelding", "dossier/B"),
        "sick without dienstverband": event("ziekmelding"),
        "garantiebaan without right to it": event("plaatsing", plaatsing="garantiebaan"),
        "begeleid_werken without wsw": event("plaatsing", plaatsing="begeleid_werken"),
        "a plaatsing with gemeente that is not first": event(
            "plaatsing", plaatsing="begeleid_werken", regeling="wsw", gemeente="Velsen"),
        "a detachering without dienstverband": event("plaatsing", plaatsing="detachering"),
        "a day too far ahead": contact(day="2999-01-01"),
        "a correctie of what is not there": {**correctie, "vervangt": X.format(99)},
        "a correctie of a correctie": {**correctie, "vervangt": X.format(6)},
        "a correctie of what was withdrawn": {**correctie, "vervangt": X.format(7)},
        "a correctie from another stream": {**correctie, "stream": "dossier/B",
                                            "vervangt": X.format(4)},
        "a correctie with attributes of another kind": {
            **correctie, "contact": "", "naar": "3", "vervangt": X.format(4)},
        "a correctie without what the kind needs": {**correctie, "contact": "",
                                                    "vervangt": X.format(4)},
        "an intrekking of what is not there": {**intrekking, "vervangt": X.format(99)},
        "an intrekking of an intrekking": {**intrekking, "vervangt": X.format(8)},
        "an intrekking of what was withdrawn": {**intrekking, "vervangt": X.format(7)},
        "an intrekking of what others need": {**intrekking, "vervangt": X.format(3)},
        "entering twice": organisation("gemeente_toegetreden", gemeente="Velsen"),
        "leaving what was not entered": organisation("gemeente_uitgetreden", gemeente="Urk"),
    }
    return [row_case(name, cells, "", by_form=False) for name, cells in table.items()]


def moment_cases():
    """Recording moments, with --as-recorded, into an empty log."""
    def case(name, *moments, place):
        lines = ["stream,soort,geldig_op,vastgelegd_op,event_id,afdeling"]
        lines += [f"organisatie,afdeling_ingesteld,2020-01-01,{moment},{X.format(50 + n)},A{n}"
                  for n, moment in enumerate(moments)]
        return FileCase(name, ("\n".join(lines) + "\n").encode(), [(place, "vastgelegd_op")],
                        False, ("--as-recorded",), 2, False)

    good = "2021-01-01T12:00:00Z"
    return [
        case("a moment without offset", good, "2021-01-02T12:00:00", place=3),
        case("a moment that is a day", good, "2021-01-02", place=3),
        case("hour 24", good, "2021-01-02T24:00:00Z", place=3),
        case("an offset without colon", good, "2021-01-02T12:00:00+0100", place=3),
        case("a moment that does not exist", good, "2021-02-30T12:00:00Z", place=3),
        case("no moment", good, "", place=3),
        case("a moment that falls", good, "2021-01-01T11:59:59Z", place=3),
        case("a moment that falls by its offset", good, "2021-01-01T12:30:00+01:00", place=3),
        case("a moment in the future", good, "2999-01-01T12:00:00Z", place=3),
    ]


def file_cases():
    return [*csv_cases(), *stream_and_kind_cases(), *day_cases(), *base_column_cases(),
            *attribute_cases(), *rule_cases(), *moment_cases()]


GOOD_FILES = {
    "only a header": "stream,soort,geldig_op\n",
    "only a header without newline": "stream;soort;geldig_op",
    "a BOM, CRLF and quotes": '\ufeffstream,"soort",geldig_op,contact\r\n'
                              '"dossier/A",contactmoment,2021-02-01,"gesprek"\r\n',
    "Dutch days and a decimal comma": "soort;stream;geldig_op;deeltijdfactor\n"
                                      "dienstverband_gewijzigd;dossier/B;01-02-2021;0,5",
    "a KEY of 9 digits that is no BSN": "stream,soort,geldig_op,gemeente,regeling\n"
                                        "dossier/123456789,aanmelding,2021-01-01,Velsen,ww\n",
    "the first day there is": "stream,soort,geldig_op,afdeling,dienstverband,deeltijdfactor,"
                              f"event_id\norganisatie,afdeling_ingesteld,1950-01-01,Oud,,,"
                              f"{X.format(70)}\n",
}

PERIOD = ["--van", "2021-01-01", "--tm", "2021-12-31"]
DAY = ["--op", "2021-06-30"]
QUERIES = {
    "an unknown measure": ["trajekten", *DAY],
    "no measure": [*DAY],
    "a stand over a period": ["trajecten", *PERIOD],
    "a stroom on a day": ["uitstroom", *DAY],
    "a day and a period": ["uitstroom", *DAY, *PERIOD],
    "a period without end": ["uitstroom", "--van", "2021-01-01"],
    "a period without begin": ["uitstroom", "--tm", "2021-01-01"],
    "a stroom without period": ["uitstroom"],
    "a day that does not exist": ["trajecten", "--op", "2021-02-30"],
    "a word for a day": ["trajecten", "--op", "vandaag"],
    "a Dutch day": ["trajecten", "--op", "30-06-2021"],
    "an unknown dimension": ["trajecten", *DAY, "--per", "wijk"],
    "a dimension of another measure": ["diagnose", *DAY, "--per", "trede"],
    "reden of a stand": ["trajecten", *DAY, "--per", "reden"],
    "resultaat of an entry": ["voorzieningen_bij", *PERIOD, "--per", "resultaat"],
    "an empty dimension": ["trajecten", *DAY, "--per", "trede,,gemeente"],
    "dimensions separated by semicolons": ["trajecten", *DAY, "--per", "trede;gemeente"],
    "a flow of what has none": ["fte_bij", *PERIOD],
    "a flow of another one without": ["aanmeldingen_over_termijn_af", *PERIOD],
    "an unknown code": ["trajecten", *DAY, "--waar", "trede=7"],
    "one unknown code of two": ["trajecten", *DAY, "--waar", "trede=3,7"],
    "a code in capitals": ["trajecten", *DAY, "--waar", "regeling=WW"],
    "an unknown doelgroep": ["trajecten", *DAY, "--waar", "doelgroep=oudere"],
    "an unknown klasse": ["verzuim_per_duur", *DAY, "--waar", "klasse=1-7"],
    "a filter without code": ["trajecten", *DAY, "--waar", "trede="],
    "a filter without sign": ["trajecten", *DAY, "--waar", "trede"],
    "a filter on an unknown dimension": ["trajecten", *DAY, "--waar", "wijk=A"],
    "a filter on a dimension of another measure": ["diagnose", *DAY, "--waar", "trede=3"],
    "a position and a moment": ["trajecten", *DAY, "--positie", "1", "--bekend-op",
                                "2999-01-01T00:00:00Z"],
    "a position beyond the last": ["trajecten", *DAY, "--positie", "10"],
    "a position below 0": ["trajecten", *DAY, "--positie", "-1"],
    "a word for a position": ["trajecten", *DAY, "--positie", "laatste"],
    "a moment without offset": ["trajecten", *DAY, "--bekend-op", "2021-01-01T00:00:00"],
    "a day for a moment": ["trajecten", *DAY, "--bekend-op", "2021-01-01"],
    "a moment that does not exist": ["trajecten", *DAY, "--bekend-op", "2021-02-30T00:00:00Z"],
    "an unknown option": ["trajecten", *DAY, "--grafiek"],
}


def command_cases():
    """(name, arguments, statuses that are right)."""
    cases = [(f"query: {name}", ["query", *args], (2,)) for name, args in QUERIES.items()]
    cases += [
        ("query: an unknown format", ["query", "trajecten", *DAY, "--format", "xml"], (2,)),
        ("query: no value for an option", ["query", "trajecten", "--op"], (2,)),
        ("query: a batch that is not there", ["query", "--batch", "/nowhere/batch"], (1, 2)),
        ("explain: an unknown measure", ["explain", "trajekten", *DAY], (2,)),
        ("explain: an unknown code", ["explain", "trajecten", *DAY, "--waar", "trede=7"], (2,)),
        ("diff: only one moment", ["diff", "trajecten", *DAY, "--bekend-op",
                                   "2021-01-01T00:00:00Z"], (2,)),
        ("diff: a bad moment", ["diff", "trajecten", *DAY, "--bekend-op", "2021-01-01T00:00:00Z",
                                "--en-bekend-op", "nu"], (2,)),
        ("show: no dossier", ["show"], (2,)),
        ("show: a stream that is none", ["show", "persoon/A"], (2,)),
        ("show: a bad day", ["show", "dossier/A", "--op", "2021-02-30"], (2,)),
        ("export: an unknown format", ["export", "--format", "xml"], (2,)),
        ("export: from a word", ["export", "--from", "begin"], (2,)),
        ("report: an unknown report", ["report", "jaar", *PERIOD], (2,)),
        ("report: no period", ["report", "kwartaal"], (2,)),
        ("import: a file that is not there", ["import", "/nowhere/history.csv"], (1, 2)),
        ("import: no file", ["import"], (2,)),
        ("an unknown command", ["verzin"], (2,)),
    ]
    return cases


class Runner:
    def __init__(self, binary, only):
        self.binary, self.only, self.failures, self.count = binary, only, [], 0

    def wanted(self, name):
        return not self.only or self.only in name

    def check(self, name, good, text):
        if not good:
            self.failures.append(f"{name}: {text}")

    def unchanged(self, names, here, before):
        status, after, _ = here.run("export", "--format", "ndjson")
        self.check(names, (status, after) == before[:2], "the log has changed")

    def base(self, here, onto_base=True):
        if onto_base:
            here.good("import", here.file("base.csv", BASE))
        return here.run("export", "--format", "ndjson")

    def files(self):
        cases = [case for case in file_cases() if self.wanted(case.name)]
        for onto_base in (True, False):
            with product.fresh(self.binary) as here:
                before = self.base(here, onto_base)
                for case in cases:
                    if case.onto_base == onto_base:
                        self.one_file(here, case)
                self.unchanged("one of the files above", here, before)

    def one_file(self, here, case):
        self.count += 1
        path = here.file("bad.csv", case.content)
        for dry in [[], ["--dry-run"]] if self.count % 8 == 0 else [[]]:
            status, out, err = here.run("import", path, *case.options, *dry)
            self.check(case.name, status == case.status,
                       f"exit {status}, expected {case.status} {dry}\n{err or out}")
            found = product.reported_places(err, path)
            for line, column in case.places:
                good = any(f[0] == line and column in ("", f[1]) for f in found)
                self.check(case.name, good, f"no report of {line}: {column}:\n{err}")
            lines = {line for line, _ in case.places}
            self.check(case.name, all(f[0] in lines for f in found), f"reports too much\n{err}")

    def many(self):
        """A hundred and fifty bad rows: the first hundred are reported, and how many more."""
        with product.fresh(self.binary) as here:
            before = self.base(here)
            rows = ["dossier/A,contactmoment,2021-02-01,fax"] * 150
            path = here.file("many.csv", "\n".join(["stream,soort,geldig_op,contact", *rows]))
            status, _, err = here.run("import", path)
            found = product.reported_places(err, path)
            self.check("150 bad rows", status == 2, f"exit {status}")
            self.check("150 bad rows", found == [(n, "contact") for n in range(2, 102)],
                       f"reported {found[:3]} … {found[-3:]}, {len(found)} in all")
            self.unchanged("150 bad rows", here, before)
            self.count += 1

    def good_files(self):
        for name, text in GOOD_FILES.items():
            if self.wanted(name):
                self.count += 1
                with product.fresh(self.binary) as here:
                    self.base(here)
                    status, _, err = here.run("import", here.file("good.csv", text))
                    self.check(name, status == 0, f"exit {status}, expected 0\n{err}")

    def dry_run(self):
        with product.fresh(self.binary) as here:
            before = self.base(here)
            text = ("stream,soort,geldig_op,contact\n"
                    "dossier/A,contactmoment,2021-02-01,gesprek\n")
            status, _, err = here.run("import", here.file("good.csv", text), "--dry-run")
            self.check("dry run of a good file", status == 0, f"exit {status}\n{err}")
            self.unchanged("dry run of a good file", here, before)
            moments = text.replace("contact\n", "contact,vastgelegd_op\n").replace(
                "gesprek\n", "gesprek,2021-02-02T00:00:00Z\n")
            status, _, err = here.run("import", here.file("m.csv", moments), "--as-recorded")
            self.check("--as-recorded into a log that is not empty", status == 2,
                       f"exit {status}, expected 2\n{err}")
            self.unchanged("--as-recorded into a log that is not empty", here, before)
            self.count += 2

    def commands(self):
        with product.fresh(self.binary) as here:
            before = self.base(here)
            for name, args, statuses in command_cases():
                if self.wanted(name):
                    self.count += 1
                    status, out, err = here.run(*args)
                    self.check(name, status in statuses, f"exit {status}, expected {statuses}: "
                               f"{err or out}")
                    self.check(name, not out, f"prints on stdout: {out}")
                    self.check(name, len(err.strip().splitlines()) == 1,
                               f"not one line on stderr: {err}")
            self.unchanged("commands", here, before)
            self.folders(here)
            self.unchanged("folders", here, before)

    def folders(self, here):
        """Data folders that are none, and init onto one that is."""
        self.count += 3
        status, _, err = here.run("init")
        self.check("init twice", status in (1, 2) and err.strip(), f"exit {status} {err}")
        empty = here.folder / "empty"
        empty.mkdir()
        for name in ("empty", "not there"):
            status, out, err = here.run_plain("query", "trajecten", *DAY, "--data",
                                              str(here.folder / name))
            self.check(f"a data folder that is {name}", status in (1, 2) and not out
                       and len(err.strip().splitlines()) == 1, f"exit {status} {err}")
        self.check("a data folder that is empty", not list(empty.iterdir()), "was written to")

    def batch(self):
        """In a batch a bad line does not stop the others, and the exit status tells."""
        with product.fresh(self.binary) as here:
            self.base(here)
            bad = [" ".join(args) for name, args in QUERIES.items() if name != "no measure"]
            lines = [line for each in bad for line in (each, "aanmeldingen " + " ".join(PERIOD))]
            status, out, err = here.run("query", "--batch", "-",
                                        stdin="".join(line + "\n" for line in lines).encode())
            self.check("batch", status == 2, f"exit {status}, expected 2 {err}")
            answers = product.split_batch(out, len(lines))
            for line, answer in zip(lines, answers):
                if line.startswith("aanmeldingen --van"):
                    self.check("batch", answer == "waarde\n1\n", f"{line}: {answer!r}")
                else:
                    self.check("batch", answer.startswith("error: ") and "\n" not in answer,
                               f"{line}: {answer!r}")
            self.count += len(bad)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--only", help="only the cases whose name holds this text")
    options = parser.parse_args()
    runner = Runner(options.binary, options.only)
    parts = [runner.files, runner.good_files, runner.commands]
    if not options.only:
        parts += [runner.many, runner.dry_run, runner.batch]
    for part in parts:
        part()
    for failure in runner.failures:
        print(failure.rstrip(), file=sys.stderr)
    print(f"{runner.count} bad inputs, {len(runner.failures)} answered wrongly")
    return 1 if runner.failures else 0


if __name__ == "__main__":
    sys.exit(main())
