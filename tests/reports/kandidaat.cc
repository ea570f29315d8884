#include "tests/reports/kandidaat.h"

#include <algorithm>
#include <stdexcept>

namespace trede::reports {

namespace {

using std::chrono::days;

Attributes with_doelgroepen(Attributes attributes, const std::set<std::string>& doelgroepen) {
  if (!doelgroepen.empty()) attributes.emplace_back("doelgroepen", joined(doelgroepen));
  return attributes;
}

Attributes intake_of(const Kandidaat& kandidaat, Dice& dice) {
  const bool positief = kandidaat.uitkomst == "positief";
  static const std::vector<std::string> not_now = {"zorg", "voorliggende_voorziening",
                                                   "activering"};
  static const std::vector<std::string> phases = {"kort", "middel", "groot"};
  Attributes out{{"uitkomst", kandidaat.uitkomst},
                 {"advies", positief ? "traject" : dice.pick(not_now)},
                 {"startkwalificatie", dice.chance(38) ? "ja" : "nee"},
                 {"fase", dice.pick(phases)}};
  if (kandidaat.has_diagnose && positief) out.emplace_back("soort_intake", "verlengde");
  return out;
}

std::string any_afstand(const Kandidaat& k, Dice& dice) {
  static const std::vector<std::string> distances = {"kort", "middel", "groot", "groot"};
  return k.uitkomst == "positief" && dice.chance(70) ? dice.pick(distances) : "";
}

void write_intake(const Kandidaat& k, Period window, Dice& dice) {
  const Day begun = std::max(k.aangemeld, *k.intake - days{dice.between(2, 9)});
  k.stream->add(std::max(begun, window.van), "intake_gestart");
  k.stream->add(*k.intake, "intake", intake_of(k, dice));
  const std::string afstand = k.afstand ? *k.afstand : any_afstand(k, dice);
  if (!afstand.empty()) {
    k.stream->add(*k.intake, "abc_meting", {{"afstand", afstand}, {"status", "voorlopig"}});
  }
}

void write_start(const Kandidaat& k, Dice& dice) {
  const bool groep = k.start_trede == "3" && dice.chance(60);
  k.stream->add(*k.gestart, "traject_start",
                {{"trede", k.start_trede}, {"vorm", groep ? "groep" : "individueel"}});
  k.stream->add(*k.gestart, "werkcoach_toegewezen", {{"werkcoach", k.stream->coach()}});
}

void write_traject(const Kandidaat& k, Period window, Dice& dice) {
  Stream& stream = *k.stream;
  if (holds(window, *k.gestart)) write_start(k, dice);
  for (const Move& move : k.moves) {
    if (holds(window, move.day)) stream.add(move.day, "trede_doorstroom", {{"naar", move.naar}});
  }
  if (k.uitstroom && holds(window, k.uitstroom->day)) {
    Attributes out{{"reden", k.uitstroom->reden}};
    if (k.uitstroom->reden == "werkaanvaarding") out.emplace_back("betaald", "ja");
    if (k.uitstroom->reden == "maximale_participatie") {
      out.emplace_back("betaald", k.trede_on(k.uitstroom->day - days{1}) == "3" ? "nee" : "ja");
    }
    stream.add(k.uitstroom->day, "uitstroom", out);
  }
}

// Talks with the werkcoach in the last year of the window.
void write_contacts(const Kandidaat& k, Period window, Dice& dice) {
  static const std::vector<std::string> ways = {"gesprek", "telefoon", "telefoon", "bericht"};
  const Day last = k.uitstroom ? std::min(k.uitstroom->day - days{1}, window.tm) : window.tm;
  Day at = std::max(*k.gestart, window.tm - days{365}) + days{dice.between(10, 120)};
  while (at <= last) {
    Attributes out{{"contact", dice.pick(ways)}};
    if (dice.chance(40)) {
      out.emplace_back("volgende_actie_op", format_day(at + days{dice.between(14, 42)}));
    }
    k.stream->add(at, "contactmoment", out);
    at += days{dice.between(60, 220)};
  }
}

std::string any_regeling(Dice& dice) {
  const int throw_of = dice.between(1, 100);
  if (throw_of <= 88) return "participatiewet";
  if (throw_of <= 93) return "nug";
  if (throw_of <= 97) return "ioaw";
  return throw_of <= 98 ? "anw" : "ww";
}

}  // namespace

std::string id_of(std::string_view name) {
  std::string out;
  for (const char c : name) {
    out.push_back(c == ' ' ? '-' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  }
  return out;
}

std::string joined(const std::set<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : "|") + code;
  return out;
}

std::string any_gemeente(Dice& dice) {
  const int throw_of = dice.between(1, 100);
  if (throw_of <= 35) return "Beverwijk";
  if (throw_of <= 56) return "Heemskerk";
  return throw_of <= 65 ? "Uitgeest" : "Velsen";
}

void Kandidaat::add(Day on, std::string_view soort, Attributes attributes) {
  Event event;
  event.geldig_op = on;
  event.soort = soort;
  event.attributes = std::move(attributes);
  extras.push_back(std::move(event));
}

std::string_view Kandidaat::trede_on(Day on) const {
  if (!gestart || on < *gestart) return "";
  if (uitstroom && on >= uitstroom->day) return "";
  std::string_view trede = start_trede;
  for (const Move& move : moves) {
    if (move.day <= on) trede = move.naar;
  }
  return trede;
}

bool Kandidaat::moves_in(Day van, Day tm) const {
  return std::ranges::any_of(moves, [&](const Move& m) { return m.day >= van && m.day <= tm; });
}

bool Kandidaat::stays(Day van, Day tm) const {
  return gestart && *gestart < van && (!uitstroom || uitstroom->day > tm);
}

std::string_view Kandidaat::last_gemeente() const {
  const auto moved = [](const Event& e) { return e.soort == "gemeente_gewijzigd"; };
  const auto last = std::find_if(extras.rbegin(), extras.rend(), moved);
  return last == extras.rend() ? std::string_view(gemeente) : last->attributes.front().second;
}

bool Kandidaat::has(std::string_view soort) const {
  return std::ranges::any_of(extras, [&](const Event& e) { return e.soort == soort; });
}

void Kandidaat::write(Period window, Dice& dice) const {
  if (holds(window, aangemeld)) {
    Attributes first{{"gemeente", gemeente},
                     {"regeling", regeling},
                     {"bron", bron},
                     {"geboortejaar", std::to_string(geboortejaar)}};
    stream->add(aangemeld, "aanmelding", with_doelgroepen(std::move(first), doelgroepen));
  }
  if (intake && holds(window, *intake)) write_intake(*this, window, dice);
  if (niet_gestart && holds(window, *niet_gestart)) {
    stream->add(*niet_gestart, "niet_gestart", {{"reden", niet_gestart_reden}});
  }
  if (gestart && *gestart <= window.tm) {
    write_traject(*this, window, dice);
    write_contacts(*this, window, dice);
  }
  for (const Event& extra : extras) {
    // What is agreed for a later day is written when it is recorded.
    if (!holds(window, extra.recorded_on.value_or(extra.geldig_op))) continue;
    Event& event = stream->add(extra.geldig_op, extra.soort, extra.attributes);
    event = extra;
  }
}

Kandidaat& Kandidaten::add(Day aangemeld) {
  Kandidaat& k = all_.emplace_back();
  k.aangemeld = aangemeld;
  k.gemeente = any_gemeente(dice_);
  k.regeling = any_regeling(dice_);
  k.geboortejaar = dice_.between(1958, 2000);
  if (k.geboortejaar >= 1994) k.doelgroepen.insert("jongere");
  if (dice_.chance(12)) k.doelgroepen.insert("alleenstaande_ouder");
  if (dice_.chance(18)) k.doelgroepen.insert("anderstalig");
  if (dice_.chance(5)) k.doelgroepen.insert("inburgeraar");
  if (dice_.chance(8)) k.doelgroepen.insert("banenafspraak");
  return k;
}

std::vector<Kandidaat*> Kandidaten::draw(int number, const Condition& condition,
                                         std::string_view what) {
  std::vector<Kandidaat*> fitting;
  for (Kandidaat& k : all_) {
    if (condition(k)) fitting.push_back(&k);
  }
  if (fitting.size() < static_cast<std::size_t>(number)) {
    throw std::runtime_error("only " + std::to_string(fitting.size()) + " of " +
                             std::to_string(number) + " for " + std::string(what));
  }
  dice_.shuffle(fitting);
  fitting.resize(static_cast<std::size_t>(number));
  return fitting;
}

Day Kandidaten::working_day(Day van, Day tm) {
  const int span = static_cast<int>((tm - van).count());
  while (true) {
    const Day on = van + days{dice_.between(0, span)};
    const std::chrono::weekday weekday{on};
    if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) return on;
  }
}

void Kandidaten::write(History& history, Period window) {
  std::vector<Kandidaat*> in_order;
  for (Kandidaat& k : all_) in_order.push_back(&k);
  std::ranges::stable_sort(in_order, {}, &Kandidaat::aangemeld);
  for (Kandidaat* k : in_order) {
    if (k->stream == nullptr) k->stream = &history.new_dossier();
    k->write(window, dice_);
  }
}

}  // namespace trede::reports
