#include "tools/simulate/act_event.h"

#include "engine/base/check.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

// What a voorziening is called, four to a kind; a kind of which people speak by its kind has none.
constexpr const char* kVoorzieningen[][4] = {
    {"", "", "", ""},
    {"Sollicitatietraining", "Werknemersvaardigheden", "Omgaan met geld", "Heftruckcertificaat"},
    {"Stage groenvoorziening", "Stage zorg", "Stage logistiek", "Stage horeca"},
    {"Taal op de werkvloer", "Basistraining Nederlands", "Taalmaatje", "Taalcoach"},
    {"Extern traject techniek", "Extern traject schoonmaak", "Extern traject zorg",
     "Extern traject detailhandel"},
    {"Jobcoaching licht", "Jobcoaching midden", "Jobcoaching intensief", "Nazorg"},
    {"Module arbeidsmarkt en participatie", "MAP groep voorjaar", "MAP groep najaar", "MAP avond"},
    {"Jongerenproject", "Preventie jongeren", "Ontwikkelhuis", "Sport en werk"},
    {"Kinderopvang", "Fiets", "Werkkleding", "Reiskosten"}};

// Pads with zeros, so that names sort as their numbers do.
std::string numbered(const char* prefix, std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  std::string out(prefix);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  return out + digits;
}

