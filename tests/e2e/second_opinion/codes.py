"""The tables of the contract: kinds and their attributes (section 2), measures (section 4).

Typed in from the contract's text and from nothing else. The order of KINDS is the order of the
table in section 2; the fold sorts by it.
"""

JA_NEE = ("ja", "nee")
REGELING = ("participatiewet", "ioaw", "ioaz", "anw", "nug", "ww", "wajong", "wia")
REGELING_WSW = REGELING + ("wsw",)
TREDE = ("3", "4", "5", "6", "nader_te_bepalen")
BESLUIT = ("afzien", "100_procent", "2x_100_procent", "1_maand_10_procent", "1_maand_20_procent",
           "2_maanden_10_procent", "2_maanden_20_procent", "gematigd")
DOELGROEP = ("statushouder", "jongere", "banenafspraak", "pro_vso", "parttimer", "anderstalig",
             "alleenstaande_ouder", "inburgeraar")
VORM = ("individueel", "groep")
SOORT_INTAKE = ("brede", "verlengde")
UITKOMST_INTAKE = ("positief", "negatief", "teruggemeld")
FASE = ("kort", "middel", "groot")
DIENSTVERBAND = ("wsw", "beschut_werk", "ambtelijk", "payroll")
PLAATSING = ("detachering", "begeleid_werken", "garantiebaan", "parttime_werk",
             "werkervaringsplaats")
VOORZIENING = ("training", "stage", "taalscholing", "extern_traject", "jobcoaching", "map",
               "project", "overig")
LEEFTIJDSGROEP = ("18_plus", "pro_vso")
BRON = ("gemeente", "school", "uwv", "zelf", "overig")
RESULTAAT = ("afgerond", "afgebroken")
NIET_GESTART = ("problematiek", "ander_traject", "werk_gevonden", "verhuisd", "overig")
UITSTROOM = ("werkaanvaarding", "maximale_participatie", "terug_naar_gemeente", "verhuizing",
             "overig")
PLAATSING_EINDE = ("medisch", "werkgever", "contract_afgelopen", "eigen_verzoek", "pensioen",
                   "overig")
DIENSTVERBAND_EINDE = ("pensioen", "wia", "eigen_verzoek", "proeftijd", "verhuizing",
                       "overlijden", "overig")
KLASSE = ("1_7", "8_42", "43_365", "366_plus")
DIENST = ("re_integratie", "sociale_werkvoorziening", "beschut_werk")
CONTACT = ("gesprek", "telefoon", "bericht", "huisbezoek")
NIVEAU = ("a0", "a1", "a2", "b1", "b2", "c1")
INDICATIE = ("beschut_werk", "banenafspraak")
SOORT_BEDRAG = ("baten", "lasten", "onttrekking", "toevoeging")

# An attribute's type: a tuple of codes, or one of the words below (see reading.py).
TEXT, KENMERK, DAY, DOELGROEPEN = "text", "kenmerk", "day", "doelgroepen"
FACTOR, DECIMAL, UREN, YEAR, PERCENTAGE, COUNT, CENT, PERIODE, WAAR, TIJDVAK = (
    "factor", "decimal", "uren", "year", "percentage", "count", "cent", "periode", "waar",
    "tijdvak")

DOSSIER, WERKGEVER, ORGANISATIE = "dossier", "werkgever", "organisatie"


def _kind(where, required=None, optional=None):
    return {"where": where, "required": required or {}, "optional": optional or {}}


_TARGET = _kind(ORGANISATIE, {"maat": TEXT, "periode": PERIODE, "waarde": DECIMAL},
                {"waar": WAAR, "richting": ("hoger", "lager")})

