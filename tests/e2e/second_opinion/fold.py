"""The timeline of one dossier (contract sections 1 and 2): resolve, order, fold, refuse.

Nothing here is incremental: each call starts from nothing and walks the whole history. A step is
(event, state before, state after); the state is never changed, only replaced.
"""
import dataclasses
from fractions import Fraction

import codes


class Refused(Exception):
    """A rule says no; `code` names the rule."""

    def __init__(self, code, text=""):
        super().__init__(f"{code}: {text}")
        self.code = code


@dataclasses.dataclass(frozen=True)
class Acting:
    """An event as it acts: its own content, or that of its latest correctie."""
    soort: str
    day: int
    attrs: dict
    position: int  # of the event as first recorded, also after a correctie
    source: int    # the position of the event whose content this is
    event_id: str

    def get(self, name, default="onbekend"):
        return self.attrs.get(name, default)

    @property
    def kenmerk(self):
        return self.attrs.get("kenmerk", "1")


def resolve(events):
    """What acts of `events` (one stream, in order of position): corrections and withdrawals."""
    standing, seen = {}, {}
    for event in events:
        if event.soort not in ("correctie", "intrekking"):
            standing[event.event_id] = Acting(event.soort, event.day, event.attrs, event.position,
                                              event.position, event.event_id)
            seen[event.event_id] = event.soort
            continue
        if event.vervangt not in seen:
            raise Refused("vervangt_onbekend")
        if event.vervangt not in standing:
            raise Refused("al_ingetrokken")
        if event.soort == "intrekking":
            del standing[event.vervangt]
        else:
            first = standing[event.vervangt]
            standing[event.vervangt] = Acting(first.soort, event.day, event.attrs, first.position,
                                              event.position, first.event_id)
    return list(standing.values())


@dataclasses.dataclass(frozen=True)
class Thing:
    """Something that runs: which event began it, on which day, and what it is."""
    begun_by: int
    since: int
    what: dict

    def changed(self, **what):
        return Thing(self.begun_by, self.since, {**self.what, **what})


@dataclasses.dataclass(frozen=True)
class State:
    known: bool = False
    had_aanmelding: bool = False
    gemeente: str | None = None
    regeling: str | None = None
    doelgroepen: frozenset = frozenset()
    werkcoach: str | None = None
    aangemeld: Thing | None = None
    wacht: Thing | None = None
    traject: Thing | None = None
    diagnose: Thing | None = None
    oponthoud: Thing | None = None
    voorzieningen: dict = dataclasses.field(default_factory=dict)
    plaatsingen: dict = dataclasses.field(default_factory=dict)
    dienstverband: Thing | None = None
    verzuim: Thing | None = None
    verlof: Thing | None = None
    maatregelen: frozenset = frozenset()

    def but(self, **changes):
        return dataclasses.replace(self, **changes)

    @property
    def in_re_integratie(self):
        return bool(self.aangemeld or self.wacht or self.traject)


def thing_ended_by(event, state):
    """The running thing that an end of §1 would end in `state`; None when none runs."""
    if event.soort == "diagnose_einde":
        return state.diagnose
    if event.soort == "oponthoud_einde":
        return state.oponthoud
    if event.soort == "voorziening_einde":
        return state.voorzieningen.get(event.kenmerk)
    if event.soort == "plaatsing_einde":
        return state.plaatsingen.get(event.kenmerk)
    if event.soort == "herstelmelding":
        return state.verzuim
    if event.soort == "verlof_einde":
        return state.verlof
    if event.soort == "dienstverband_einde":
        return state.dienstverband
    raise AssertionError(event.soort)


def order_of_day(events, yesterday):
    """The events of one day in the order of section 1, given the state when the day began."""
    events = sorted(events, key=lambda e: e.position)
    phase, ended = {}, set()
    for event in events:
        if event.soort not in codes.ENDS:
            phase[event.position] = 2
            continue
        kenmerk = event.kenmerk if event.soort in ("voorziening_einde", "plaatsing_einde") else ""
        thing = (event.soort, kenmerk)
        if thing_ended_by(event, yesterday) is not None and thing not in ended:
            phase[event.position] = 1
            ended.add(thing)
        else:
            phase[event.position] = 3
    return sorted(events, key=lambda e: (phase[e.position], codes.TABLE_ORDER[e.soort],
                                         e.position))


