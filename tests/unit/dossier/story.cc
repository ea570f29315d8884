#include "tests/unit/dossier/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

#include "engine/event/attributes.h"

namespace trede::test {

namespace {

constexpr std::uint64_t kFirstOrganisatieId = 1'000'000;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::stringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);) {
    if (part.find_first_not_of(' ') != std::string::npos) parts.push_back(part);
  }
  return parts;
}

// What a soort requires, for a story that does not care which.
const std::map<std::string, std::map<std::string, std::string>>& defaults() {
  static const std::map<std::string, std::map<std::string, std::string>> all = {
      {"aanmelding", {{"gemeente", "Alkmaar"}, {"regeling", "participatiewet"}}},
      {"intake", {{"uitkomst", "positief"}}},
      {"niet_gestart", {{"reden", "overig"}}},
      {"traject_start", {{"trede", "3"}}},
      {"trede_doorstroom", {{"naar", "4"}}},
      {"gemeente_gewijzigd", {{"gemeente", "Bergen"}}},
      {"werkcoach_toegewezen", {{"werkcoach", "wc1"}}},
      {"contactmoment", {{"contact", "gesprek"}}},
      {"abc_meting", {{"afstand", "kort"}}},
      {"taalniveautoets", {{"niveau", "a1"}}},
      {"indicatie", {{"indicatie", "beschut_werk"}, {"uitkomst", "positief"}}},
      {"voorziening_start", {{"voorziening", "training"}}},
      {"maatregel", {{"besluit", "afzien"}}},
      {"maatregel_herzien", {{"uitkomst", "gehandhaafd"}}},
      {"ontheffing_beoordeeld", {{"uitkomst", "toegekend"}}},
      {"dienstverband_start",
       {{"dienstverband", "ambtelijk"}, {"afdeling", "Groen"}, {"deeltijdfactor", "1"}}},
      {"dienstverband_gewijzigd", {{"deeltijdfactor", "0.5"}}},
      {"plaatsing", {{"plaatsing", "detachering"}}},
      {"verzuim_gewijzigd", {{"percentage", "50"}, {"vastgesteld_door", "bedrijfsarts"}}},
      {"uitstroom", {{"reden", "overig"}}},
      {"dienstverband_einde", {{"reden", "overig"}}},
      {"vacature_vervuld", {{"regeling", "participatiewet"}}},
      {"gemeente_toegetreden", {{"gemeente", "Heiloo"}}},
      {"gemeente_uitgetreden", {{"gemeente", "Heiloo"}}},
      {"afdeling_ingesteld", {{"afdeling", "Groen"}}},
      {"afspraak_vastgesteld", {{"maat", "intakes"}, {"periode", "2021"}, {"waarde", "1"}}},
      {"benchmark_vastgesteld", {{"maat", "intakes"}, {"periode", "2021"}, {"waarde", "1"}}},
      {"taakstelling_vastgesteld", {{"maat", "intakes"}, {"periode", "2021"}, {"waarde", "1"}}},
      {"begroting_vastgesteld",
       {{"programma", "p"},
        {"soort_bedrag", "baten"},
        {"bedrag_eurocent", "1"},
        {"periode", "2021"}}},
      {"boeking",
       {{"programma", "p"},
        {"soort_bedrag", "baten"},
        {"bedrag_eurocent", "1"},
        {"periode", "2021"}}},
      {"prognose_vastgesteld",
       {{"programma", "p"},
        {"soort_bedrag", "baten"},
        {"bedrag_eurocent", "1"},
        {"periode", "2021"}}},
      {"rapport_vastgesteld",
       {{"rapport", "kwartaal"},
        {"periode", "2021"},
        {"definitie", "1"},
        {"catalogus", "1"},
        {"bekend_positie", "1"},
        {"boomkop", std::string(64, '0')},
        {"cijfers", "AA=="}}},
      {"periode_afgesloten", {{"periode", "2021"}}},
      {"toelichting_vastgelegd",
       {{"rapport", "kwartaal"}, {"periode", "2021"}, {"rij", "t/r"}, {"tekst", "t"}}},
      {"intrekking", {{"reden", "foutief"}}},
  };
  return all;
}

pb::Body make_body(const std::string& soort, std::map<std::string, std::string> attributes) {
  const Kind* kind = find_kind(soort);
  if (kind == nullptr) throw std::invalid_argument("no kind " + soort);
  if (const auto found = defaults().find(soort); found != defaults().end()) {
    attributes.insert(found->second.begin(), found->second.end());
  }
  pb::Body out;
  set_kind(out, kind->soort);
  for (const auto& [name, value] : attributes) {
    const Attribute* attribute = kind->find_attribute(name);
    if (attribute == nullptr) throw std::invalid_argument(soort + " has no " + name);
    const Status set = set_attribute(kind_message(out), *attribute, value, TextStyle::kPlain);
    if (!set) throw std::invalid_argument(name + ": " + set.error().message);
  }
  return out;
}