void put(Uuid& uuid, std::size_t from, std::uint64_t bits) {
  for (std::size_t i = 0; i < 8; ++i) {
    uuid.bytes[from + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  }
}

// A number as whichever code of the schema is asked for. Acts hold no other numbers there.
struct Code {
  std::uint16_t number;
  template <typename Enum>
  requires std::is_enum_v<Enum>
  operator Enum() const { return static_cast<Enum>(number); }
};

template <typename Kind>
void set_doelgroepen(Kind& kind, std::uint16_t set) {
  for (int i = 1; i <= pb::DOELGROEP_INBURGERAAR; ++i) {
    if ((set >> i & 1) != 0) kind.add_doelgroepen(static_cast<pb::Doelgroep>(i));
  }
}

// Fills the body of one act.
class BodyMaker {
 public:
  BodyMaker(const World& world, const Act& act) : world_(world), act_(act) {}

  void make(pb::Body& body) const {
    switch (static_cast<Soort>(act_.soort)) {
      case Soort::kAanmelding: return fill(*body.mutable_aanmelding());
      case Soort::kIntakeGestart: return (void)body.mutable_intake_gestart();
      case Soort::kIntake: return fill(*body.mutable_intake());
      case Soort::kNietGestart: return set_reden(*body.mutable_niet_gestart());
      case Soort::kTrajectStart: return fill(*body.mutable_traject_start());
      case Soort::kTredeDoorstroom: return body.mutable_trede_doorstroom()->set_naar(main());
      case Soort::kGemeenteGewijzigd: return fill(*body.mutable_gemeente_gewijzigd());
      case Soort::kDoelgroepGewijzigd: return fill(*body.mutable_doelgroep_gewijzigd());
      case Soort::kWerkcoachToegewezen: return fill(*body.mutable_werkcoach_toegewezen());
      case Soort::kContactmoment: return fill(*body.mutable_contactmoment());
      case Soort::kAbcMeting: return fill(*body.mutable_abc_meting());
      case Soort::kTaalniveautoets: return body.mutable_taalniveautoets()->set_niveau(main());
      case Soort::kIndicatie: return fill(*body.mutable_indicatie());
      case Soort::kDiagnoseStart: return (void)body.mutable_diagnose_start();
      case Soort::kDiagnoseEinde: return body.mutable_diagnose_einde()->set_advies(main());
      case Soort::kOponthoudStart: return set_reden(*body.mutable_oponthoud_start());
      case Soort::kOponthoudEinde: return (void)body.mutable_oponthoud_einde();
      case Soort::kVoorzieningStart: return fill(*body.mutable_voorziening_start());
      case Soort::kVoorzieningEinde: return fill(*body.mutable_voorziening_einde());
      case Soort::kMaatregel: return fill(*body.mutable_maatregel());
      case Soort::kMaatregelHerzien: return fill(*body.mutable_maatregel_herzien());
      case Soort::kOntheffingBeoordeeld: return fill(*body.mutable_ontheffing_beoordeeld());
      case Soort::kDienstverbandStart: return fill(*body.mutable_dienstverband_start());
      case Soort::kDienstverbandGewijzigd: return fill(*body.mutable_dienstverband_gewijzigd());
      case Soort::kPlaatsing: return fill(*body.mutable_plaatsing());
      case Soort::kPlaatsingEinde: return fill(*body.mutable_plaatsing_einde());
      case Soort::kZiekmelding: return fill_verzuim(*body.mutable_ziekmelding());
      case Soort::kVerzuimGewijzigd: return fill_verzuim(*body.mutable_verzuim_gewijzigd());
      case Soort::kHerstelmelding: return (void)body.mutable_herstelmelding();
      case Soort::kVerlofStart: return (void)body.mutable_verlof_start();
      case Soort::kVerlofEinde: return (void)body.mutable_verlof_einde();
      case Soort::kUitstroom: return fill(*body.mutable_uitstroom());
      case Soort::kDienstverbandEinde: return set_reden(*body.mutable_dienstverband_einde());
      case Soort::kRelatieStart: return fill(*body.mutable_relatie_start());
      case Soort::kVacatureVervuld: return fill(*body.mutable_vacature_vervuld());
      case Soort::kGemeenteToegetreden:  // the organisation's own are no acts
      case Soort::kGemeenteUitgetreden:
      case Soort::kAfdelingIngesteld:
      case Soort::kAfspraakVastgesteld:
      case Soort::kBenchmarkVastgesteld:
      case Soort::kTaakstellingVastgesteld:
      case Soort::kBegrotingVastgesteld:
      case Soort::kBoeking:
      case Soort::kPrognoseVastgesteld:
      case Soort::kRapportVastgesteld:
      case Soort::kPeriodeAfgesloten:
      case Soort::kToelichtingVastgelegd:
      case Soort::kCorrectie:
      case Soort::kIntrekking:
      case Soort::SOORT_NOT_SET: break;
    }
    TREDE_CHECK(false, "an act of a kind that is none");
  }

 private:
  std::uint16_t value(std::size_t place) const { return act_.values[place]; }
  bool has(std::size_t place) const { return act_.values[place] != 0; }
  Code code(std::size_t place) const { return {act_.values[place]}; }
  Code main() const { return code(at::kCode); }
  const std::string& gemeente() const {
    return world_.gemeenten()[value(at::kGemeente) - std::size_t{1}].naam;
  }
  const std::string& afdeling() const {
    return world_.afdelingen()[value(at::kNaam) - std::size_t{1}];
  }

  template <typename Kind>
  void set_reden(Kind& kind) const {
    kind.set_reden(main());
  }

  void fill(pb::Aanmelding& kind) const {
    kind.set_gemeente(gemeente());
    kind.set_regeling(main());
    set_doelgroepen(kind, value(at::kDoelgroepen));
    if (has(at::kBron)) kind.set_bron(code(at::kBron));
    if (has(at::kNumber)) kind.set_geboortejaar(value(at::kNumber));
  }

  void fill(pb::Intake& kind) const {
    kind.set_uitkomst(main());
    if (has(at::kSoortIntake)) kind.set_soort_intake(code(at::kSoortIntake));
    if (has(at::kAdvies)) kind.set_advies(code(at::kAdvies));
    if (has(at::kStartkwalificatie)) kind.set_startkwalificatie(code(at::kStartkwalificatie));
    if (has(at::kFase)) kind.set_fase(code(at::kFase));
  }

  void fill(pb::TrajectStart& kind) const {
    kind.set_trede(main());
    if (has(at::kVormTraject)) kind.set_vorm(code(at::kVormTraject));
  }

  void fill(pb::GemeenteGewijzigd& kind) const { kind.set_gemeente(gemeente()); }

  void fill(pb::DoelgroepGewijzigd& kind) const { set_doelgroepen(kind, value(at::kDoelgroepen)); }

  void fill(pb::WerkcoachToegewezen& kind) const {
    kind.set_werkcoach(numbered("wc-", value(at::kNaam), 3));
  }

  void fill(pb::Contactmoment& kind) const {
    kind.set_contact(main());
    if (has(at::kNumber)) kind.set_volgende_actie_op(act_.day + value(at::kNumber));
  }

  void fill(pb::AbcMeting& kind) const {
    kind.set_afstand(main());
    kind.set_status(code(at::kStatus));
  }

  void fill(pb::Indicatie& kind) const {
    kind.set_indicatie(main());
    kind.set_uitkomst(code(at::kUitkomst));
  }

  void fill(pb::VoorzieningStart& kind) const {
    kind.set_voorziening(main());
    if (has(at::kNaam)) kind.set_naam(kVoorzieningen[value(at::kCode)][value(at::kNaam) - 1]);
    set_kenmerk(kind, 'v');
  }

  void fill(pb::VoorzieningEinde& kind) const {
    set_kenmerk(kind, 'v');
    kind.set_resultaat(main());
  }

  void fill(pb::Maatregel& kind) const {
    kind.set_besluit(main());
    set_kenmerk(kind, 'm');
  }

  void fill(pb::MaatregelHerzien& kind) const {
    set_kenmerk(kind, 'm');
    kind.set_uitkomst(main());
    if (has(at::kBesluit)) kind.set_besluit(code(at::kBesluit));
  }

  void fill(pb::OntheffingBeoordeeld& kind) const { kind.set_uitkomst(main()); }

  void fill(pb::DienstverbandStart& kind) const {
    kind.set_dienstverband(main());
    if (has(at::kGemeente)) kind.set_gemeente(gemeente());
    kind.set_afdeling(afdeling());
    kind.set_deeltijdfactor(value(at::kNumber));
    if (has(at::kSubsidie)) kind.set_loonkostensubsidie(code(at::kSubsidie));
  }

  void fill(pb::DienstverbandGewijzigd& kind) const {
    if (has(at::kNaam)) kind.set_afdeling(afdeling());
    if (has(at::kNumber)) kind.set_deeltijdfactor(value(at::kNumber));
  }

  void fill(pb::Plaatsing& kind) const {
    kind.set_plaatsing(main());
    set_kenmerk(kind, 'p');
    if (has(at::kGemeente)) kind.set_gemeente(gemeente());
    if (has(at::kRegeling)) kind.set_regeling(code(at::kRegeling));
    if (has(at::kLeeftijdsgroep)) kind.set_leeftijdsgroep(code(at::kLeeftijdsgroep));
    if (has(at::kVormPlaatsing)) kind.set_vorm(code(at::kVormPlaatsing));
    if (has(at::kNaam)) kind.set_werkgever(numbered("w-", value(at::kNaam), 5));
    if (has(at::kNumber)) kind.set_uren(value(at::kNumber) * 1'000'000U);
  }

  void fill(pb::PlaatsingEinde& kind) const {
    set_kenmerk(kind, 'p');
    set_reden(kind);
  }

  template <typename Kind>
  void fill_verzuim(Kind& kind) const {
    if (has(at::kNumber)) kind.set_percentage(value(at::kNumber));
    if (has(at::kVastgesteldDoor)) kind.set_vastgesteld_door(code(at::kVastgesteldDoor));
  }

  void fill(pb::Uitstroom& kind) const {
    set_reden(kind);
    if (has(at::kBetaald)) kind.set_betaald(code(at::kBetaald));
  }

  void fill(pb::RelatieStart& kind) const { kind.set_sroi(code(at::kSroi)); }

  void fill(pb::VacatureVervuld& kind) const {
    kind.set_regeling(main());
    kind.set_sroi(code(at::kSroi));
    if (has(at::kNumber)) kind.set_aantal(value(at::kNumber));
  }

  // The letter keeps kenmerken of different kinds apart for who reads them.
  template <typename Kind>
  void set_kenmerk(Kind& kind, char letter) const {
    if (has(at::kKenmerk)) kind.set_kenmerk(letter + std::to_string(value(at::kKenmerk)));
  }

  const World& world_;
  const Act& act_;
};

}  // namespace

