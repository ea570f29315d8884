#include "tests/reports/set_right.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "tests/reports/kandidaat.h"

namespace trede::reports {

namespace {

using std::chrono::days;

Day in_2021(unsigned month, unsigned day) { return Day{std::chrono::year{2021} / month / day}; }

std::string value_of(const Event& event, std::string_view name) {
  const auto found = std::ranges::find(event.attributes, name, &Attributes::value_type::first);
  return found == event.attributes.end() ? "" : found->second;
}

Attributes with(Attributes attributes, std::string_view name, const std::string& value) {
  for (auto& [key, old] : attributes) {
    if (key == name) old = value;
  }
  return attributes;
}

// An event to look for: the first of its kind, in order of streams, that fits.
struct Wanted {
  std::string soort;
  Day van;
  Day tm;
  std::function<bool(const Stream&, const Event&)> fits;
};

class Editor {
 public:
  Editor(History& history, std::ostream& out) : history_(history), out_(out) {}

  // Recorded wrong on the day after, put right on `corrected_on`.
  void correct(const Wanted& wanted, Day corrected_on,
               const std::function<SetRight(const Event&)>& wrong) {
    auto& [stream, event] = find(wanted);
    event->set_right = wrong(*event);
    event->set_right->corrected_on = corrected_on;
    event->recorded_on = event->set_right->first_day + days{1};
    out_ << stream->name() << ": " << event->soort << " of " << format_day(event->geldig_op)
         << ", set right on " << format_day(corrected_on) << '\n';
  }

  void delay(const Wanted& wanted, Day recorded_on) {
    auto& [stream, event] = find(wanted);
    event->recorded_on = recorded_on;
    out_ << stream->name() << ": " << event->soort << " of " << format_day(event->geldig_op)
         << ", recorded late on " << format_day(recorded_on) << '\n';
  }

  void withdraw(Stream& stream, Event& event, Day on, const char* because) {
    event.recorded_on = event.geldig_op + days{1};
    event.withdrawn_on = on;
    event.withdrawn_because = because;
    out_ << stream.name() << ": " << event.soort << " of " << format_day(event.geldig_op)
         << ", withdrawn on " << format_day(on) << " (" << because << ")\n";
  }

  std::pair<Stream*, Event*>& find(const Wanted& wanted) {
    for (Stream& stream : history_.streams()) {
      for (Event& event : stream.events()) {
        const bool touched = event.recorded_on || event.set_right || event.withdrawn_on;
        if (touched || event.soort != wanted.soort || event.geldig_op < wanted.van ||
            event.geldig_op > wanted.tm || !wanted.fits(stream, event)) {
          continue;
        }
        found_ = {&stream, &event};
        return found_;
      }
    }
    throw std::runtime_error("no " + wanted.soort + " to set right");
  }

 private:
  History& history_;
  std::ostream& out_;
  std::pair<Stream*, Event*> found_;
};

bool any(const Stream&, const Event&) { return true; }

// Nothing happens in the dossier after `day`.
bool is_last(Stream& stream, const Event& event) {
  return std::ranges::all_of(stream.events(),
                             [&](const Event& e) { return e.geldig_op <= event.geldig_op; });
}

bool has(const Event& event, std::string_view name, std::string_view value) {
  return value_of(event, name) == value;
}

// The wrong version differs in one attribute.
std::function<SetRight(const Event&)> wrongly(std::string name, std::string value) {
  return [=](const Event& e) { return SetRight{{}, e.geldig_op, with(e.attributes, name, value)}; };
}

void add_corrections(Editor& editor) {
  editor.correct({"uitstroom", in_2021(3, 8), in_2021(3, 26),
                  [](const Stream&, const Event& e) {
                    return has(e, "reden", "maximale_participatie") && has(e, "betaald", "ja");
                  }},
                 in_2021(4, 14), wrongly("reden", "werkaanvaarding"));
  editor.correct({"traject_start", in_2021(2, 1), in_2021(2, 26),
                  [](const Stream&, const Event& e) { return has(e, "trede", "3"); }},
                 in_2021(3, 9), wrongly("trede", "4"));
  editor.correct({"aanmelding", in_2021(1, 11), in_2021(1, 22),
                  [](const Stream&, const Event& e) { return has(e, "gemeente", "Velsen"); }},
                 in_2021(2, 2), wrongly("gemeente", "Heemskerk"));
  editor.correct(
      {"maatregel", in_2021(2, 1), in_2021(3, 19),
       [](const Stream&, const Event& e) { return has(e, "besluit", "1_maand_20_procent"); }},
      in_2021(4, 8), wrongly("besluit", "100_procent"));
  editor.correct(
      {"dienstverband_start", in_2021(2, 1), in_2021(3, 1),
       [](const Stream&, const Event& e) { return has(e, "dienstverband", "beschut_werk"); }},
      in_2021(3, 22), wrongly("deeltijdfactor", "0.5000"));
  editor.correct({"ziekmelding", in_2021(2, 22), in_2021(2, 28), any}, in_2021(4, 7),
                 [](const Event& e) {
                   return SetRight{{}, e.geldig_op + days{1}, e.attributes};
                 });
}

void add_late(Editor& editor) {
  const auto last = [](const Stream& stream, const Event& e) {
    return is_last(const_cast<Stream&>(stream), e);
  };
  editor.delay({"uitstroom", in_2021(3, 15), in_2021(3, 31),
                [](const Stream&, const Event& e) { return has(e, "reden", "overig"); }},
               in_2021(4, 21));
  editor.delay(
      {"uitstroom", in_2021(3, 22), in_2021(3, 31),
       [](const Stream&, const Event& e) { return has(e, "reden", "terug_naar_gemeente"); }},
      in_2021(4, 19));
  editor.delay({"trede_doorstroom", in_2021(3, 8), in_2021(3, 31), last}, in_2021(4, 13));
  editor.delay({"intake", in_2021(3, 22), in_2021(3, 31), last}, in_2021(4, 12));
  editor.delay({"herstelmelding", in_2021(3, 1), in_2021(3, 26), last}, in_2021(4, 20));
  editor.delay({"voorziening_einde", in_2021(2, 8), in_2021(3, 26), last}, in_2021(5, 3));
}

void add_withdrawals(Editor& editor, History& history) {
  Stream& wrong = history.new_dossier();
  Event& aanmelding =
      wrong.add(in_2021(3, 15), "aanmelding",
                {{"gemeente", "Beverwijk"}, {"regeling", "participatiewet"}, {"bron", "gemeente"}});
  editor.withdraw(wrong, aanmelding, in_2021(4, 6), "verkeerd_dossier");

  const auto [stream, maatregel] = editor.find({"maatregel", in_2021(2, 1), in_2021(3, 12), any});
  Event& again = stream->add(maatregel->geldig_op, "maatregel",
                             with(maatregel->attributes, "kenmerk", "m-dubbel"));
  editor.withdraw(*stream, again, in_2021(3, 29), "dubbel");
}

}  // namespace

void set_right(History& history, std::ostream& out) {
  Editor editor(history, out);
  add_corrections(editor);
  add_late(editor);
  add_withdrawals(editor, history);
}

}  // namespace trede::reports
