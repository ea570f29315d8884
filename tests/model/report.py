"""What `trede report model` prints: a small report that the second implementation works out too."""
import csv
import io

import civil
import codes
import query

STANDS = ("trajecten", "aanmeldingen_open", "dienstverbanden")
FLOWS = ("aanmeldingen", "intakes", "doorstroom")


def _columns(names):
    return "".join(f'column {{ id: "{name.lower()}" title: "{name}" '
                   f'cell {{ figure {{ aspect: {name} }} }} }}\n' for name in names)


def _rows(measures):
    return "".join(f'row {{ id: "{name.replace("_", "-")}" title: "x" measure: "{name}" }}\n'
                   for name in measures)


STAND_COLUMNS = ("BEGIN", "NAGEKOMEN", "BIJ", "AF", "EIND")
FLOW_COLUMNS = ("VORIG", "NAGEKOMEN", "SINDS", "PERIODE")
DEFINITION = f"""name: "model" title: "Model {{periode}}" version: "1" omschrijving: "Model."
section {{ id: "s" title: "s"
  table {{ id: "stand" title: "Stand"
    {_columns(STAND_COLUMNS)}{_rows(STANDS)}
    row {{ id: "trede" per: "trede" measure: "trajecten" }} }}
  table {{ id: "stroom" title: "Stroom" {_columns(FLOW_COLUMNS)}{_rows(FLOWS)} }} }}
"""


class Laid:
    """A report as it was laid down: its period, and up to where the log was known."""

    def __init__(self, event_id, van, tm, position, printed):
        self.event_id, self.van, self.tm = event_id, van, tm
        self.position, self.printed = position, printed


class Model:
    """Works the cells out by asking the second implementation, figure by figure."""

    def __init__(self, log, laid):
        self.answers, self.laid = query.Answers(log), laid
        self.now = len(log.events)

    def number(self, measure, van, tm, waar, position):
        asked = query.Query(measure, van, tm, waar=waar, position=position)
        (total, _), = self.answers.sums(asked).values() or [(0, 0)]
        return total

    def before(self, van, tm, is_stand):
        """The report before: for a stand the longest that ends where this begins."""
        ends = [one for one in self.laid if one.tm == van - 1]
        if is_stand and ends:
            return min(ends, key=lambda one: one.van)
        same = [one for one in self.laid if one.van == van and one.tm < tm]
        return max(same, key=lambda one: one.tm, default=None)

    def stand(self, measure, van, tm, waar):
        before = self.before(van, tm, True)
        begin_now = self.number(measure, van - 1, van - 1, waar, self.now)
        begin = begin_now if before is None else self.number(measure, van - 1, van - 1, waar,
                                                             before.position)
        return {"begin": begin, "nagekomen": None if before is None else begin_now - begin,
                "bij": self.number(measure + "_bij", van, tm, waar, self.now),
                "af": self.number(measure + "_af", van, tm, waar, self.now),
                "eind": self.number(measure, tm, tm, waar, self.now)}

    def flow(self, measure, van, tm):
        before, cells = self.before(van, tm, False), dict.fromkeys(("vorig", "nagekomen", "sinds"))
        if before is not None:
            then = self.number(measure, before.van, before.tm, {}, before.position)
            known = self.number(measure, before.van, before.tm, {}, self.now)
            cells = {"vorig": then, "nagekomen": known - then,
                     "sinds": self.number(measure, before.tm + 1, tm, {}, self.now)}
        return {**cells, "periode": self.number(measure, van, tm, {}, self.now)}

    def cells(self, van, tm):
        """{(table, row, column): number as text, or nothing where it is empty}."""
        rows = {("stand", name): self.stand(name, van, tm, {}) for name in STANDS}
        rows |= {("stand", code): self.stand("trajecten", van, tm, {"trede": {code}})
                 for code in codes.TREDE}
        rows |= {("stroom", name): self.flow(name, van, tm) for name in FLOWS}
        return {(table, row.replace("_", "-"), column):
                "" if number is None else civil.write_exact(number)
                for (table, row), cells in rows.items() for column, number in cells.items()}


def cells_of(text):
    """The same of what the product printed as CSV."""
    return {(row["tabel"], row["rij"], row["kolom"]): row["waarde"]
            for row in csv.DictReader(io.StringIO(text))}
