#!/usr/bin/env python3
"""Random histories as import files: valid by our own model, repeatable by seed, and unkind.

    generate.py SEED [--refused] > history.csv

Long varied lives with late events, pile-ups on one day, corrections (of the day, twice),
withdrawals and groups that are sound only together. With --refused the rows that the model refuses
stand in the file too, at the place where they were tried.
"""
import argparse
import datetime
import random
import sys
import uuid

import civil
import codes
import fold
import reading
import recording

GEMEENTEN = ["Beverwijk", "Heemskerk", "Uitgeest", "Velsen", "Bergen (NH)", "'s-Gravenhage",
             "Súdwest-Fryslân", "beverwijk"]
AFDELINGEN = ["Groen", "Leerwerkbedrijf productie", "Hoofdkantoor", "Gedetacheerden", "Æ & co"]
WERKCOACHES = ["wc1", "wc2", "wc 3"]
NAMEN = ["lassen", "heftruck", "Zorg/Welzijn"]
PROGRAMMAS = ["6.3 610", "6.4 611", "overhead"]
DECIMAL_COLUMNS = ("deeltijdfactor", "uren", "waarde")
DAY_COLUMNS = ("geldig_op", "volgende_actie_op")
YEAR_DAYS = 365
LAST_MOMENT = civil.parse_moment("2025-01-01T00:00:00Z")  # recording moments lie in the past

# What is likely next, by what runs. Everything else comes now and then, mostly to be refused.
LIKELY = {
    "always": {"gemeente_gewijzigd": 2, "doelgroep_gewijzigd": 2, "werkcoach_toegewezen": 2,
               "contactmoment": 1, "abc_meting": 1, "taalniveautoets": 1, "indicatie": 1,
               "voorziening_start": 1, "maatregel": 1, "maatregel_herzien": 1,
               "ontheffing_beoordeeld": 1, "plaatsing": 2},
    "nothing": {"aanmelding": 12},
    "aangemeld": {"intake_gestart": 2, "intake": 16, "niet_gestart": 2, "diagnose_start": 2},
    "wacht": {"traject_start": 20, "niet_gestart": 2, "diagnose_start": 2},
    "traject": {"trede_doorstroom": 12, "oponthoud_start": 5, "voorziening_start": 6,
                "plaatsing": 4, "uitstroom": 5, "diagnose_start": 2},
    "diagnose": {"diagnose_einde": 4},
    "oponthoud": {"oponthoud_einde": 4},
    "voorzieningen": {"voorziening_einde": 4, "voorziening_start": 2},
    "plaatsingen": {"plaatsing_einde": 3},
    "no_dienstverband": {"dienstverband_start": 4},
    "dienstverband": {"dienstverband_gewijzigd": 4, "dienstverband_einde": 2, "plaatsing": 3,
                      "verlof_start": 2},
    "well": {"ziekmelding": 7},
    "verzuim": {"verzuim_gewijzigd": 5, "herstelmelding": 5},
    "verlof": {"verlof_einde": 5},
}


def likely_kinds(state):
    """Kinds that `state` probably allows, with weights."""
    running = ["always"]
    running.append("nothing" if not state.in_re_integratie else "aangemeld" if state.aangemeld
                   else "wacht" if state.wacht else "traject")
    running += [name for name in ("diagnose", "oponthoud", "voorzieningen", "plaatsingen",
                                  "verzuim", "verlof") if getattr(state, name)]
    running.append("dienstverband" if state.dienstverband else "no_dienstverband")
    if state.dienstverband and not state.verzuim and not state.verlof:
        running.append("well")
    weights = {}
    for name in running:
        for soort, weight in LIKELY[name].items():
            weights[soort] = weights.get(soort, 0) + weight
    return weights