KINDS = {
    "aanmelding": _kind(DOSSIER, {"gemeente": TEXT, "regeling": REGELING},
                        {"doelgroepen": DOELGROEPEN, "bron": BRON, "geboortejaar": YEAR}),
    "intake_gestart": _kind(DOSSIER),
    "intake": _kind(DOSSIER, {"uitkomst": UITKOMST_INTAKE},
                    {"soort_intake": SOORT_INTAKE,
                     "advies": ("traject", "diagnose", "voorliggende_voorziening", "zorg",
                                "activering", "overig"),
                     "startkwalificatie": JA_NEE, "fase": FASE}),
    "niet_gestart": _kind(DOSSIER, {"reden": NIET_GESTART}),
    "traject_start": _kind(DOSSIER, {"trede": TREDE}, {"vorm": VORM}),
    "trede_doorstroom": _kind(DOSSIER, {"naar": TREDE}),
    "gemeente_gewijzigd": _kind(DOSSIER, {"gemeente": TEXT}),
    "doelgroep_gewijzigd": _kind(DOSSIER, {}, {"doelgroepen": DOELGROEPEN}),
    "werkcoach_toegewezen": _kind(DOSSIER, {"werkcoach": TEXT}),
    "contactmoment": _kind(DOSSIER, {"contact": CONTACT}, {"volgende_actie_op": DAY}),
    "abc_meting": _kind(DOSSIER, {"afstand": FASE}, {"status": ("voorlopig", "definitief")}),
    "taalniveautoets": _kind(DOSSIER, {"niveau": NIVEAU}),
    "indicatie": _kind(DOSSIER, {"indicatie": INDICATIE, "uitkomst": ("positief", "negatief")}),
    "diagnose_start": _kind(DOSSIER),
    "diagnose_einde": _kind(DOSSIER, {}, {"advies": ("traject", "zorg", "activering", "indicatie",
                                                     "overig")}),
    "oponthoud_start": _kind(DOSSIER, {}, {"reden": ("kinderopvang", "medisch", "overig")}),
    "oponthoud_einde": _kind(DOSSIER),
    "voorziening_start": _kind(DOSSIER, {"voorziening": VOORZIENING},
                               {"naam": TEXT, "kenmerk": KENMERK}),
    "voorziening_einde": _kind(DOSSIER, {}, {"kenmerk": KENMERK, "resultaat": RESULTAAT}),
    "maatregel": _kind(DOSSIER, {"besluit": BESLUIT}, {"kenmerk": KENMERK}),
    "maatregel_herzien": _kind(DOSSIER, {"uitkomst": ("gehandhaafd", "gewijzigd", "vervallen")},
                               {"kenmerk": KENMERK, "besluit": BESLUIT}),
    "ontheffing_beoordeeld": _kind(DOSSIER, {"uitkomst": ("toegekend", "afgewezen")}),
    "dienstverband_start": _kind(DOSSIER, {"dienstverband": DIENSTVERBAND, "afdeling": TEXT,
                                           "deeltijdfactor": FACTOR},
                                 {"gemeente": TEXT, "loonkostensubsidie": JA_NEE}),
    "dienstverband_gewijzigd": _kind(DOSSIER, {}, {"afdeling": TEXT, "deeltijdfactor": FACTOR}),
    "plaatsing": _kind(DOSSIER, {"plaatsing": PLAATSING},
                       {"kenmerk": KENMERK, "gemeente": TEXT, "regeling": REGELING_WSW,
                        "leeftijdsgroep": LEEFTIJDSGROEP, "vorm": VORM, "werkgever": TEXT,
                        "uren": UREN}),
    "plaatsing_einde": _kind(DOSSIER, {}, {"kenmerk": KENMERK, "reden": PLAATSING_EINDE}),
    "ziekmelding": _kind(DOSSIER, {}, {"percentage": PERCENTAGE,
                                       "vastgesteld_door": ("bedrijfsarts", "arbodienst")}),
    "verzuim_gewijzigd": _kind(DOSSIER, {"percentage": PERCENTAGE,
                                         "vastgesteld_door": ("bedrijfsarts", "arbodienst")}),
    "herstelmelding": _kind(DOSSIER),
    "verlof_start": _kind(DOSSIER),
    "verlof_einde": _kind(DOSSIER),
    "uitstroom": _kind(DOSSIER, {"reden": UITSTROOM}, {"betaald": JA_NEE}),
    "dienstverband_einde": _kind(DOSSIER, {"reden": DIENSTVERBAND_EINDE}),
    "relatie_start": _kind(WERKGEVER, {}, {"sroi": JA_NEE, "aantal": COUNT}),
    "vacature_vervuld": _kind(WERKGEVER, {"regeling": REGELING_WSW},
                              {"sroi": JA_NEE, "aantal": COUNT}),
    "gemeente_toegetreden": _kind(ORGANISATIE, {"gemeente": TEXT}, {"dienst": DIENST}),
    "gemeente_uitgetreden": _kind(ORGANISATIE, {"gemeente": TEXT}, {"dienst": DIENST}),
    "afdeling_ingesteld": _kind(ORGANISATIE, {"afdeling": TEXT}),
    "afspraak_vastgesteld": _TARGET,
    "benchmark_vastgesteld": _TARGET,
    "taakstelling_vastgesteld": _TARGET,
    "begroting_vastgesteld": _kind(
        ORGANISATIE, {"programma": TEXT, "soort_bedrag": SOORT_BEDRAG, "bedrag_eurocent": CENT,
                      "periode": PERIODE},
        {"kostenregel": TEXT, "versie": ("primair", "gewijzigd"), "incidenteel": JA_NEE}),
    "boeking": _kind(
        ORGANISATIE, {"programma": TEXT, "soort_bedrag": SOORT_BEDRAG, "bedrag_eurocent": CENT,
                      "periode": PERIODE},
        {"kostenregel": TEXT, "incidenteel": JA_NEE}),
    "prognose_vastgesteld": _kind(
        ORGANISATIE, {"programma": TEXT, "soort_bedrag": SOORT_BEDRAG, "bedrag_eurocent": CENT,
                      "periode": PERIODE},
        {"kostenregel": TEXT, "incidenteel": JA_NEE}),
    "rapport_vastgesteld": _kind(ORGANISATIE, {"rapport": KENMERK, "periode": TIJDVAK}),
    "periode_afgesloten": _kind(ORGANISATIE, {"periode": TIJDVAK}),
}
# What accounts for the past is never asked why it comes after a period was closed.
ACCOUNTING = ("rapport_vastgesteld", "periode_afgesloten")
NA_AFSLUITING = ("nagekomen", "herstel", "controle", "overig")
TABLE_ORDER = {soort: number for number, soort in enumerate(KINDS)}

