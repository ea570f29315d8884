"""The measures of the contract (section 4), evaluated literally over folded dossiers.

A row of an answer is a tuple of codes in the order asked. `rows_of` says to which rows something
with given dimensions belongs; a stand counts what belongs at the end of a day, a flow compares the
rows before and after each single step.
"""
import itertools

import civil
import codes

SORTING = ("reden", "resultaat")  # they sort flows and are no part of belonging


def values_of(dims, name):
    """The codes that something has on a dimension: one, or the set of doelgroepen."""
    value = dims[name]
    if name == "doelgroep":
        return set(value) or {"geen"}
    return {"onbekend" if value is None else value}


def rows_of(dims, per, waar):
    """The rows to which something with `dims` belongs; none if the filter leaves it out."""
    for name, wanted in waar.items():
        if not values_of(dims, name) & wanted:
            return []
    choices = []
    for name in per:
        values = values_of(dims, name)
        choices.append(sorted(values & waar[name] if name in waar else values))
    return list(itertools.product(*choices))


def person(state):
    return {"gemeente": state.gemeente, "regeling": state.regeling,
            "doelgroep": state.doelgroepen, "werkcoach": state.werkcoach}


def things(stand, state):
    """What runs in `state` for a flowing stand: {what began it: its dimensions}."""
    base = person(state)
    job = {}
    if state.dienstverband:
        job = {"dienstverband": state.dienstverband.what["dienstverband"],
               "afdeling": state.dienstverband.what["afdeling"]}
    one = {"aanmeldingen_open": state.aangemeld, "wacht_op_start": state.wacht,
           "trajecten": state.traject, "diagnose": state.diagnose, "oponthoud": state.oponthoud,
           "dienstverbanden": state.dienstverband, "verzuimgevallen": state.verzuim}
    if stand == "voorzieningen":
        running = state.voorzieningen.values()
    elif stand == "plaatsingen":
        running = state.plaatsingen.values()
    else:
        running = [one[stand]] if one[stand] else []
    found = {}
    for thing in running:
        dims = {**base, **thing.what}
        if stand in ("dienstverbanden", "verzuimgevallen"):
            dims = {**base, **job}
        found[thing.begun_by] = dims
    return found


def exit_reden(stand, event):
    own_end = {"aanmeldingen_open": "niet_gestart", "wacht_op_start": "niet_gestart",
               "trajecten": "uitstroom", "plaatsingen": "plaatsing_einde",
               "dienstverbanden": "dienstverband_einde"}
    if own_end.get(stand) == event.soort:
        return event.get("reden")
    return event.soort


def change_reden(before, after):
    if before.get("trede") == after.get("trede"):
        return "wijziging"
    if before["trede"] == "nader_te_bepalen":
        return "indeling"
    if after["trede"] == "nader_te_bepalen" or after["trede"] < before["trede"]:
        return "terug"
    return "doorstroom"


def flows(stand, direction, step, per, waar):
    """(row, reden, resultaat) of each thing that enters (or leaves) a row in this step."""
    event, before, after = step
    was, now = things(stand, before), things(stand, after)
    found = []
    for thing in {**was, **now}:
        rows_before = set(rows_of(was[thing], per, waar)) if thing in was else set()
        rows_after = set(rows_of(now[thing], per, waar)) if thing in now else set()
        resultaat = "onbekend"
        if thing in was and thing in now:
            reden = change_reden(was[thing], now[thing])
        elif thing in now:
            reden = "start"
        else:
            reden = exit_reden(stand, event)
            if event.soort == "voorziening_einde":
                resultaat = event.get("resultaat")
        moved = rows_after - rows_before if direction == "bij" else rows_before - rows_after
        found += [(row, reden, resultaat) for row in moved]
    return found


def since_aanmelding(event, before):
    return event.day - before.aangemeld.since


