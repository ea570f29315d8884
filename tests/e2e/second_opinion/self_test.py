#!/usr/bin/env python3
"""Facts of the contract, worked out by hand, that the second implementation must give."""
import unittest
import uuid

import bad_inputs
import civil
import codes
import generate
import query
import questions
import random
import reading
import recording

OPEN = """organisatie|gemeente_toegetreden|2000-01-01|gemeente=Velsen
organisatie|gemeente_toegetreden|2000-01-01|gemeente=Uitgeest|dienst=beschut_werk
organisatie|gemeente_toegetreden|2000-01-01|gemeente=Heemskerk
organisatie|afdeling_ingesteld|2000-01-01|afdeling=Groen
organisatie|afdeling_ingesteld|2000-01-01|afdeling=Kantoor
"""


def event_id(name):
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def rows_of(text):
    """Rows from `stream|soort|day|name=value|…`; `id=` and `vervangt=` are short names."""
    rows = []
    for number, line in enumerate(line for line in text.splitlines() if line):
        stream, soort, day, *rest = line.strip().split("|")
        cells = {"stream": stream if "/" in stream or stream == "organisatie"
                 else "dossier/" + stream, "soort": soort}
        if day:
            cells["geldig_op"] = day
        cells["event_id"] = event_id(f"row {number}")
        cells["vastgelegd_op"] = "2022-06-01T12:00:00Z"
        for part in rest:
            name, _, value = part.partition("=")
            if name == "id":
                name, value = "event_id", event_id(value)
            elif name == "vervangt":
                value = event_id(value)
            elif name == "doelgroepen":
                value = value.replace("+", "|")
            cells[name] = value
        bad = []
        rows.append(reading.Reader(number + 1, cells, False).row(bad))
        assert not bad, (line, bad)
    return rows


def log_of(text):
    log, refused = recording.record(rows_of(OPEN + text))
    assert not refused, refused
    return log


def ask(log, words):
    """The answer without its header, rows joined by a space."""
    measure, *parts = words.split()
    asked = query.Query(measure)
    for part in parts:
        name, _, value = part.partition("=")
        if name in ("op", "van", "tm"):
            day = civil.parse_day(value)
            asked.van = day if name in ("op", "van") else asked.van
            asked.tm = day if name in ("op", "tm") else asked.tm
        elif name == "per":
            asked.per = value.split(",")
        elif name == "k":
            asked.position = len(OPEN.splitlines()) + int(value)
        else:
            asked.waar[name] = set(value.split(","))
    return " ".join(query.Answers(log).answer(asked).split("\n")[1:-1])


