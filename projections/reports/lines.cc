#include "projections/reports/lines.h"

#include <algorithm>

#include "projections/reports/tijdvak.h"

namespace trede {

namespace {

bool is_own_string(const std::string& dimension) {
  return dimension == "gemeente" || dimension == "afdeling" || dimension == "werkcoach" ||
         dimension == "naam" || dimension == "programma" || dimension == "kostenregel";
}

std::string id_of(const std::string& code) {
  std::string out;
  for (const char c : code) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else {
      out.push_back(plain || static_cast<unsigned char>(c) >= 0x80 ? c : '-');
    }
  }
  return out;
}

// One choice of what a line stands for.
struct Choice {
  std::vector<Filter> codes;
  std::optional<Period> period;
  std::string id;
  std::string words;
};

Choice with(const Choice& choice, const std::string& id, const std::string& words) {
  Choice out = choice;
  out.id += (out.id.empty() ? "" : ".") + id;
  out.words += (out.words.empty() ? "" : ", ") + words;
  return out;
}

std::vector<Choice> choices_of(const std::vector<Choice>& before, const std::string& per,
                               const Period& period, const std::vector<std::string>& codes) {
  std::vector<Choice> out;
  for (const Choice& choice : before) {
    if (per == "maand" || per == "kwartaal") {
      for (const PeriodPart& part : per == "maand" ? months_of(period) : quarters_of(period)) {
        out.push_back(with(choice, part.id, part.title));
        out.back().period = part.period;
      }
      continue;
    }
    for (const std::string& code : codes) {
      out.push_back(with(choice, id_of(code), code_title(per, code)));
      out.back().codes.push_back({per, {code}});
    }
  }
  return out;
}

bool is_time(const std::string& per) { return per == "maand" || per == "kwartaal"; }

}  // namespace

std::string code_title(const std::string& dimension, const std::string& code) {
  if (is_own_string(dimension) || code.empty()) return code;
  if (dimension == "trede" || dimension == "van" || dimension == "naar") {
    if (code.size() == 1) return "Trede " + code;
  }
  std::string out = code;
  std::ranges::replace(out, '_', ' ');
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

template <typename Source>
Result<std::vector<Line<Source>>> repeat(const Source& line, bool only, const Period& period,
                                         const CodesOf& codes_of) {
  std::vector<Line<Source>> out;
  if (line.per().empty()) {
    out.push_back({&line, line.id(), {}, std::nullopt, {}, false});
    return out;
  }
  std::vector<Choice> choices(1);
  for (const std::string& per : line.per()) {
    std::vector<std::string> codes(line.alleen().begin(), line.alleen().end());
    if (codes.empty() && !is_time(per)) {
      auto found = codes_of(per);
      if (!found) return std::unexpected(found.error());
      codes = std::move(*found);
    }
    choices = choices_of(choices, per, period, codes);
  }
  for (Choice& choice : choices) {
    out.push_back({&line, only ? choice.id : line.id() + "." + choice.id, std::move(choice.codes),
                   choice.period, std::move(choice.words), true});
  }
  return out;
}

template Result<std::vector<RowLine>> repeat(const pb::Row&, bool, const Period&, const CodesOf&);
template Result<std::vector<ColumnLine>> repeat(const pb::Column&, bool, const Period&,
                                                const CodesOf&);

}  // namespace trede
