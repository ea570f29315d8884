"""Random queries over a history: all measures, breakdowns and filters, any day, any K."""
import civil
import codes
import query


def names_in(log):
    """The organisation's own strings that occur in the history, by dimension."""
    found = {}
    for event in log.events:
        for name in ("gemeente", "werkcoach", "naam", "afdeling", "programma", "kostenregel"):
            if name in event.attrs:
                found.setdefault(name, set()).add(event.attrs[name])
    return {name: sorted(values) for name, values in found.items()}


def random_filter(rng, log, measure, name):
    known = codes.codes_of(measure, name)
    if known is None:
        known = [*names_in(log).get(name, []), "Nergens"]
    known = list(dict.fromkeys(known))
    if rng.random() < 0.15:
        known.append("geen" if name == "doelgroep" else "onbekend")
    return set(rng.sample(known, min(len(known), rng.choice([1, 1, 2, 2, 3]))))


def random_day(rng, log):
    """A day of some event, or near it, or anywhere in and around the history."""
    days = [event.day for event in log.events if event.day]
    chance = rng.random()
    if not days or chance < 0.05:
        return rng.randrange(civil.FIRST_DAY, civil.parse_day("2035-01-01"))
    if chance < 0.7:
        return rng.choice(days) + rng.choice([0, 0, 0, -1, 1, 28, 29, 7, 42, 365])
    return rng.randrange(min(days) - 3, max(days) + 400)


def random_query(rng, log, measure=None):
    measure = measure or rng.choice(list(codes.MEASURES))
    asked = query.Query(measure)
    asked.van = asked.tm = random_day(rng, log)
    if asked.kind not in (codes.STAND, codes.RATIO_OP):
        asked.tm = random_day(rng, log) if rng.random() < 0.6 else asked.van + rng.randrange(400)
        asked.van, asked.tm = min(asked.van, asked.tm), max(asked.van, asked.tm)
        if measure in codes.SOORT_BEDRAG or rng.random() < 0.1:
            asked.van = civil.parse_day(civil.write_day(asked.van)[:4] + "-01-01")
    dims = list(codes.MEASURES[measure][1])
    asked.per = rng.sample(dims, min(len(dims), rng.choice([0, 1, 1, 2, 2, 3])))
    for name in rng.sample(dims, min(len(dims), rng.choice([0, 0, 1, 1, 2]))):
        asked.waar[name] = random_filter(rng, log, measure, name)
    chance = rng.random()
    if chance < 0.4:
        asked.position = rng.randrange(len(log.events) + 1)
    elif chance < 0.7 and log.events:
        asked.moment = rng.choice(log.events).moment + rng.choice([0, 0, 0, -1, 1, 10 ** 9])
        asked.offset = rng.choice([0, 60, 120, -570])
    return asked


def fruitful_query(rng, log, answers):
    """A random query that mostly, but not always, has something to count."""
    for _ in range(4):
        asked = random_query(rng, log)
        rows = answers.answer(asked).split("\n")[1:-1]
        if rows and rows not in (["0"], ["0,0,"]):
            break
    return asked