def fold(acting):
    """All steps of a dossier. Raises Refused when the timeline is not sound."""
    steps, state = [], State()
    for day in sorted({event.day for event in acting}):
        for event in order_of_day([e for e in acting if e.day == day], state):
            after = apply(event, state)
            steps.append((event, state, after))
            state = after
    return steps


def need(condition, code, text=""):
    if not condition:
        raise Refused(code, text)


def apply(event, state):
    """The state after `event`. Raises Refused when a needed state does not hold."""
    first = not state.known
    if first:
        may_be_first = event.soort in ("aanmelding", "dienstverband_start") or (
            event.soort == "plaatsing"
            and event.get("plaatsing") in ("begeleid_werken", "garantiebaan"))
        need(may_be_first, "geen_eerste_gebeurtenis", event.soort)
    after = RULES[event.soort](event, state, first)
    return after.but(known=True)


def begin(event, **what):
    return Thing(event.position, event.day, what)


def on_aanmelding(event, state, first):
    need(not state.in_re_integratie, "al_aangemeld")
    return state.but(aangemeld=begin(event), had_aanmelding=True, gemeente=event.get("gemeente"),
                     regeling=event.get("regeling"),
                     doelgroepen=event.get("doelgroepen", frozenset()))


def on_intake_gestart(event, state, first):
    need(state.aangemeld, "niet_aangemeld")
    return state


def on_intake(event, state, first):
    need(state.aangemeld, "niet_aangemeld")
    if event.get("uitkomst") == "positief":
        return state.but(aangemeld=None, wacht=begin(event))
    return state.but(aangemeld=None, diagnose=None)


def on_niet_gestart(event, state, first):
    need(state.aangemeld or state.wacht, "niet_aangemeld_of_wachtend")
    return state.but(aangemeld=None, wacht=None, diagnose=None)


def on_traject_start(event, state, first):
    need(state.wacht, "wacht_niet_op_start")
    return state.but(wacht=None, traject=begin(event, trede=event.get("trede")))


def on_trede_doorstroom(event, state, first):
    need(state.traject, "geen_traject")
    need(state.traject.what["trede"] != event.get("naar"), "zelfde_trede")
    return state.but(traject=state.traject.changed(trede=event.get("naar")))


def on_gemeente_gewijzigd(event, state, first):
    need(state.gemeente != event.get("gemeente"), "zelfde_gemeente")
    return state.but(gemeente=event.get("gemeente"))


def on_doelgroep_gewijzigd(event, state, first):
    new = event.get("doelgroepen", frozenset())
    need(new != state.doelgroepen, "zelfde_doelgroepen")
    return state.but(doelgroepen=new)


def on_werkcoach_toegewezen(event, state, first):
    return state.but(werkcoach=event.get("werkcoach"))


def on_point(event, state, first):
    return state


def on_diagnose_start(event, state, first):
    need(state.in_re_integratie, "niet_in_re_integratie")
    need(not state.diagnose, "diagnose_loopt")
    return state.but(diagnose=begin(event))


def on_diagnose_einde(event, state, first):
    need(state.diagnose, "geen_diagnose")
    return state.but(diagnose=None)


def on_oponthoud_start(event, state, first):
    need(state.traject, "geen_traject")
    need(not state.oponthoud, "oponthoud_loopt")
    return state.but(oponthoud=begin(event))


def on_oponthoud_einde(event, state, first):
    need(state.oponthoud, "geen_oponthoud")
    return state.but(oponthoud=None)


def on_voorziening_start(event, state, first):
    need(state.traject or event.get("voorziening") in ("map", "project"), "geen_traject")
    need(event.kenmerk not in state.voorzieningen, "kenmerk_loopt")
    thing = begin(event, voorziening=event.get("voorziening"), naam=event.get("naam"))
    return state.but(voorzieningen={**state.voorzieningen, event.kenmerk: thing})


def on_voorziening_einde(event, state, first):
    need(event.kenmerk in state.voorzieningen, "geen_voorziening")
    return state.but(voorzieningen={kenmerk: thing for kenmerk, thing
                                    in state.voorzieningen.items() if kenmerk != event.kenmerk})


def on_maatregel(event, state, first):
    need(state.had_aanmelding, "geen_aanmelding")
    return state.but(maatregelen=state.maatregelen | {event.kenmerk})