INTREKKING_REDEN = ("foutief", "dubbel", "verkeerd_dossier")
BASE_COLUMNS = ("stream", "soort", "geldig_op", "vastgelegd_op", "event_id", "actor", "vervangt",
                "groep", "na_afsluiting")
ATTRIBUTE_COLUMNS = tuple(dict.fromkeys(
    name for soort, kind in KINDS.items() if soort != "rapport_vastgesteld"
    for name in (*kind["required"], *kind["optional"])))

# The ends that may stand first on their day (section 1).
ENDS = ("diagnose_einde", "oponthoud_einde", "voorziening_einde", "plaatsing_einde",
        "herstelmelding", "verlof_einde", "dienstverband_einde")

# Kinds that may be recorded up to 366 days ahead; all others one day.
FAR_AHEAD = ("dienstverband_start", "dienstverband_gewijzigd", "dienstverband_einde", "plaatsing",
             "plaatsing_einde", "voorziening_start", "voorziening_einde", "verlof_start",
             "verlof_einde")

FREE = None  # the organisation's own strings
DIMENSIONS = {
    "gemeente": FREE, "werkcoach": FREE, "naam": FREE, "afdeling": FREE, "programma": FREE,
    "kostenregel": FREE, "regeling": REGELING_WSW, "doelgroep": DOELGROEP, "bron": BRON,
    "soort_intake": SOORT_INTAKE, "startkwalificatie": JA_NEE, "fase": FASE, "trede": TREDE,
    "van": TREDE, "naar": TREDE, "betaald": JA_NEE, "voorziening": VOORZIENING,
    "resultaat": RESULTAAT, "afstand": FASE, "status": ("voorlopig", "definitief"),
    "niveau": NIVEAU, "indicatie": INDICATIE, "contact": CONTACT, "besluit": BESLUIT,
    "plaatsing": PLAATSING, "leeftijdsgroep": LEEFTIJDSGROEP, "vorm": VORM,
    "dienstverband": DIENSTVERBAND, "klasse": KLASSE, "sroi": JA_NEE, "incidenteel": JA_NEE,
    "uitkomst": None, "reden": None,  # depend on the measure, see codes_of()
}

STAND, STROOM, RATIO_OP, RATIO, SOM = "stand", "stroom", "verhouding op", "verhouding", "som"
_INTAKE = ("gemeente", "regeling", "doelgroep", "soort_intake", "uitkomst", "startkwalificatie",
           "fase")
_PEOPLE = ("gemeente", "regeling", "doelgroep")
_JOB = ("gemeente", "dienstverband", "afdeling")
_STAFF = ("dienstverband", "afdeling")

FLOWING = {
    "aanmeldingen_open": _PEOPLE,
    "wacht_op_start": _PEOPLE,
    "trajecten": (*_PEOPLE, "trede", "werkcoach"),
    "diagnose": ("gemeente",),
    "oponthoud": ("gemeente",),
    "voorzieningen": ("gemeente", "voorziening", "naam"),
    "plaatsingen": ("gemeente", "plaatsing", "regeling", "leeftijdsgroep", "vorm"),
    "dienstverbanden": _JOB,
    "verzuimgevallen": _STAFF,
}

