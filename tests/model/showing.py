"""What `trede show` must say of a dossier: what holds on a day, and all that was recorded."""
import re

import civil
import codes
import fold
import generate

ATTRIBUTE = re.compile(r" (?=[a-z_]+=)")


def attributes(event):
    """Attributes as a set of `name=value`; doelgroepen in any order."""
    return attributes_of(" ".join(f"{name}={cell}" for name, cell
                                  in generate.write_attributes(event).items()))


def attributes_of(text):
    parts = ATTRIBUTE.split(text or "")
    return frozenset("|".join(sorted(part.partition("=")[2].split("|"))) if part.startswith(
        "doelgroepen=") else part for part in parts if part)


def events(known):
    """(day, soort, attributes, position, moment, id, remark) of each event, as listed."""
    first = {event.event_id: event for event in known
             if event.soort not in ("correctie", "intrekking")}
    acting = {event.event_id: event for event in fold.resolve(known)}
    rows = []
    for event in known:
        remark = ""
        if event.vervangt:
            word = "trekt in" if event.soort == "intrekking" else "corrigeert"
            remark = f"{word}: {first[event.vervangt].position}"
        elif event.event_id not in acting:
            remark = "ingetrokken"
        elif acting[event.event_id].source != event.position:
            remark = f"gecorrigeerd door: {acting[event.event_id].source}"
        reason = event.row.na_afsluiting if event.row else None
        if reason:
            remark += ("; " if remark else "") + f"na afsluiting: {reason}"
        day = event.day if event.day is not None else first[event.vervangt].day
        rows.append((day, ("" if event.day is None else civil.write_day(event.day), event.soort,
                           attributes(event), event.position, event.moment, event.event_id,
                           remark)))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def events_of(listed):
    return [(one["geldig_op"] or "", one["soort"], attributes_of(one["attributen"]),
             one["positie"], civil.parse_moment(one["vastgelegd_op"]), one["event_id"],
             one["opmerking"] or "") for one in listed]


def stand(known, day):
    """(what, since, details) of what holds at the end of `day`."""
    acting = fold.resolve(known)
    begun = {event.position: event for event in acting}
    state = fold.State()
    for event, _, after in fold.fold(acting):
        if event.day <= day:
            state = after
    rows = []

    def runs(what, thing, details=None):
        if thing:
            rows.append((what, civil.write_day(thing.since),
                         attributes(begun[thing.begun_by]) if details is None
                         else attributes_of(details)))

    def holds(what, value):
        if value:
            rows.append((what, "", attributes_of(value)))

    runs("aangemeld", state.aangemeld)
    runs("wacht_op_start", state.wacht, "")
    runs("traject", state.traject, state.traject and f"trede={state.traject.what['trede']}")
    runs("diagnose", state.diagnose)
    runs("oponthoud", state.oponthoud)
    for thing in state.voorzieningen.values():
        runs("voorziening", thing)
    if state.dienstverband:
        what = state.dienstverband.what
        runs("dienstverband", state.dienstverband, " ".join(
            (f"dienstverband={what['dienstverband']}", f"afdeling={what['afdeling']}",
             f"deeltijdfactor={civil.write_exact(what['factor'])}")))
    for thing in state.plaatsingen.values():
        runs("plaatsing", thing)
    runs("verzuim", state.verzuim, state.verzuim and
         f"percentage={state.verzuim.what['percentage']}")
    runs("verlof", state.verlof)
    holds("gemeente", state.gemeente)
    holds("werkcoach", state.werkcoach)
    holds("regeling", state.regeling)
    holds("doelgroepen", "doelgroepen=" + "|".join(state.doelgroepen)
          if state.doelgroepen else "")
    return sorted(rows, key=repr)


def stand_of(listed):
    """The same of what the product printed; the 104 weken are told by tests of their own."""
    rows = []
    for one in listed:
        details = one["bijzonderheden"] or ""
        if one["wat"] == "doelgroepen":
            details = "doelgroepen=" + details
        if one["wat"] != "104 weken":
            rows.append((one["wat"], one["sinds"] or "", attributes_of(details)))
    return sorted(rows, key=repr)
