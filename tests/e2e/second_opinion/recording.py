"""The log of the second implementation: a list of events, and who may join it.

An append is one row, or the rows of one groep. It is judged by its result: the whole stream with
the new events in it must be sound, and each new event must pass what is checked at recording only.
"""
import dataclasses

import civil
import codes
import fold
import reading
from fold import Refused, need


@dataclasses.dataclass(frozen=True)
class Event:
    position: int
    moment: int
    stream: str
    soort: str
    day: int | None
    attrs: dict
    event_id: str
    vervangt: str | None
    first: int  # positions of the first and last event of the same append
    last: int
    row: object = None

    def get(self, name, default="onbekend"):
        return self.attrs.get(name, default)


def ordered(acting):
    """Other streams than dossiers: geldig_op, table order, position."""
    return sorted(acting, key=lambda e: (e.day, codes.TABLE_ORDER[e.soort], e.position))


class Organisation:
    """Who takes part in which dienst from when to when, and which afdelingen there are."""

    def __init__(self, acting):
        self.periods = []  # [gemeente, dienst, van, tot or None]
        self.afdelingen = {}
        for event in ordered(acting):
            if event.soort == "gemeente_toegetreden":
                for dienst in self.diensten(event):
                    need(not self.open_period(event.get("gemeente"), dienst), "al_toegetreden")
                    self.periods.append([event.get("gemeente"), dienst, event.day, None])
            elif event.soort == "gemeente_uitgetreden":
                for dienst in self.diensten(event):
                    period = self.open_period(event.get("gemeente"), dienst)
                    need(period, "niet_toegetreden")
                    period[3] = event.day
            elif event.soort == "afdeling_ingesteld":
                self.afdelingen.setdefault(event.get("afdeling"), event.day)

    @staticmethod
    def diensten(event):
        return [event.get("dienst")] if "dienst" in event.attrs else list(codes.DIENST)

    def open_period(self, gemeente, dienst):
        for period in self.periods:
            if period[:2] == [gemeente, dienst] and period[3] is None:
                return period
        return None

    def takes_part(self, gemeente, diensten, day):
        return any(g == gemeente and dienst in diensten and van <= day and (
            tot is None or day < tot) for g, dienst, van, tot in self.periods)

    def has_afdeling(self, afdeling, day):
        return afdeling in self.afdelingen and self.afdelingen[afdeling] <= day


def diensten_of(event, before):
    """The diensten of which the gemeente of `event` needs one."""
    if event.soort == "aanmelding":
        return ["re_integratie"]
    if event.soort in ("dienstverband_start", "plaatsing"):
        kind = event.get(event.soort.removesuffix("_start"))
        return {"wsw": ["sociale_werkvoorziening"], "begeleid_werken": ["sociale_werkvoorziening"],
                "beschut_werk": ["beschut_werk"]}.get(kind, codes.DIENST)
    if before.in_re_integratie:
        return ["re_integratie"]
    if before.dienstverband:
        return {"wsw": ["sociale_werkvoorziening"], "beschut_werk": ["beschut_werk"]}.get(
            before.dienstverband.what["dienstverband"], codes.DIENST)
    return codes.DIENST


def check_recording_only(event, before, organisation):
    """What depends on another stream or on the law; asked once, when the event is recorded."""
    if "gemeente" in event.attrs:
        need(organisation.takes_part(event.get("gemeente"), diensten_of(event, before), event.day),
             "gemeente_neemt_geen_deel")
    if "afdeling" in event.attrs:
        need(organisation.has_afdeling(event.get("afdeling"), event.day), "afdeling_onbekend")
    if event.soort == "dienstverband_start" and event.get("dienstverband") == "wsw":
        need(civil.write_day(event.day) <= "2014-12-31", "geen_nieuwe_wsw")


class Accounts:
    """Which periods are closed and which reports laid down, while events come in one by one."""

    def __init__(self, acting):
        self.acting = {}  # what acts for the event first recorded under this id
        for event in acting:
            self.acting[event.event_id] = event

    def closes(self, days):
        """Whether some day of `days` (van, tm) lies in a closed period."""
        periods = [civil.parse_tijdvak(event.get("periode")) for event in self.acting.values()
                   if event.soort == "periode_afgesloten"]
        return any(van <= days[1] and days[0] <= tm for van, tm in periods)

    def laid_down(self, rapport, periode):
        return [event for event in self.acting.values() if event.soort == "rapport_vastgesteld"
                and (event.get("rapport"), civil.parse_tijdvak(event.get("periode"))) == (
                    rapport, civil.parse_tijdvak(periode))]

    def check(self, event, before):
        """Asks for a reason on a closed day: that of `event`, or of what it replaces."""
        placed = [] if event.soort == "intrekking" else [(event.day, event.attrs)]
        soort = event.soort
        if event.vervangt:
            soort = before.soort
            placed.append((before.day, before.attrs))
        if soort in codes.ACCOUNTING:
            self.take(event, before)
        elif not event.row or not event.row.na_afsluiting:
            for day, attrs in placed:
                of_money = soort in ("boeking", "begroting_vastgesteld", "prognose_vastgesteld")
                days = civil.parse_periode(attrs["periode"]) if of_money else (day, day)
                need(not self.closes(days), "periode_afgesloten")

    def take(self, event, before):
        if event.soort == "intrekking":
            self.acting.pop(event.vervangt, None)
            return
        if event.soort == "rapport_vastgesteld":
            need(not self.laid_down(event.get("rapport"), event.get("periode")),
                 "rapport_al_vastgesteld")
        soort = before.soort if event.vervangt else event.soort
        self.acting[event.vervangt or event.event_id] = fold.Acting(
            soort, event.day, event.attrs, event.position, event.position, event.event_id)