MEASURES = {
    "aanmeldingen": (STROOM, (*_PEOPLE, "bron")),
    "aanmeldingen_over_termijn": (STAND, _PEOPLE),
    "intakes": (STROOM, _INTAKE),
    "intakes_binnen_4_weken": (RATIO, _INTAKE),
    "doorlooptijd_intake": (RATIO, _INTAKE),
    "niet_gestart": (STROOM, (*_PEOPLE, "reden")),
    "doorstroom": (STROOM, ("gemeente", "doelgroep", "van", "naar")),
    "uitstroom": (STROOM, (*_PEOPLE, "trede", "reden", "betaald")),
    "trajectduur": (RATIO, ("gemeente", "trede", "reden")),
    "looptijd": (RATIO_OP, ("gemeente", "trede")),
    "abc_metingen": (STROOM, ("gemeente", "afstand", "status")),
    "taalniveautoetsen": (STROOM, ("gemeente", "niveau")),
    "indicaties": (STROOM, ("gemeente", "indicatie", "uitkomst")),
    "contactmomenten": (STROOM, ("gemeente", "contact")),
    "ontheffingen": (STROOM, ("gemeente", "uitkomst")),
    "maatregelen": (STROOM, ("gemeente", "besluit")),
    "maatregelen_herzien": (STROOM, ("gemeente", "uitkomst")),
    "fte": (STAND, _JOB),
    "verzuim_per_duur": (STAND, (*_STAFF, "klasse")),
    "verzuimpercentage": (RATIO, _STAFF),
    "meldingsfrequentie": (RATIO, _STAFF),
    "gemiddelde_verzuimduur": (RATIO, _STAFF),
    "vacatures_vervuld": (STROOM, ("regeling", "sroi")),
    "relaties_nieuw": (STROOM, ()),
}
for _name, _dims in FLOWING.items():
    MEASURES[_name] = (STAND, _dims)
    MEASURES[_name + "_bij"] = (STROOM, (*_dims, "reden"))
    MEASURES[_name + "_af"] = (STROOM, (*_dims, "reden"))
MEASURES["voorzieningen_af"] = (STROOM, (*FLOWING["voorzieningen"], "resultaat", "reden"))
for _name in SOORT_BEDRAG:
    MEASURES[_name] = (SOM, ("programma", "kostenregel", "incidenteel"))

PERCENTAGES = ("intakes_binnen_4_weken", "verzuimpercentage")

_UITKOMST = {"intakes": UITKOMST_INTAKE, "intakes_binnen_4_weken": UITKOMST_INTAKE,
             "doorlooptijd_intake": UITKOMST_INTAKE, "indicaties": ("positief", "negatief"),
             "ontheffingen": ("toegekend", "afgewezen"),
             "maatregelen_herzien": ("gehandhaafd", "gewijzigd", "vervallen")}
_EXITS = {
    "aanmeldingen_open": ("intake", *NIET_GESTART),
    "wacht_op_start": ("traject_start", *NIET_GESTART),
    "trajecten": UITSTROOM,
    "diagnose": ("diagnose_einde", "uitstroom", "niet_gestart", "intake"),
    "oponthoud": ("oponthoud_einde", "uitstroom"),
    "voorzieningen": ("voorziening_einde", "uitstroom"),
    "plaatsingen": (*PLAATSING_EINDE, "onbekend", "dienstverband_einde", "uitstroom"),
    "dienstverbanden": DIENSTVERBAND_EINDE,
    "verzuimgevallen": ("herstelmelding", "verlof_start", "dienstverband_einde"),
}


def codes_of(measure, dimension):
    """The codes that can occur for `dimension` of `measure`; None for the organisation's own."""
    if dimension == "uitkomst":
        return _UITKOMST[measure]
    if dimension == "reden":
        if measure == "niet_gestart":
            return (*NIET_GESTART, "negatief_advies", "teruggemeld")
        if measure in ("uitstroom", "trajectduur"):
            return UITSTROOM
        stand = measure.rsplit("_", 1)[0]
        moves = ("wijziging", "doorstroom", "terug", "indeling")
        return ("start", *moves) if measure.endswith("_bij") else (*_EXITS[stand], *moves)
    return DIMENSIONS[dimension]
