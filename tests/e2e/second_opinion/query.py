"""Queries (contract section 5): parse the words, evaluate over the log, write the exact CSV."""
import collections
import csv
import dataclasses
import io

import civil
import codes
import fold
import measures
from fractions import Fraction


@dataclasses.dataclass
class Query:
    measure: str
    van: int = 0   # for a measure on a day, van and tm are both that day
    tm: int = 0
    per: list = dataclasses.field(default_factory=list)
    waar: dict = dataclasses.field(default_factory=dict)  # dimension -> set of codes
    position: int | None = None
    moment: int | None = None
    offset: int = 0  # minutes, in which `moment` is written

    @property
    def kind(self):
        return codes.MEASURES[self.measure][0]

    def words(self):
        """The query as arguments."""
        if self.kind in (codes.STAND, codes.RATIO_OP):
            words = [self.measure, "--op", civil.write_day(self.tm)]
        else:
            words = [self.measure, "--van", civil.write_day(self.van),
                     "--tm", civil.write_day(self.tm)]
        if self.per:
            words += ["--per", ",".join(self.per)]
        for name, wanted in self.waar.items():
            words += ["--waar", f"{name}={','.join(sorted(wanted))}"]
        if self.position is not None:
            words += ["--positie", str(self.position)]
        if self.moment is not None:
            words += ["--bekend-op", civil.write_moment(self.moment, self.offset)]
        return words

    def line(self):
        """The query as a line of a batch."""
        return " ".join(f'"{word}"' if " " in word else word for word in self.words())


class Answers:
    """Answers queries over one log; folds are kept per stream and number of known events."""

    def __init__(self, log):
        self.log = log
        self.folds = {}

    def known_position(self, query):
        if query.position is not None:
            return self.log.settle(query.position)
        if query.moment is not None:
            return self.log.position_at(query.moment)
        return len(self.log.events)

    def steps(self, stream, position):
        known = self.log.known(stream, position)
        key = (stream, len(known))
        if key not in self.folds:
            self.folds[key] = fold.fold(fold.resolve(known))
        return self.folds[key]

    def answer(self, query):
        """The exact text of the answer."""
        return self.write(query, self.sums(query))

    def sums(self, query):
        """[teller, noemer] of each row."""
        position = self.known_position(query)
        sums = collections.defaultdict(lambda: [Fraction(0), Fraction(0)])
        for stream in self.log.streams:
            if stream.startswith("dossier/"):
                self.add_dossier(query, self.steps(stream, position), sums)
            else:
                acting = fold.resolve(self.log.known(stream, position))
                for dims, teller in measures.other_streams(query.measure, stream, acting, query):
                    add(sums, measures.rows_of(dims, query.per, query.waar), teller, 0)
        return sums

    def add_dossier(self, query, steps, sums):
        if query.measure.endswith(("_bij", "_af")):
            self.add_flows(query, steps, sums)
        elif query.kind in (codes.STAND, codes.RATIO_OP):
            state = fold.State()
            for event, _, after in steps:
                if event.day <= query.tm:
                    state = after
            for dims, teller, noemer in measures.standing(query.measure, state, query.tm):
                add(sums, measures.rows_of(dims, query.per, query.waar), teller, noemer)
        else:
            for step in steps:
                if query.van <= step[0].day <= query.tm:
                    for dims, teller, noemer in measures.points(query.measure, step):
                        if query.measure == "meldingsfrequentie":
                            teller *= civil.days_in_year_of(query.van)
                        add(sums, measures.rows_of(dims, query.per, query.waar), teller, noemer)
            if query.measure in ("verzuimpercentage", "meldingsfrequentie"):
                self.add_days(query, steps, sums)

    def add_flows(self, query, steps, sums):
        stand, _, direction = query.measure.rpartition("_")
        per = [name for name in query.per if name not in measures.SORTING]
        waar = {name: wanted for name, wanted in query.waar.items()
                if name not in measures.SORTING}
        for step in steps:
            if not query.van <= step[0].day <= query.tm:
                continue
            for row, reden, resultaat in measures.flows(stand, direction, step, per, waar):
                sorting = {"reden": reden, "resultaat": resultaat}
                if all(sorting[name] in wanted for name, wanted in query.waar.items()
                       if name in sorting):
                    named = {**dict(zip(per, row)), **sorting}
                    add(sums, [tuple(named[name] for name in query.per)], 1, 0)

    def add_days(self, query, steps, sums):
        """Walks over the days of the period, with what holds at the end of each."""
        at_end_of = {event.day: after for event, _, after in steps}  # the last step of a day wins
        changes = sorted(at_end_of)
        for number, start in enumerate(changes):
            stop = changes[number + 1] if number + 1 < len(changes) else query.tm + 1
            parts = [(measures.rows_of(dims, query.per, query.waar), teller, noemer)
                     for dims, teller, noemer in measures.on_each_day(query.measure,
                                                                      at_end_of[start])]
            for day in range(start, stop):
                if query.van <= day <= query.tm:
                    for rows, teller, noemer in parts:
                        add(sums, rows, teller, noemer)

    @staticmethod
    def write(query, sums):
        ratio = query.kind in (codes.RATIO, codes.RATIO_OP)
        if not query.per:
            sums[()]  # exactly one row, also when nothing was found
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*query.per, *(["teller", "noemer"] if ratio else []), "waarde"])
        for row in sorted(sums, key=lambda row: [code.encode() for code in row]):
            teller, noemer = sums[row]
            if query.per and teller == 0 and (noemer == 0 or not ratio):
                continue
            cells = [civil.write_exact(teller)]
            if ratio:
                cells += [civil.write_exact(noemer), civil.write_ratio(
                    teller, noemer, query.measure in codes.PERCENTAGES)]
            # A single empty cell would be quoted by the csv module; there is none: teller is set.
            writer.writerow([*row, *cells])
        return text.getvalue()


def add(sums, rows, teller, noemer):
    for row in rows:
        sums[row][0] += teller
        sums[row][1] += noemer
