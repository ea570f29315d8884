#include "tests/unit/projections/fact_text.h"

#include <stdexcept>

#include "projections/answers/rows.h"
#include "projections/facts/facts.h"
#include "tests/unit/dossier/story.h"

namespace trede::test {

namespace {

std::string set_text(Code set) {
  std::string out;
  for (Code bit = 1; bit < 32; ++bit) {
    if ((set & (Code{1} << bit)) == 0) continue;
    out += (out.empty() ? "" : "+") + std::string(code_text(Dim::kDoelgroep, bit));
  }
  return out.empty() ? "geen" : out;
}

std::string dims_text(const std::vector<Dim>& dims, const Code* codes,
                      const Dictionary& dictionary) {
  std::string out;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    out += i == 0 ? "" : " ";
    out += dims[i] == Dim::kDoelgroep ? set_text(codes[i]) : text_of(dims[i], codes[i], dictionary);
  }
  return out;
}

std::string tell_all(Story& story, std::string_view text) {
  const auto outcome = story.tell(text);
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) throw std::runtime_error(refusal->zin);
  return {};
}

}  // namespace

std::string fact_text(Table table, int day, const Cell& cell, const Weights& weights,
                      const Dictionary& dictionary) {
  const TableInfo& info = info_of(table);
  std::string out = format_day(day_from_number(day)) + " " + info.name;
  if (info.stroom) {
    const std::size_t size = info.dims.size();
    const Code holds = cell[info.cell_size() - 1];
    const auto side = [&](Code bit, const Code* codes) {
      return (holds & bit) == 0 ? "-" : "(" + dims_text(info.dims, codes, dictionary) + ")";
    };
    const bool both = holds == (StroomCell::kBefore | StroomCell::kAfter);
    out += " " + side(StroomCell::kBefore, cell.data()) + (both ? "\n    -> " : " -> ") +
           side(StroomCell::kAfter, cell.data() + size) + " " +
           dims_text(info.moment_dims, cell.data() + 2 * size, dictionary);
    return out;
  }
  if (!info.dims.empty()) out += " " + dims_text(info.dims, cell.data(), dictionary);
  out += ":";
  for (std::size_t i = 0; i < info.weights; ++i) out += " " + std::to_string(weights[i]);
  return out;
}

std::string facts_of_story(std::string_view text, std::string_view tables) {
  Story story;
  tell_all(story, text);
  const History history = story.history();
  Dictionary dictionary;
  std::string out;
  Interner interner(dictionary);
  dossier_facts(history.acting(), kFirstDay, interner, [&](const Fact& fact) {
    if (!info_of(fact.table).name.starts_with(tables)) return;
    out += fact_text(fact.table, fact.day, fact.cell, fact.weights, dictionary) + "\n";
  });
  return out;
}

std::string points_of_story(std::string_view text, std::string_view stream) {
  Story story;
  tell_all(story, text);
  const History history = story.history(stream == "organisatie" ? kOrganisatie : werkgever(1));
  Dictionary dictionary;
  std::string out;
  for (const ActingEvent& event : history.acting()) {
    Interner interner(dictionary);
    point_facts(event, interner, [&](const Fact& fact) {
      out += fact_text(fact.table, fact.day, fact.cell, fact.weights, dictionary) + "\n";
    });
  }
  return out;
}

}  // namespace trede::test