class Log:
    def __init__(self):
        self.events = []
        self.streams = {}
        self.ids = {}
        self.given = None  # the last vastgelegd_op as the file gave it

    def append(self, rows):
        """Records `rows` as one append; raises Refused and changes nothing."""
        new, given, soorten = [], self.given, {}
        first, last = len(self.events) + 1, len(self.events) + len(rows)
        moment = self.events[-1].moment if self.events else None
        for row in rows:
            need(given is None or row.moment >= given, "moment_daalt")
            given = row.moment
            moment = given if moment is None else max(given, moment + 1)
            position = first + len(new)
            event_id = row.event_id or f"derived-{position}"
            need(event_id not in self.ids and event_id not in soorten, "id_bestaat")
            event = self.read(row, soorten)
            soorten[event_id] = event.soort if row.soort not in (
                "correctie", "intrekking") else row.soort
            new.append(dataclasses.replace(event, position=position, moment=moment,
                                           event_id=event_id, first=first, last=last))
        for stream in dict.fromkeys(row.stream for row in rows):
            self.judge(stream, new, soorten)
        self.check_closed(new)
        self.events += new
        for event in new:
            self.streams.setdefault(event.stream, []).append(event)
        for event in new:
            self.ids[event.event_id] = event
        self.given = given

    def read(self, row, soorten):
        """The event of a row; the attributes of a correctie are those of the kind it replaces."""
        attrs = row.attrs
        if row.soort == "correctie":
            attrs, wrong = reading.read_attributes(self.kind_of(row, soorten), attrs, row.dutch)
            need(not wrong, "correctie_klopt_niet", str(wrong))
        elif row.soort == "intrekking":
            self.kind_of(row, soorten)
        return Event(0, 0, row.stream, row.soort, row.day, attrs, "", row.vervangt, 0, 0, row)

    def kind_of(self, row, soorten):
        """The kind of the event that a correctie or intrekking replaces."""
        replaced = self.ids.get(row.vervangt)
        soort = replaced.soort if replaced else soorten.get(row.vervangt)
        need(soort, "vervangt_onbekend")
        need(soort not in ("correctie", "intrekking"), "correctie_van_correctie")
        need(not replaced or replaced.stream == row.stream, "andere_stream")
        return soort

    def judge(self, stream, together, soorten):
        """Whether `stream` may have those of `together` that are its own."""
        new = [event for event in together if event.stream == stream]
        acting = fold.resolve(self.streams.get(stream, []) + new)
        for event in new:
            self.check_days_ahead(event, soorten)
        positions = {event.position for event in new}
        if stream == "organisatie":
            Organisation(acting)
        elif stream.startswith("dossier/"):
            organisation = Organisation(fold.resolve(self.streams.get("organisatie", []) + [
                event for event in together if event.stream == "organisatie"]))
            for event, before, _ in fold.fold(acting):
                if event.source in positions:
                    check_recording_only(event, before, organisation)

    def check_closed(self, new):
        accounts = Accounts(fold.resolve(self.streams.get("organisatie", [])))
        acting = {}  # of each stream, while the events before are recorded
        for event in new:
            events = acting.setdefault(event.stream, list(self.streams.get(event.stream, [])))
            before = None
            if event.vervangt:
                (before,) = [one for one in fold.resolve(events)
                             if one.event_id == event.vervangt]
            accounts.check(event, before)
            events.append(event)

    def check_days_ahead(self, event, soorten):
        if event.soort == "intrekking":
            return
        soort = event.soort
        if soort == "correctie":
            replaced = self.ids.get(event.vervangt)
            soort = replaced.soort if replaced else soorten[event.vervangt]
        ahead = 366 if soort in codes.FAR_AHEAD else 1
        need(event.day <= civil.civil_day(event.moment) + ahead, "te_ver_vooruit")

    # What is known at K.

    def settle(self, position):
        """`position`, or the last one before the append in whose middle it lies."""
        if position and position < self.events[position - 1].last:
            return self.events[position - 1].first - 1
        return position

    def position_at(self, moment):
        return self.settle(sum(1 for event in self.events if event.moment <= moment))

    def known(self, stream, position):
        return [event for event in self.streams.get(stream, []) if event.position <= position]


def appends_of(rows):
    """The rows of a file, as lists that are recorded together."""
    appends = []
    for row in rows:
        together = appends and row.groep and appends[-1][-1].groep == row.groep and (
            appends[-1][-1].stream == row.stream or row.groep.startswith("@"))
        if together:
            appends[-1].append(row)
        else:
            appends.append([row])
    return appends


def record(rows):
    """Records all appends of a file. Returns the log and what was refused: (append, reason)."""
    log, refused = Log(), []
    for append in appends_of(rows):
        try:
            log.append(append)
        except Refused as why:
            refused.append((append, why))
    return log, refused