class Facts(unittest.TestCase):
    def holds(self, text, *pairs):
        log = log_of(text)
        for words, expected in pairs:
            self.assertEqual(ask(log, words), expected, words)

    def refused(self, text, *lines):
        """Each of `lines` alone is refused after `text`."""
        for line in lines:
            _, refused = recording.record(rows_of(OPEN + text + "\n" + line))
            self.assertEqual([append[0].soort for append, _ in refused],
                             [line.split("|")[1]], line)

    LIFE = """a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw|doelgroepen=jongere+statushouder
a|intake|2021-01-29|uitkomst=positief
a|traject_start|2021-02-01|trede=nader_te_bepalen
a|trede_doorstroom|2021-02-10|naar=4
a|trede_doorstroom|2021-02-20|naar=3
a|trede_doorstroom|2021-02-20|naar=6
a|uitstroom|2021-03-01|reden=werkaanvaarding|betaald=ja
"""

    def test_a_stand_is_what_holds_at_the_end_of_the_day(self):
        self.holds(self.LIFE,
                   ("aanmeldingen_open op=2021-01-01", "1"),
                   ("aanmeldingen_open op=2021-01-28", "1"),
                   ("aanmeldingen_open op=2021-01-29", "0"),
                   ("wacht_op_start op=2021-01-29", "1"),
                   ("trajecten op=2021-02-28 per=trede", "6,1"),
                   ("trajecten op=2021-03-01 per=trede", ""),
                   ("trajecten op=2021-03-01", "0"),
                   ("looptijd op=2021-02-28", "27,1,27.0000"))

    def test_a_move_between_treden_is_a_flow_only_where_trede_is_told_apart(self):
        self.holds(self.LIFE,
                   ("trajecten_bij van=2021-01-01 tm=2021-12-31", "1"),
                   ("trajecten_bij van=2021-02-01 tm=2021-02-28 per=trede,reden",
                    "3,terug,1 4,indeling,1 6,doorstroom,1 nader_te_bepalen,start,1"),
                   ("trajecten_af van=2021-02-01 tm=2021-03-01 per=reden,trede",
                    "doorstroom,3,1 indeling,nader_te_bepalen,1 terug,4,1 werkaanvaarding,6,1"),
                   ("trajecten_bij van=2021-02-01 tm=2021-03-01 trede=3,4", "1"),
                   ("trajecten_bij van=2021-02-01 tm=2021-03-01 trede=3,4 per=reden",
                    "indeling,1"),
                   ("doorstroom van=2021-02-01 tm=2021-03-01 per=van,naar",
                    "3,6,1 4,3,1 nader_te_bepalen,4,1"))

    def test_the_twenty_ninth_day_is_beyond_the_term_and_the_twenty_eighth_is_within(self):
        self.holds(self.LIFE,
                   ("intakes_binnen_4_weken van=2021-01-01 tm=2021-01-31", "1,1,100.0000"),
                   ("doorlooptijd_intake van=2021-01-01 tm=2021-01-31", "28,1,28.0000"),
                   ("intakes_binnen_4_weken van=2021-02-01 tm=2021-02-28", "0,0,"),
                   ("intakes_binnen_4_weken van=2021-02-01 tm=2021-02-28 per=gemeente", ""))
        self.holds("b|aanmelding|2021-01-01|gemeente=Velsen|regeling=ww",
                   ("aanmeldingen_over_termijn op=2021-01-29", "0"),
                   ("aanmeldingen_over_termijn op=2021-01-30 per=regeling", "ww,1"))

    def test_doelgroepen_are_a_set(self):
        self.holds(self.LIFE + "b|aanmelding|2021-01-05|gemeente=Heemskerk|regeling=ww",
                   ("aanmeldingen van=2021-01-01 tm=2021-01-31 per=doelgroep",
                    "geen,1 jongere,1 statushouder,1"),
                   ("aanmeldingen van=2021-01-01 tm=2021-01-31 doelgroep=jongere,statushouder",
                    "1"),
                   ("aanmeldingen van=2021-01-01 tm=2021-01-31 doelgroep=geen,jongere "
                    "per=doelgroep", "geen,1 jongere,1"),
                   ("aanmeldingen van=2021-01-01 tm=2021-01-31 doelgroep=jongere "
                    "per=doelgroep,gemeente", "jongere,Velsen,1"))

    def test_a_change_of_doelgroep_moves_only_the_rows_that_it_changes(self):
        self.holds(self.LIFE + "a|doelgroep_gewijzigd|2021-02-05|doelgroepen=jongere+pro_vso\n"
                   "a|doelgroep_gewijzigd|2021-02-06",
                   ("trajecten_bij van=2021-02-05 tm=2021-02-06 per=doelgroep,reden",
                    "geen,wijziging,1 pro_vso,wijziging,1"),
                   ("trajecten_af van=2021-02-05 tm=2021-02-06 per=doelgroep",
                    "jongere,1 pro_vso,1 statushouder,1"),
                   ("trajecten_af van=2021-02-05 tm=2021-02-06 doelgroep=jongere,pro_vso", "1"),
                   ("trajecten_af van=2021-02-05 tm=2021-02-06", "0"))

    def test_an_end_of_what_ran_yesterday_comes_before_a_start_of_that_day(self):
        text = self.LIFE + """a|voorziening_start|2021-02-10|voorziening=stage
a|voorziening_start|2021-02-15|voorziening=training
a|voorziening_einde|2021-02-15|resultaat=afgerond
a|voorziening_einde|2021-02-15|resultaat=afgebroken
"""
        rows = rows_of(OPEN + text)
        _, refused = recording.record(rows[:-3] + [rows[-2], rows[-3], rows[-1]])
        self.assertEqual(refused, [])
        moved = text.splitlines()
        moved[-3], moved[-2] = moved[-2], moved[-3]
        self.holds("\n".join(moved),
                   ("voorzieningen_af van=2021-02-01 tm=2021-03-01 per=voorziening,resultaat",
                    "stage,afgerond,1 training,afgebroken,1"),
                   ("voorzieningen_af van=2021-02-01 tm=2021-03-01 per=reden",
                    "voorziening_einde,2"))

    def test_aanmelding_on_the_day_of_the_uitstroom_is_refused_and_the_day_after_is_not(self):
        again = "a|aanmelding|{}|gemeente=Velsen|regeling=ww"
        self.refused(self.LIFE, again.format("2021-03-01"))
        self.holds(self.LIFE + again.format("2021-03-02"),
                   ("aanmeldingen van=2021-01-01 tm=2021-12-31 per=regeling", "ioaw,1 ww,1"))

    def test_uitstroom_closes_what_depends_on_the_traject(self):
        self.holds(self.LIFE + """a|oponthoud_start|2021-02-11|reden=medisch
a|diagnose_start|2021-02-12
a|voorziening_start|2021-02-13|voorziening=map
a|voorziening_start|2021-02-13|voorziening=stage|kenmerk=s|naam=X
a|plaatsing|2021-02-13|plaatsing=parttime_werk
a|plaatsing|2021-02-13|plaatsing=garantiebaan|regeling=wajong|kenmerk=g""",
                   ("voorzieningen op=2021-03-01 per=voorziening", "map,1"),
                   ("voorzieningen_af van=2021-03-01 tm=2021-03-01 per=naam,resultaat,reden",
                    "X,onbekend,uitstroom,1"),
                   ("plaatsingen op=2021-03-01 per=plaatsing,regeling", "garantiebaan,wajong,1"),
                   ("plaatsingen op=2021-02-28 per=regeling", "onbekend,1 wajong,1"),
                   ("diagnose_af van=2021-03-01 tm=2021-03-01 per=reden", "uitstroom,1"),
                   ("oponthoud_af van=2021-03-01 tm=2021-03-01 per=reden,gemeente",
                    "uitstroom,Velsen,1"))

    def test_a_diagnose_ends_with_the_last_of_its_three_states(self):
        self.holds("""a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw
a|diagnose_start|2021-01-02
a|intake|2021-01-03|uitkomst=positief
a|niet_gestart|2021-01-04|reden=verhuisd""",
                   ("diagnose op=2021-01-03", "1"), ("diagnose op=2021-01-04", "0"),
                   ("diagnose_af van=2021-01-01 tm=2021-01-31 per=reden", "niet_gestart,1"),
                   ("wacht_op_start_af van=2021-01-01 tm=2021-01-31 per=reden", "verhuisd,1"),
                   ("niet_gestart van=2021-01-01 tm=2021-01-31 per=reden", "verhuisd,1"))
        self.holds("""a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw
a|diagnose_start|2021-01-02
a|intake|2021-01-03|uitkomst=negatief""",
                   ("diagnose_af van=2021-01-01 tm=2021-01-31 per=reden", "intake,1"),
                   ("niet_gestart van=2021-01-01 tm=2021-01-31 per=reden", "negatief_advies,1"),
                   ("aanmeldingen_open_af van=2021-01-01 tm=2021-01-31 per=reden", "intake,1"))

    JOB = """a|dienstverband_start|2021-01-01|dienstverband=beschut_werk|gemeente=Uitgeest|{}
a|ziekmelding|2021-01-11
a|verzuim_gewijzigd|2021-01-16|percentage=50|vastgesteld_door=bedrijfsarts
a|herstelmelding|2021-01-21
""".format("afdeling=Groen|deeltijdfactor=0.8889")

    def test_verzuim_is_counted_in_fte_days(self):
        self.holds(self.JOB,
                   ("fte op=2021-01-11", "0.8889"),
                   ("verzuimpercentage van=2021-01-01 tm=2021-01-31",
                    "6.66675,27.5559,24.1935"),  # 0.8889 × (5 + 5 × ½) over 0.8889 × 31
                   ("verzuimpercentage van=2021-01-20 tm=2021-01-21 per=afdeling",
                    "Groen,0.44445,1.7778,25.0000"),
                   ("meldingsfrequentie van=2021-01-01 tm=2021-01-31", "365,31,11.7742"),
                   ("gemiddelde_verzuimduur van=2021-01-01 tm=2021-01-31", "10,1,10.0000"),
                   ("verzuim_per_duur op=2021-01-17 per=klasse", "1_7,1"),
                   ("verzuim_per_duur op=2021-01-18 per=klasse", "8_42,1"))

    def test_an_employee_who_moves_while_sick_is_a_flow_between_afdelingen(self):
        self.holds(self.JOB + "a|dienstverband_gewijzigd|2021-01-14|afdeling=Kantoor\n"
                   "a|ziekmelding|2021-01-21\na|verlof_start|2021-01-25\n"
                   "a|verlof_einde|2021-01-28\na|ziekmelding|2021-01-28|percentage=100\n"
                   "a|dienstverband_einde|2021-02-01|reden=wia",
                   ("verzuimgevallen_bij van=2021-01-01 tm=2021-02-28 per=afdeling,reden",
                    "Groen,start,1 Kantoor,start,2 Kantoor,wijziging,1"),
                   ("verzuimgevallen_af van=2021-01-01 tm=2021-02-28 per=reden",
                    "dienstverband_einde,1 herstelmelding,1 verlof_start,1"),
                   ("dienstverbanden_af van=2021-01-01 tm=2021-02-28 per=afdeling,reden",
                    "Groen,wijziging,1 Kantoor,wia,1"),
                   ("verzuimpercentage van=2021-01-14 tm=2021-01-14 per=afdeling",
                    "Kantoor,0.8889,0.8889,100.0000"))

    def test_a_correctie_keeps_the_place_of_what_it_replaces_and_works_from_its_position(self):
        self.holds("""a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw
a|gemeente_gewijzigd|2021-01-10|gemeente=Heemskerk|id=x
a|gemeente_gewijzigd|2021-01-12|gemeente=Velsen|id=y
a|correctie|2021-01-12|vervangt=x|gemeente=Heemskerk
a|intrekking||vervangt=y|reden=foutief""",
                   ("aanmeldingen_open op=2021-01-11 per=gemeente k=3", "Heemskerk,1"),
                   ("aanmeldingen_open op=2021-01-11 per=gemeente k=4", "Velsen,1"),
                   ("aanmeldingen_open op=2021-01-12 per=gemeente k=4", "Velsen,1"),
                   ("aanmeldingen_open_bij van=2021-01-12 tm=2021-01-12 per=gemeente k=4",
                    "Heemskerk,1 Velsen,1"),
                   ("aanmeldingen_open op=2021-01-12 per=gemeente", "Heemskerk,1"),
                   ("aanmeldingen_open op=2021-01-12 per=gemeente k=0", ""))

    def test_withdrawn_events_and_corrections_cannot_be_corrected_again(self):
        text = """a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw|id=x
a|contactmoment|2021-01-02|contact=gesprek|id=c
a|contactmoment|2021-01-02|contact=gesprek|id=d
a|correctie|2021-01-03|vervangt=c|contact=telefoon|id=cc
a|intrekking||vervangt=d|reden=dubbel|id=dd"""
        self.refused(text,
                     "a|correctie|2021-01-02|vervangt=d|contact=gesprek",
                     "a|intrekking||vervangt=d|reden=dubbel",
                     "a|correctie|2021-01-02|vervangt=cc|contact=gesprek",
                     "a|intrekking||vervangt=dd|reden=dubbel",
                     "a|intrekking||vervangt=nothing|reden=dubbel",
                     "b|intrekking||vervangt=c|reden=dubbel",
                     "a|intrekking||vervangt=x|reden=foutief",
                     "a|correctie|2021-01-04|vervangt=x|gemeente=Velsen|regeling=ww",
                     "a|correctie|2021-01-01|vervangt=x|contact=gesprek")

    def test_what_a_first_plaatsing_may_and_may_not(self):
        first = "a|plaatsing|2021-01-01|plaatsing=begeleid_werken|regeling=wsw|gemeente=Velsen\n"
        self.holds(first, ("plaatsingen op=2021-01-01 per=gemeente,plaatsing,regeling",
                           "Velsen,begeleid_werken,wsw,1"))
        self.refused(first,
                     "a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ww",
                     "a|plaatsing|2021-01-02|plaatsing=garantiebaan|regeling=wsw|gemeente=Velsen",
                     "a|plaatsing|2021-01-02|plaatsing=garantiebaan|regeling=wsw",
                     "a|plaatsing|2021-01-02|plaatsing=garantiebaan|regeling=ww|kenmerk=b",
                     "a|plaatsing|2021-01-02|plaatsing=begeleid_werken|kenmerk=b",
                     "b|plaatsing|2021-01-02|plaatsing=garantiebaan|regeling=wajong",
                     "b|contactmoment|2021-01-02|contact=gesprek",
                     "b|plaatsing|2021-01-02|plaatsing=begeleid_werken|regeling=wsw|"
                     "gemeente=Uitgeest")

    def test_gemeente_afdeling_and_the_end_of_the_wsw_are_asked_at_recording(self):
        self.refused(self.JOB,
                     "b|aanmelding|2021-01-02|gemeente=Uitgeest|regeling=ww",
                     "b|aanmelding|1999-12-31|gemeente=Velsen|regeling=ww",
                     "b|aanmelding|2021-01-02|gemeente=velsen|regeling=ww",
                     "b|dienstverband_start|2021-01-02|dienstverband=ambtelijk|"
                     "afdeling=groen|deeltijdfactor=1",
                     "b|dienstverband_start|2015-01-01|dienstverband=wsw|gemeente=Velsen|"
                     "afdeling=Groen|deeltijdfactor=1",
                     "a|gemeente_gewijzigd|2021-01-03|gemeente=Uitgeest",
                     "a|dienstverband_gewijzigd|2021-01-03|afdeling=Nergens",
                     "b|aanmelding|2022-06-03|gemeente=Velsen|regeling=ww",
                     "a|verlof_start|2023-06-03",
                     "organisatie|gemeente_toegetreden|2010-01-01|gemeente=Velsen",
                     "organisatie|gemeente_uitgetreden|2010-01-01|gemeente=Uitgeest|"
                     "dienst=re_integratie")
        self.holds(self.JOB + "b|aanmelding|2022-06-02|gemeente=Velsen|regeling=ww\n"
                   "a|verlof_start|2023-06-02\na|gemeente_gewijzigd|2021-01-03|gemeente=Velsen",
                   ("aanmeldingen op=2022-06-02", "1"))

    def test_what_lies_in_a_closed_period_needs_a_reason(self):
        closed = (self.LIFE + "organisatie|periode_afgesloten|2021-04-15|periode=2021-Q1|id=shut\n"
                  "b|aanmelding|2021-03-31|gemeente=Velsen|regeling=ww|id=late|"
                  "na_afsluiting=nagekomen\n")
        money = "programma=x|soort_bedrag=baten|bedrag_eurocent=1"
        self.refused(closed,
                     "c|aanmelding|2021-03-31|gemeente=Velsen|regeling=ww",
                     "b|correctie|2021-04-02|vervangt=late|gemeente=Velsen|regeling=ww",
                     "b|intrekking||vervangt=late|reden=dubbel",
                     f"organisatie|boeking|2021-06-01|{money}|periode=2021")
        self.holds(closed + "c|aanmelding|2021-04-01|gemeente=Velsen|regeling=ww\n"
                   f"organisatie|boeking|2021-03-01|{money}|periode=2021-Q2\n"
                   "b|correctie|2021-03-30|vervangt=late|gemeente=Velsen|regeling=ww|"
                   "na_afsluiting=herstel\n"
                   "organisatie|intrekking||vervangt=shut|reden=foutief\n"
                   "d|aanmelding|2021-03-31|gemeente=Velsen|regeling=ww",
                   ("aanmeldingen van=2021-03-30 tm=2021-04-01", "3"))

    def test_a_groep_is_judged_by_its_result_and_cannot_be_seen_half(self):
        log = log_of("""a|intake|2021-01-05|uitkomst=positief|groep=g
a|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw|groep=g
a|traject_start|2021-01-05|trede=3|groep=g
a|contactmoment|2021-01-05|contact=gesprek""")
        self.assertEqual([ask(log, f"trajecten op=2021-01-05 k={k}") for k in range(5)],
                         ["0", "0", "0", "1", "1"])

    def test_a_groep_with_an_at_sign_binds_several_streams(self):
        log = log_of("""a|aanmelding|2021-01-01|gemeente=Urk|regeling=ioaw|groep=@g
b|aanmelding|2021-01-01|gemeente=Velsen|regeling=ioaw|groep=@g
organisatie|gemeente_toegetreden|2010-01-01|gemeente=Urk|groep=@g
c|aanmelding|2021-01-01|gemeente=Urk|regeling=ioaw|groep=g
d|aanmelding|2021-01-01|gemeente=Urk|regeling=ioaw|groep=g""")
        self.assertEqual([ask(log, f"aanmeldingen_open op=2021-01-05 k={k}") for k in range(6)],
                         ["0", "0", "0", "2", "3", "4"])

    def test_other_streams_count_their_aantal_and_bookings_their_periode(self):
        money = "organisatie|boeking|2021-02-01|programma=P|soort_bedrag=baten|"
        self.holds(f"""werkgever/W|vacature_vervuld|2021-01-05|regeling=wsw|aantal=3
werkgever/W|vacature_vervuld|2021-01-05|regeling=ww|sroi=ja
werkgever/W|relatie_start|2021-01-05|aantal=2
{money}bedrag_eurocent=100|periode=2021-Q1
{money}bedrag_eurocent=-30|periode=2021-03|kostenregel=1
{money}bedrag_eurocent=5|periode=2021""",
                   ("vacatures_vervuld van=2021-01-01 tm=2021-01-31 per=regeling,sroi",
                    "wsw,onbekend,3 ww,ja,1"),
                   ("relaties_nieuw van=2021-01-05 tm=2021-01-05", "2"),
                   ("baten van=2021-01-01 tm=2021-03-31", "70"),
                   ("baten van=2021-01-02 tm=2021-03-31 per=kostenregel", "1,-30"),
                   ("baten van=2021-01-01 tm=2021-12-31", "75"),
                   ("lasten van=2021-01-01 tm=2021-12-31", "0"))

    def test_equal_moments_get_a_microsecond_and_a_moment_never_falls(self):
        log = log_of("")
        self.assertEqual([event.moment - log.events[0].moment for event in log.events],
                         [0, 1, 2, 3, 4])

    def test_begin_plus_bij_minus_af_is_eind(self):
        for seed in range(3):
            made = generate.Generator(f"balance-{seed}", 300).run()
            answers = query.Answers(made.log)
            rng = random.Random(seed)
            for _ in range(300):
                stand = rng.choice(list(codes.FLOWING))
                asked = questions.random_query(rng, made.log, stand + "_bij")
                asked.per = [d for d in asked.per if d != "reden"]
                asked.waar.pop("reden", None)
                self.balance(answers, asked, stand)

    def balance(self, answers, asked, stand):
        def table(measure, van, tm):
            text = answers.answer(query.Query(measure, van, tm, asked.per, asked.waar,
                                              asked.position, asked.moment))
            rows = [line.rpartition(",") for line in text.split("\n")[1:-1]]
            return {row: int(number) for row, _, number in rows}

        begin, end = (table(stand, day, day) for day in (asked.van - 1, asked.tm))
        bij, af = (table(stand + way, asked.van, asked.tm) for way in ("_bij", "_af"))
        for row in {**begin, **bij, **af, **end}:
            self.assertEqual(begin.get(row, 0) + bij.get(row, 0) - af.get(row, 0),
                             end.get(row, 0), (asked.line(), row))

    def test_a_file_in_any_dialect_reads_back_as_the_same_history(self):
        made = generate.Generator("dialect", 150).run()
        rows = [cells for cells, accepted in made.rows if accepted]
        for seed in range(8):
            text = generate.to_csv(rows, random.Random(seed))
            log, refused = recording.record(reading.read_file(text.encode()))
            self.assertEqual(refused, [])
            self.assertEqual([event.attrs for event in log.events],
                             [event.attrs for event in made.log.events])

    def test_our_own_reader_finds_the_bad_places_that_bad_inputs_expects(self):
        for case in bad_inputs.file_cases():
            if case.by_form:
                with self.subTest(case.name), self.assertRaises(reading.BadFile) as caught:
                    reading.read_file(case.content)
                    self.fail("read without complaint")
                found = {(bad.line, bad.column) for bad in caught.exception.bad}
                for place in case.places:
                    self.assertTrue(place in found or (place[0], "") in found
                                    or place[1] == "" and place[0] in {f[0] for f in found},
                                    (place, found))


if __name__ == "__main__":
    unittest.main()