class Generator:
    """Makes one history. `rows` holds (cells, accepted) in file order; `log` what was accepted."""

    def __init__(self, seed, size=None):
        self.rng = random.Random(f"trede-{seed}")
        self.log = recording.Log()
        self.rows = []
        year = self.rng.choice([2013, 2014, 2016, 2019, 2021, 2023])
        noon = datetime.datetime(year, 1, 1, 12, tzinfo=civil.UTC) - civil.EPOCH
        self.clock = noon // datetime.timedelta(microseconds=1) + self.rng.randrange(10 ** 13)
        self.size = size or self.rng.choice([60, 150, 250, 250, 400, 600, 1000])
        self.keys = [f"D{number}" for number in range(self.rng.choice([2, 4, 8, 12]))]
        self.born = {key: self.today() - self.rng.randrange(10, 6 * YEAR_DAYS)
                     for key in self.keys}
        self.groups = {}
        self.closes = self.rng.random() < 0.5  # periods, now and then

    def today(self):
        return civil.civil_day(self.clock)

    def tick(self):
        """Time passes between two acts of recording; sometimes none at all."""
        step = self.rng.choices([0, 1, 10 ** 6, 3600 * 10 ** 6, 86400 * 10 ** 6, 10 ** 12],
                                [2, 1, 5, 4, 4, 1])[0]
        if step > 1:
            step += self.rng.randrange(step)
        if self.rng.random() < 0.08:  # to the hours in which the day differs by place
            day = 86400 * 10 ** 6
            step = day - (self.clock + step) % day + step - self.rng.randrange(3 * day // 24)
        if self.clock + step > LAST_MOMENT or step < 0:
            step = self.rng.randrange(10)
        self.clock += step

    # Recording.

    def write(self, cells):
        """The row as the reader would read it; None if the form is bad."""
        return reading.Reader(0, cells, False).row([])

    def offer(self, several):
        """Tries to record rows as one append; remembers them with the model's verdict."""
        self.tick()
        for cells in several:
            cells["vastgelegd_op"] = civil.write_moment(
                self.clock, self.rng.choice([0, 0, 60, 120, -300, 330]))
        if len(several) > 1 or self.rng.random() < 0.05:
            streams = {cells["stream"] for cells in several}
            of = several[0]["stream"] if len(streams) == 1 else "@"
            self.groups[of] = self.groups.get(of, 0) + 1
            for cells in several:
                cells["groep"] = f"{'@' if of == '@' else ''}g{self.groups[of]}"
        if self.is_closing() and self.rng.random() < 0.8:
            for cells in several:
                cells["na_afsluiting"] = self.rng.choice(codes.NA_AFSLUITING)
        rows = [self.write(cells) for cells in several]
        assert all(rows), several
        try:
            self.log.append(rows)
            accepted = True
        except fold.Refused:
            accepted = False
        self.rows += [(cells, accepted) for cells in several]
        return accepted

    def is_closing(self):
        return self.closes and any(event.soort == "periode_afgesloten"
                                   for event in self.log.streams.get("organisatie", []))

    # Content.

    def value(self, kind, name):
        pick = self.rng.choice
        if isinstance(kind, tuple):
            return pick(kind)
        if kind == codes.TEXT:
            return pick({"gemeente": GEMEENTEN, "afdeling": AFDELINGEN, "naam": NAMEN,
                         "werkcoach": WERKCOACHES, "programma": PROGRAMMAS,
                         "kostenregel": ["1", "2", "24"], "werkgever": ["W1", "W2"],
                         "maat": ["uitstroom", "verzuimpercentage", "trajecten"]}[name])
        if kind == codes.KENMERK:
            return pick(["1", "a", "b", "A"])
        if kind == codes.DAY:
            return civil.write_day(self.today() + self.rng.randrange(100))
        if kind == codes.DOELGROEPEN:
            return "|".join(self.rng.sample(codes.DOELGROEP, self.rng.choice([1, 1, 2, 3])))
        if kind == codes.FACTOR:
            return pick(["1", "0.5", "0.8889", "0.0001", "1.25", "2", "0.9", "0.3333"])
        if kind == codes.PERIODE:
            year = self.rng.randrange(2013, 2025)
            return pick([str(year), f"{year}-Q{pick('1234')}", f"{year}-{pick(range(1, 13)):02d}"])
        if kind == codes.TIJDVAK:
            year = self.rng.randrange(2013, 2025)
            return pick([f"{year}-Q{pick('1234')}", f"{year}-{pick(range(1, 13)):02d}",
                         f"{year}-02-11/{year}-03-02"])
        if kind == codes.WAAR:
            return pick(["trede=3", "trede=4;gemeente=Velsen"])
        return {codes.YEAR: lambda: str(self.rng.randrange(1950, 2008)),
                codes.PERCENTAGE: lambda: pick(["100", "50", "33", "1", "75"]),
                codes.COUNT: lambda: pick(["1", "2", "5", "30"]),
                codes.CENT: lambda: str(self.rng.randrange(-10 ** 6, 10 ** 8)),
                codes.DECIMAL: lambda: pick(["5", "6.5", "0", "200"]),
                codes.UREN: lambda: pick(["16", "40", "32.5"])}[kind]()

    def attributes(self, soort, state):
        """Random attributes of a kind, good in form and inclined to fit `state`."""
        kind = codes.KINDS[soort]
        cells = {name: self.value(typ, name) for name, typ in kind["required"].items()}
        for name, typ in kind["optional"].items():
            if self.rng.random() < 0.55:
                cells[name] = self.value(typ, name)
        if soort == "plaatsing":
            self.fit_plaatsing(cells, state)
        if soort == "dienstverband_start" and cells["dienstverband"] in ("wsw", "beschut_werk"):
            cells.setdefault("gemeente", self.rng.choice(GEMEENTEN))
        if soort == "dienstverband_gewijzigd" and not cells:
            cells["afdeling"] = self.rng.choice(AFDELINGEN)
        if soort in ("ziekmelding", "verzuim_gewijzigd"):
            cells.setdefault("vastgesteld_door", "bedrijfsarts")
        if soort.endswith("_einde") and "kenmerk" in kind["optional"]:
            running = {"voorziening_einde": state.voorzieningen,
                       "plaatsing_einde": state.plaatsingen}[soort]
            if running and self.rng.random() < 0.8:
                cells["kenmerk"] = self.rng.choice(sorted(running))
        if soort == "intake" and self.rng.random() < 0.6:
            cells["uitkomst"] = "positief"
        if soort == "doelgroep_gewijzigd" and self.rng.random() < 0.3:
            cells.pop("doelgroepen", None)
        return cells

    def fit_plaatsing(self, cells, state):
        if self.rng.random() < 0.1:
            return
        first = not state.known
        cells.pop("gemeente", None)
        if first:
            cells["plaatsing"] = self.rng.choice(["begeleid_werken", "garantiebaan"])
            cells["gemeente"] = self.rng.choice(GEMEENTEN)
        if cells["plaatsing"] == "begeleid_werken":
            cells["regeling"] = "wsw"
        elif cells["plaatsing"] == "garantiebaan" and "banenafspraak" not in state.doelgroepen:
            cells["regeling"] = self.rng.choice(["wajong", "wsw"])

    def acting(self, stream):
        return fold.resolve(self.log.streams.get(stream, []))

    def state_at(self, stream, day):
        state = fold.State()
        for event, _, after in fold.fold(self.acting(stream)):
            if event.day <= day:
                state = after
        return state

    def day_for(self, stream):
        days = sorted(event.day for event in self.acting(stream))
        if not days:
            return self.born[stream.partition("/")[2]]
        chance = self.rng.random()
        if chance < 0.03:
            return self.today() + self.rng.choice([1, 2, 366, 367])
        if chance < 0.4:
            return self.rng.choice(days[-12:]) + self.rng.choice([0, 0, 0, 0, 1, -1])
        if chance < 0.8:
            gap = self.rng.choice([0, 1, 3, 7, 27, 28, 29, 40, 60, 200])
            return min(days[-1] + gap, self.today() + self.rng.choice([0, 0, 1, 2, 30, 366, 367]))
        if days[0] >= self.today():
            return days[0]
        return self.rng.randrange(days[0], self.today() + 1)

    def event(self, stream, day=None, soort=None):
        """A random event of a dossier, likely to be sound on its day."""
        day = self.day_for(stream) if day is None else day
        state = self.state_at(stream, day)
        if soort is None and not state.known:
            soort = self.rng.choices(["aanmelding", "dienstverband_start", "plaatsing"],
                                     [6, 3, 2])[0]
        elif soort is None and self.rng.random() < 0.08:
            soort = self.rng.choice([s for s, kind in codes.KINDS.items()
                                     if kind["where"] == codes.DOSSIER])
        elif soort is None:
            weights = likely_kinds(state)
            soort = self.rng.choices(list(weights), list(weights.values()))[0]
        cells = {"stream": stream, "soort": soort, "geldig_op": civil.write_day(day),
                 **self.attributes(soort, state)}
        if self.rng.random() < 0.6 or not stream.startswith("dossier/"):
            cells["event_id"] = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        if self.rng.random() < 0.1:
            cells["actor"] = self.rng.choice(["wc1", "import@x", "a_b.c-d"])
        return cells

    # Corrections and withdrawals.

    def correctable(self, stream):
        return [event for event in self.acting(stream)
                if not event.event_id.startswith("derived-")]

    def correctie(self, stream, event, day=None):
        """Another day, other attributes, or both."""
        if day is None:
            day = event.day
            if self.rng.random() < 0.7:
                others = [other.day for other in self.acting(stream)]
                day = self.rng.choice([day + self.rng.randrange(-40, 41), self.rng.choice(others),
                                       day + self.rng.choice([-1, 1])])
        state = self.state_at(stream, day) if stream.startswith("dossier/") else fold.State()
        if self.rng.random() < 0.5:
            attrs = self.attributes(event.soort, state)
        else:
            attrs = write_attributes(event)
        return {"stream": stream, "soort": "correctie", "geldig_op": civil.write_day(day),
                "vervangt": event.event_id, **attrs}

    def intrekking(self, stream, event):
        return {"stream": stream, "soort": "intrekking", "vervangt": event.event_id,
                "reden": self.rng.choice(codes.INTREKKING_REDEN)}

    def with_id(self, cells):
        if not cells["stream"].startswith("dossier/") or self.rng.random() < 0.3:
            cells["event_id"] = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        return cells

    # Acts: each gives the rows of one append.

    def act_single(self, stream):
        return [self.event(stream)]

    def act_correct(self, stream):
        found = self.correctable(stream)
        if not found:
            return self.act_single(stream)
        return [self.with_id(self.correctie(stream, self.rng.choice(found)))]

    def act_withdraw(self, stream):
        found = self.correctable(stream)
        if not found:
            return self.act_single(stream)
        return [self.with_id(self.intrekking(stream, self.rng.choice(found)))]

    def act_stale(self, stream):
        """A correctie or intrekking of anything that has an id: withdrawn, or itself one."""
        events = [event for event in self.log.streams.get(stream, [])
                  if not event.event_id.startswith("derived-")]
        if not events:
            return self.act_single(stream)
        event = self.rng.choice(events)
        if self.rng.random() < 0.5 or event.soort in ("correctie", "intrekking"):
            return [self.with_id(self.intrekking(stream, event))]
        acting = fold.Acting(event.soort, event.day, event.attrs, event.position, event.position,
                             event.event_id)
        return [self.with_id(self.correctie(stream, acting))]

    def act_life(self, stream):
        """From aanmelding to uitstroom in one append, the rows in any order."""
        day = self.day_for(stream)
        rows = []
        for soort in ("aanmelding", "intake", "traject_start", "uitstroom"):
            rows.append(self.event(stream, day, soort))
            day += self.rng.choice([0, 0, 1, 14, 28, 29])
        rows[1]["uitkomst"] = "positief"
        rows = rows[:self.rng.choice([2, 3, 4])]
        self.rng.shuffle(rows)
        return rows

    def act_shift(self, stream):
        """Moves two or three neighbours in the timeline together: single moves may be unsound."""
        found = sorted(self.correctable(stream), key=lambda event: event.day)
        if len(found) < 2:
            return self.act_single(stream)
        start = self.rng.randrange(len(found) - 1)
        shift = self.rng.choice([-30, -1, 1, 5, 30])
        rows = [self.with_id({"stream": stream, "soort": "correctie", "vervangt": event.event_id,
                              "geldig_op": civil.write_day(event.day + shift),
                              **write_attributes(event)})
                for event in found[start:start + self.rng.choice([2, 3])]]
        self.rng.shuffle(rows)
        return rows

    def act_replace(self, stream):
        """Withdraws an event and records another one of its kind in its place."""
        found = self.correctable(stream)
        if not found:
            return self.act_single(stream)
        event = self.rng.choice(found)
        rows = [self.with_id(self.intrekking(stream, event)),
                self.event(stream, event.day + self.rng.choice([0, 0, 1, -1]), event.soort)]
        self.rng.shuffle(rows)
        return rows

    def act_pile(self, stream):
        """Several events on one day, recorded in the wrong order."""
        day = self.day_for(stream)
        rows = [self.event(stream, day) for _ in range(self.rng.choice([2, 2, 3, 4]))]
        self.rng.shuffle(rows)
        return rows

    def act_again(self, stream):
        """Ends something and starts the same kenmerk on that day, or starts and ends at once."""
        day = self.day_for(stream)
        state = self.state_at(stream, day - 1)
        pair = self.rng.choice([("voorziening_start", "voorziening_einde"),
                                ("plaatsing", "plaatsing_einde"), ("ziekmelding", "herstelmelding"),
                                ("verlof_start", "verlof_einde"), ("diagnose_start",
                                                                   "diagnose_einde"),
                                ("oponthoud_start", "oponthoud_einde"),
                                ("dienstverband_start", "dienstverband_einde")])
        wanted = self.rng.choice([pair, pair, (*pair, pair[1]), (*pair, *pair)])
        rows = [self.event(stream, day, soort) for soort in wanted]
        running = sorted(state.voorzieningen if "voorziening" in pair[0] else state.plaatsingen)
        if "kenmerk" in codes.KINDS[pair[1]]["optional"]:
            kenmerk = self.rng.choice(running or ["a"])
            for cells in rows:
                cells["kenmerk"] = kenmerk
        self.rng.shuffle(rows)
        return rows

    def act_elsewhere(self, stream):
        """What was recorded in the wrong dossier put right in one append over both streams."""
        other = f"dossier/{self.rng.choice(self.keys)}"
        found = self.correctable(other)
        if other == stream or not found:
            return self.act_single(stream)
        event = self.rng.choice(found)
        return [self.with_id(self.intrekking(other, event)),
                self.event(stream, event.day, event.soort)]

    def act_together(self, stream):
        """One act in two streams, also when only one of them is sound."""
        other = f"dossier/{self.rng.choice(self.keys)}"
        if other == stream or self.rng.random() < 0.3:
            return [self.organisation_event(), *self.act_pile(stream)]
        return self.act_pile(stream) + self.act_pile(other)

    # The other streams.

    def organisation_event(self):
        soort = self.rng.choices(
            ["gemeente_toegetreden", "gemeente_uitgetreden", "afdeling_ingesteld", "boeking",
             "begroting_vastgesteld", "prognose_vastgesteld", "afspraak_vastgesteld",
             "benchmark_vastgesteld", "taakstelling_vastgesteld", "periode_afgesloten"],
            [3, 2, 2, 9, 1, 1, 1, 1, 1, 5 if self.closes else 0])[0]
        day = self.today() - self.rng.choice([0, 0, 10, 400, 3000]) + self.rng.choice([0, 1])
        return {"stream": "organisatie", "soort": soort, "geldig_op": civil.write_day(day),
                "event_id": str(uuid.UUID(int=self.rng.getrandbits(128), version=4)),
                **self.attributes(soort, fold.State())}

    def werkgever_event(self):
        soort = self.rng.choice(["relatie_start", "vacature_vervuld"])
        day = self.today() - self.rng.randrange(700)
        return {"stream": f"werkgever/{self.rng.choice(['W1', 'W2', 'D0'])}", "soort": soort,
                "geldig_op": civil.write_day(day),
                "event_id": str(uuid.UUID(int=self.rng.getrandbits(128), version=4)),
                **self.attributes(soort, fold.State())}

    def found_organisation(self):
        """Most gemeenten and afdelingen from long ago, so that dossiers can be recorded."""
        for gemeente in GEMEENTEN[:-1]:
            diensten = [None] if self.rng.random() < 0.7 else self.rng.sample(codes.DIENST, 2)
            for dienst in diensten:
                cells = self.organisation_event()
                self.offer([{"stream": "organisatie", "soort": "gemeente_toegetreden",
                             "geldig_op": self.rng.choice(["1998-01-01", "2012-07-01"]),
                             "event_id": cells["event_id"], "gemeente": gemeente,
                             **({"dienst": dienst} if dienst else {})}])
        for afdeling in AFDELINGEN[:-1]:
            cells = self.organisation_event()
            self.offer([{"stream": "organisatie", "soort": "afdeling_ingesteld",
                         "geldig_op": "1998-01-01", "event_id": cells["event_id"],
                         "afdeling": afdeling}])

    def act_other_stream(self):
        stream = self.rng.choice(["organisatie", "organisatie", "werkgever/W1", "werkgever/W2"])
        found = self.correctable(stream)
        chance = self.rng.random()
        if found and chance < 0.1:
            return [self.with_id(self.correctie(stream, self.rng.choice(found)))]
        if found and chance < 0.14:
            return [self.with_id(self.intrekking(stream, self.rng.choice(found)))]
        if chance < 0.2 and stream == "organisatie":
            return [self.organisation_event() for _ in range(2)]
        return [self.organisation_event() if stream == "organisatie" else self.werkgever_event()]

    def run(self):
        acts = [(self.act_single, 72), (self.act_correct, 7), (self.act_withdraw, 2),
                (self.act_stale, 2), (self.act_life, 4), (self.act_shift, 2),
                (self.act_replace, 2), (self.act_pile, 5), (self.act_again, 5),
                (self.act_elsewhere, 3), (self.act_together, 3)]
        self.found_organisation()
        tries = 0
        while len(self.log.events) < self.size and tries < 4 * self.size:
            tries += 1
            if self.rng.random() < 0.07:
                self.offer(self.act_other_stream())
                continue
            act = self.rng.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
            rows = act(f"dossier/{self.rng.choice(self.keys)}")
            if all(self.write(cells) and cells.get("geldig_op", "1950") >= "1950"
                   for cells in rows):
                self.offer(rows)
        return self


def write_attributes(event):
    """The attributes of an acting event as cells."""
    cells = {}
    for name, value in event.attrs.items():
        if isinstance(value, frozenset):
            cells[name] = "|".join(sorted(value))
        elif isinstance(value, (str, int)) and name not in DAY_COLUMNS:
            cells[name] = str(value)
        elif name in DAY_COLUMNS:
            cells[name] = civil.write_day(value)
        else:
            cells[name] = civil.write_exact(value)
    return cells


def to_csv(rows, rng=None):
    """Rows (cells) as the text of an import file, in a dialect that `rng` chooses."""
    rng = rng or random.Random(0)
    separator = rng.choice([",", ",", ";"])
    newline = rng.choice(["\n", "\n", "\r\n"])
    dutch = separator == ";" and rng.random() < 0.7
    columns = sorted({name for cells in rows for name in cells} | {"stream", "soort", "geldig_op"})
    if rng.random() < 0.5:
        columns = list(codes.BASE_COLUMNS + codes.ATTRIBUTE_COLUMNS)
    rng.shuffle(columns)

    def cell(name, text):
        if dutch and name in DAY_COLUMNS and text:
            text = "-".join(reversed(text.split("-")))
        if dutch and name in DECIMAL_COLUMNS:
            text = text.replace(".", ",")
        if any(c in text for c in '",;\n') or rng.random() < 0.02:
            return '"' + text.replace('"', '""') + '"'
        return text

    lines = [separator.join(columns)]
    lines += [separator.join(cell(name, cells.get(name, "")) for name in columns)
              for cells in rows]
    text = newline.join(lines) + (newline if rng.random() < 0.8 else "")
    return ("\ufeff" if rng.random() < 0.3 else "") + text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--refused", action="store_true")
    parser.add_argument("--size", type=int)
    options = parser.parse_args()
    made = Generator(options.seed, options.size).run()
    rows = [cells for cells, accepted in made.rows if accepted or options.refused]
    sys.stdout.write(to_csv(rows, random.Random(options.seed)))


if __name__ == "__main__":
    main()