def points(measure, step):
    """The points that a step makes for a measure: (dimensions, teller, noemer)."""
    event, before, after = step
    soort, base = event.soort, person(after)

    def own(*names):
        return {**base, **{name: event.get(name) for name in names}}

    simple = {"aanmeldingen": ("aanmelding", ["bron"]),
              "abc_metingen": ("abc_meting", ["afstand", "status"]),
              "taalniveautoetsen": ("taalniveautoets", ["niveau"]),
              "indicaties": ("indicatie", ["indicatie", "uitkomst"]),
              "contactmomenten": ("contactmoment", ["contact"]),
              "ontheffingen": ("ontheffing_beoordeeld", ["uitkomst"]),
              "maatregelen": ("maatregel", ["besluit"]),
              "maatregelen_herzien": ("maatregel_herzien", ["uitkomst"])}
    if measure in simple:
        wanted, names = simple[measure]
        return [(own(*names), 1, 0)] if soort == wanted else []
    if measure in ("intakes", "intakes_binnen_4_weken", "doorlooptijd_intake"):
        if soort != "intake":
            return []
        days = since_aanmelding(event, before)
        teller = {"intakes": 1, "intakes_binnen_4_weken": int(days <= 28),
                  "doorlooptijd_intake": days}[measure]
        return [(own("soort_intake", "uitkomst", "startkwalificatie", "fase"), teller, 1)]
    if measure == "niet_gestart":
        if soort == "niet_gestart":
            return [(own("reden"), 1, 0)]
        reden = {"negatief": "negatief_advies", "teruggemeld": "teruggemeld"}.get(
            event.get("uitkomst")) if soort == "intake" else None
        return [({**base, "reden": reden}, 1, 0)] if reden else []
    if measure == "doorstroom" and soort == "trede_doorstroom":
        return [({**base, "van": before.traject.what["trede"], "naar": event.get("naar")}, 1, 0)]
    if measure in ("uitstroom", "trajectduur") and soort == "uitstroom":
        dims = {**person(before), "trede": before.traject.what["trede"],
                "reden": event.get("reden"), "betaald": event.get("betaald")}
        return [(dims, 1 if measure == "uitstroom" else event.day - before.traject.since, 1)]
    if measure == "meldingsfrequentie" and soort == "ziekmelding":
        return [(dict(after.dienstverband.what), 1, 0)]
    if measure == "gemiddelde_verzuimduur" and soort == "herstelmelding":
        return [(dict(before.dienstverband.what), event.day - before.verzuim.since, 1)]
    return []


def standing(measure, state, day):
    """What stands at the end of `day`: (dimensions, teller, noemer)."""
    if measure in codes.FLOWING:
        return [(dims, 1, 0) for dims in things(measure, state).values()]
    if measure == "aanmeldingen_over_termijn":
        late = state.aangemeld and day - state.aangemeld.since > 28
        return [(person(state), 1, 0)] if late else []
    if measure == "looptijd":
        return [({**person(state), **state.traject.what}, day - state.traject.since, 1)] if (
            state.traject) else []
    job = {**person(state), **state.dienstverband.what} if state.dienstverband else None
    if measure == "fte":
        return [(job, job["factor"], 0)] if job else []
    if measure == "verzuim_per_duur":
        if not state.verzuim:
            return []
        sick_days = day - state.verzuim.since + 1
        klasse = ("1_7" if sick_days <= 7 else "8_42" if sick_days <= 42 else
                  "43_365" if sick_days <= 365 else "366_plus")
        return [({**job, "klasse": klasse}, 1, 0)]
    raise AssertionError(measure)


def on_each_day(measure, state):
    """What one day that ends in `state` adds to a ratio over days: (dimensions, teller, noemer)."""
    if not state.dienstverband:
        return []
    job = dict(state.dienstverband.what)
    if measure == "meldingsfrequentie":
        return [(job, 0, 1)]
    if measure == "verzuimpercentage":
        sick = job["factor"] * state.verzuim.what["percentage"] / 100 if state.verzuim else 0
        return [(job, sick, job["factor"])]
    return []


def other_streams(measure, stream, acting, query):
    """The points of werkgever and organisatie streams: (dimensions, teller)."""
    found = []
    for event in acting:
        in_period = query.van <= event.day <= query.tm
        if measure == "vacatures_vervuld" and event.soort == "vacature_vervuld" and in_period:
            found.append(({"regeling": event.get("regeling"), "sroi": event.get("sroi")},
                          event.get("aantal", 1)))
        elif measure == "relaties_nieuw" and event.soort == "relatie_start" and in_period:
            found.append(({}, event.get("aantal", 1)))
        elif measure in codes.SOORT_BEDRAG and event.soort == "boeking" and (
                event.get("soort_bedrag") == measure):
            begin, end = civil.parse_periode(event.get("periode"))
            if query.van <= begin and end <= query.tm:
                dims = {name: event.get(name) for name in ("programma", "kostenregel",
                                                           "incidenteel")}
                found.append((dims, event.get("bedrag_eurocent")))
    return found
