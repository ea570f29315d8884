#include "projections/reports/lines.h"

#include <algorithm>
#include <map>

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

// No two codes have the same one.
std::string exact_id_of(const std::string& code) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : code) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]});
  }
  return out;
}

// One choice of what a line stands for.
struct Choice {
  std::vector<Filter> codes;
  std::optional<Period> period;
  std::string id;
  std::string exact_id;
  std::string words;
};

Choice with(const Choice& choice, const std::string& code, const std::string& words) {
  Choice out = choice;
  out.id += (out.id.empty() ? "" : ".") + id_of(code);
  out.exact_id += (out.exact_id.empty() ? "" : ".") + exact_id_of(code);
  out.words += (out.words.empty() ? "" : ", ") + words;
  return out;
}

bool is_time(const std::string& per) { return per == "maand" || per == "kwartaal"; }

std::vector<PeriodPart> parts_of(const std::string& per, const Period& period) {
  return per == "maand" ? months_of(period) : quarters_of(period);
}

std::vector<Choice> choices_of(const std::vector<Choice>& before, const std::string& per,
                               const Period& period, const std::vector<std::string>& codes) {
  std::vector<Choice> out;
  for (const Choice& choice : before) {
    if (is_time(per)) {
      for (const PeriodPart& part : parts_of(per, period)) {
        out.push_back(with(choice, part.id, part.title));
        out.back().period = part.period;
      }
      continue;
    }
    for (const std::string& code : codes) {
      out.push_back(with(choice, code, code_title(per, code)));
      out.back().codes.push_back({per, {code}});
    }
  }
  return out;
}

Error too_many(const std::string& id) {
  return {ErrorCode::kInvalid, "'" + id + "' stands for more than " + std::to_string(kCellsMax) +
                                   " lines: ask for a shorter period, or for fewer codes"};
}

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
    out.push_back({&line, line.id(), {}, {}, std::nullopt, {}, false});
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
    const std::size_t times = is_time(per) ? parts_of(per, period).size() : codes.size();
    if (choices.size() * times > kCellsMax) return too_many(line.id());
    choices = choices_of(choices, per, period, codes);
  }
  for (Choice& choice : choices) {
    const std::string before = only ? "" : line.id() + ".";
    out.push_back({&line, before + choice.id, before + choice.exact_id, std::move(choice.codes),
                   choice.period, std::move(choice.words), true});
  }
  return out;
}

template <typename Source>
void tell_apart(std::vector<Line<Source>>& lines) {
  std::map<std::string, int> times;
  for (const auto& line : lines) ++times[line.id];
  for (auto& line : lines) {
    if (line.is_one_of_many && times[line.id] > 1) line.id = line.exact_id;
  }
}

template Result<std::vector<RowLine>> repeat(const pb::Row&, bool, const Period&, const CodesOf&);
template Result<std::vector<ColumnLine>> repeat(const pb::Column&, bool, const Period&,
                                                const CodesOf&);
template void tell_apart(std::vector<RowLine>&);
template void tell_apart(std::vector<ColumnLine>&);

}  // namespace trede