def on_maatregel_herzien(event, state, first):
    need(event.kenmerk in state.maatregelen, "geen_maatregel")
    return state


def on_ontheffing_beoordeeld(event, state, first):
    need(state.had_aanmelding, "geen_aanmelding")
    return state


def on_dienstverband_start(event, state, first):
    need(not state.dienstverband, "dienstverband_loopt")
    thing = begin(event, dienstverband=event.get("dienstverband"), afdeling=event.get("afdeling"),
                  factor=Fraction(event.get("deeltijdfactor")))
    return state.but(dienstverband=thing, gemeente=event.get("gemeente", state.gemeente))


def on_dienstverband_gewijzigd(event, state, first):
    need(state.dienstverband, "geen_dienstverband")
    now = state.dienstverband
    return state.but(dienstverband=now.changed(
        afdeling=event.get("afdeling", now.what["afdeling"]),
        factor=Fraction(event.get("deeltijdfactor", now.what["factor"]))))


def on_plaatsing(event, state, first):
    kind = event.get("plaatsing")
    if first:
        need(event.get("gemeente", None), "gemeente_nodig")
    else:
        need(not event.get("gemeente", None), "gemeente_niet_toegestaan")
    need(event.kenmerk not in state.plaatsingen, "kenmerk_loopt")
    if kind == "detachering":
        need(state.dienstverband
             and state.dienstverband.what["dienstverband"] in ("wsw", "beschut_werk"),
             "geen_wsw_of_beschut_werk")
    elif kind == "begeleid_werken":
        need(event.get("regeling") == "wsw", "regeling_wsw_nodig")
    elif kind == "garantiebaan":
        need("banenafspraak" in state.doelgroepen or event.get("regeling") in ("wajong", "wsw"),
             "geen_banenafspraak")
    else:
        need(state.traject, "geen_traject")
    thing = begin(event, plaatsing=kind, regeling=event.get("regeling"),
                  leeftijdsgroep=event.get("leeftijdsgroep"), vorm=event.get("vorm"))
    return state.but(plaatsingen={**state.plaatsingen, event.kenmerk: thing},
                     gemeente=event.get("gemeente", state.gemeente))


def on_plaatsing_einde(event, state, first):
    need(event.kenmerk in state.plaatsingen, "geen_plaatsing")
    return state.but(plaatsingen={kenmerk: thing for kenmerk, thing in state.plaatsingen.items()
                                  if kenmerk != event.kenmerk})


def on_ziekmelding(event, state, first):
    need(state.dienstverband, "geen_dienstverband")
    need(not state.verzuim, "verzuim_loopt")
    need(not state.verlof, "met_verlof")
    return state.but(verzuim=begin(event, percentage=event.get("percentage", 100)))


def on_verzuim_gewijzigd(event, state, first):
    need(state.verzuim, "geen_verzuim")
    return state.but(verzuim=state.verzuim.changed(percentage=event.get("percentage")))


def on_herstelmelding(event, state, first):
    need(state.verzuim, "geen_verzuim")
    return state.but(verzuim=None)


def on_verlof_start(event, state, first):
    need(state.dienstverband, "geen_dienstverband")
    need(not state.verlof, "met_verlof")
    return state.but(verlof=begin(event), verzuim=None)


def on_verlof_einde(event, state, first):
    need(state.verlof, "geen_verlof")
    return state.but(verlof=None)


def on_uitstroom(event, state, first):
    need(state.traject, "geen_traject")
    stay = {kenmerk: thing for kenmerk, thing in state.voorzieningen.items()
            if thing.what["voorziening"] in ("map", "project")}
    placed = {kenmerk: thing for kenmerk, thing in state.plaatsingen.items()
              if thing.what["plaatsing"] not in ("parttime_werk", "werkervaringsplaats")}
    return state.but(traject=None, diagnose=None, oponthoud=None, voorzieningen=stay,
                     plaatsingen=placed)


def on_dienstverband_einde(event, state, first):
    need(state.dienstverband, "geen_dienstverband")
    placed = {kenmerk: thing for kenmerk, thing in state.plaatsingen.items()
              if thing.what["plaatsing"] != "detachering"}
    return state.but(dienstverband=None, verzuim=None, verlof=None, plaatsingen=placed)


RULES = {soort: globals().get("on_" + soort, on_point) for soort, kind in codes.KINDS.items()
         if kind["where"] == codes.DOSSIER}