StreamId parse_stream(const std::string& word) {
  if (word == "organisatie") return kOrganisatie;
  const std::uint64_t number = std::stoull(word.substr(word.find('/') + 1));
  return word.starts_with("dossier/") ? dossier(number) : werkgever(number);
}

}  // namespace

Story::Story() {
  told_ = kFirstOrganisatieId;
  EXPECT_EQ(
      judge("organisatie 2000-01-01 gemeente_toegetreden gemeente=Alkmaar;"
            "organisatie 2000-01-01 gemeente_toegetreden gemeente=Bergen dienst=re_integratie;"
            "organisatie 2000-01-01 gemeente_toegetreden gemeente=Castricum"
            " dienst=sociale_werkvoorziening;"
            "organisatie 2000-01-01 gemeente_toegetreden gemeente=Uitgeest"
            " dienst=beschut_werk;"
            "organisatie 2000-01-01 gemeente_toegetreden gemeente=Dijk;"
            "organisatie 2021-07-01 gemeente_uitgetreden gemeente=Dijk;"
            "organisatie 2000-01-01 afdeling_ingesteld afdeling=Groen;"
            "organisatie 2021-06-01 afdeling_ingesteld afdeling=Schoon"),
      "goed");
  told_ = 0;
}

pb::Event Story::parse_event(std::string_view text) {
  std::vector<std::string> words = split(text, ' ');
  pb::Event out;
  StreamId stream = dossier(1);
  if (words.at(0) == "organisatie" || words[0].contains('/')) {
    stream = parse_stream(words[0]);
    words.erase(words.begin());
  }
  set_stream(out, stream);
  set_id(out, event_id(++told_));
  if (words.at(0) != "-") {
    out.set_geldig_op(day_number(day((words[0].size() == 5 ? "2021-" : "") + words[0])));
  }
  std::map<std::string, std::string> attributes;
  std::string vervangt;
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    const std::string name = words[i].substr(0, equals);
    std::string value = words[i].substr(equals + 1);
    std::ranges::replace(value, ',', ';');
    if (name == "na_afsluiting") {
      const auto& codes = *google::protobuf::GetEnumDescriptor<pb::NaAfsluiting>();
      out.set_na_afsluiting(static_cast<pb::NaAfsluiting>(number_of_code(codes, value)));
    } else if (name == "vervangt") {
      vervangt = event_id(std::stoull(value.substr(1))).uuid.view();
    } else {
      attributes.emplace(name, value);
    }
  }
  const std::string& soort = words.at(1);
  if (soort.starts_with("correctie:")) {
    auto& correctie = *out.mutable_body()->mutable_correctie();
    correctie.set_vervangt(vervangt);
    *correctie.mutable_door() = make_body(soort.substr(10), attributes);
  } else {
    *out.mutable_body() = make_body(soort, attributes);
    if (soort == "intrekking") out.mutable_body()->mutable_intrekking()->set_vervangt(vervangt);
  }
  return out;
}

std::vector<pb::Event> Story::parse_act(std::string_view text) {
  std::vector<pb::Event> events;
  for (const std::string& one : split(text, '&')) events.push_back(parse_event(one));
  return events;
}

RecordOutcome Story::tell(std::string_view text) {
  const auto acts = split(text, ';');
  for (std::size_t i = 0; i < acts.size(); ++i) {
    last_ = parse_act(acts[i]);
    const auto outcome = recorder_.record(last_);
    if (!outcome) throw std::runtime_error(acts[i] + ": " + outcome.error().message);
    if (i + 1 == acts.size()) return *outcome;
    if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
      throw std::runtime_error(acts[i] + ": " + refusal->zin);
    }
  }
  throw std::invalid_argument("an empty story");
}

std::string Story::judge(std::string_view text) {
  const auto outcome = tell(text);
  const auto* refusal = std::get_if<Refusal>(&outcome);
  return refusal == nullptr ? "goed" : refusal->code;
}

History Story::history(const StreamId& stream) const {
  History out;
  const auto events = store_.read_stream(stream, StreamVersion{1}, 100'000);
  for (const StoredEvent& stored : *events) {
    out.add(std::make_shared<const pb::Event>(*decode_event(stored.bytes)));
  }
  return out;
}

std::string Story::acted() const {
  history_ = history();
  std::string out;
  const auto violation = fold_dossier(history_.acting(), [&](const Step& step) {
    out += (out.empty() ? "" : " ") + kind_of(step.event.soort()).code + "#" +
           std::to_string(step.event.id.uuid.bytes[15]);
  });
  EXPECT_FALSE(violation.has_value());
  return out;
}

State Story::at(std::string_view dag) const {
  history_ = history();
  return state_at(history_.acting(), day((dag.size() == 5 ? "2021-" : "") + std::string(dag)));
}

}  // namespace trede::test
