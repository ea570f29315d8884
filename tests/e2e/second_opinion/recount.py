"""explain and diff: what they list must add up to the figures they explain, and be events that were
known (explain), or recorded in between (diff)."""
import copy
import csv
import io

import civil
import codes
import query
import questions
from fractions import Fraction
from product import Failure


def check(here, log, rng, count):
    answers = query.Answers(log)
    for _ in range(count):
        asked = questions.fruitful_query(rng, log, answers)
        explain(here, log, answers, asked)
        diff(here, log, answers, rng, asked)


def without_zeros(sums):
    return {row: pair for row, pair in sums.items() if any(pair)}


def explain(here, log, answers, asked):
    words = ["explain", *asked.words(), "--format", "csv"]
    position = answers.known_position(asked)
    rows = listed(here, words, asked, log, 0, position)
    compare(words, without_zeros(counted(asked, answers, asked)), add_up(rows, asked))


def diff(here, log, answers, rng, asked):
    """The same question as known at two moments."""
    now, then = copy.copy(asked), copy.copy(asked)
    now.moment = then.moment = None
    now.position, then.position = sorted(rng.choices(range(len(log.events) + 1), k=2))
    words = ["diff", *now.words(), "--en-positie", str(then.position),
             "--format", "csv"]
    if rng.random() < 0.5:
        now.moment, then.moment = (log.events[max(p - 1, 0)].moment
                                   for p in (now.position, then.position))
        now.position = then.position = None
        words = ["diff", *now.words(), "--en-bekend-op",
                 civil.write_moment(then.moment), "--format", "csv"]
    before, after = counted(asked, answers, now), counted(asked, answers, then)
    moved = {row: [a - b for a, b in zip(after.get(row, (0, 0)), before.get(row, (0, 0)))]
             for row in {**before, **after}}
    rows = listed(here, words, asked, log, answers.known_position(now),
                  answers.known_position(then))
    compare(words, without_zeros(moved), add_up(rows, asked))


def counted(asked, answers, at):
    """The figures; of a count only the count itself, whatever the model keeps beside it."""
    ratio = asked.kind in (codes.RATIO, codes.RATIO_OP)
    return {row: (teller, noemer if ratio else 0)
            for row, (teller, noemer) in answers.sums(at).items()}


def listed(here, words, asked, log, after, until):
    """The rows listed, each of an event that the log has and that lies in (after, until]."""
    rows = list(csv.DictReader(io.StringIO(here.good(*words))))
    for row in rows:
        position = int(row["positie"])
        if not after < position <= until:
            raise Failure(f"{' '.join(words)}: lists position {position}, "
                          f"outside ({after}, {until}]")
        event = log.events[position - 1]
        if (row["stream"], row["soort"]) != (event.stream, event.soort):
            raise Failure(f"{' '.join(words)}: position {position} is a {event.soort} of "
                          f"{event.stream}, not {row}")
    return rows


def add_up(rows, asked):
    ratio = asked.kind in (codes.RATIO, codes.RATIO_OP)
    sums = {}
    for row in rows:
        pair = sums.setdefault(tuple(row[name] for name in asked.per), [Fraction(0), Fraction(0)])
        pair[0] += Fraction(row["teller" if ratio else "waarde"])
        pair[1] += Fraction(row["noemer"]) if ratio else 0
    return without_zeros(sums)


def compare(words, expected, got):
    expected = {row: list(pair) for row, pair in expected.items()}
    if expected != got:
        raise Failure(f"{' '.join(words)}: adds up to {got}, expected {expected}")