StreamId EventMaker::stream(StreamKind kind, std::uint64_t number) const {
  const std::uint64_t seed = mixed(mixed(seed_, static_cast<std::uint64_t>(kind)), number);
  Uuid uuid;
  put(uuid, 0, (seed & ~std::uint64_t{0xF000}) | 0x4000);  // version 4, as the product makes them
  put(uuid, 8, (scrambled(seed + 1) >> 2) | std::uint64_t{2} << 62);
  return {kind, uuid};
}

EventId EventMaker::event_id(const StreamId& stream, std::uint32_t ordinal,
                             std::int64_t moment) const {
  std::uint64_t owner = 0;
  for (std::size_t i = 8; i < 16; ++i) owner = owner << 8 | stream.uuid.bytes[i];
  const std::uint64_t chance = mixed(owner, ordinal);
  const auto millisecond = static_cast<std::uint64_t>(moment / 1000);
  Uuid uuid;
  put(uuid, 0, millisecond << 16 | 0x7000 | (chance >> 52));
  put(uuid, 8, (scrambled(chance) >> 2) | std::uint64_t{2} << 62);
  return {uuid};
}

std::string EventMaker::name(StreamKind kind, std::uint64_t number) {
  if (kind == StreamKind::kWerkgever) return numbered("werkgever/w-", number, 5);
  return numbered("dossier/d-", number, 7);
}

pb::Event EventMaker::make(const Act& act, std::uint64_t number) const {
  const StreamId of = stream(act.werkgever ? StreamKind::kWerkgever : StreamKind::kDossier, number);
  pb::Event event;
  set_stream(event, of);
  set_id(event, event_id(of, act.ordinal, act.moment));
  event.set_actor(numbered("u-", act.actor, 4));
  pb::Body* body = event.mutable_body();
  if (act.deed != Deed::kRecord) {
    const EventId replaced = event_id(of, act.replaces, act.replaces_moment);
    if (act.deed == Deed::kWithdraw) {
      body->mutable_intrekking()->set_vervangt(std::string(replaced.uuid.view()));
      body->mutable_intrekking()->set_reden(Code{act.values[at::kCode]});
      return event;
    }
    body->mutable_correctie()->set_vervangt(std::string(replaced.uuid.view()));
    body = body->mutable_correctie()->mutable_door();
  }
  event.set_geldig_op(act.day);
  BodyMaker(world_, act).make(*body);
  return event;
}

}  // namespace trede::simulate
