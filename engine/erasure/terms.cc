#include "engine/erasure/terms.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "proto/retention.pb.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

constexpr int kMostYears = 100;

class FirstFlaw final : public gp::io::ErrorCollector {
 public:
  void AddError(int line, int, const std::string& message) override {
    if (line_ == 0) line_ = line + 1, message_ = message;
  }
  void AddWarning(int, int, const std::string&) override {}
  int line() const { return line_ == 0 ? 1 : line_; }
  const std::string& message() const { return message_; }

 private:
  int line_ = 0;
  std::string message_;
};

Error flaw(std::string_view file, int line, const std::string& message) {
  return {ErrorCode::kInvalid, std::string(file) + ":" + std::to_string(line) + ": " + message};
}

Result<RetentionTerm> read_term(const pb::Bewaartermijn& from) {
  const auto invalid = [](const char* message) { return Error{ErrorCode::kInvalid, message}; };
  RetentionTerm term;
  switch (from.wat()) {
    case pb::DOSSIER: term.part = ErasedPart::kDossier; break;
    case pb::VERZUIM: term.part = ErasedPart::kVerzuim; break;
    default: return invalid("wat: missing, expected DOSSIER or VERZUIM");
  }
  if (from.jaren() < 1 || from.jaren() > kMostYears) {
    return invalid("jaren: expected 1 to 100");
  }
  term.years = static_cast<int>(from.jaren());
  const auto day = parse_day(from.vanaf());
  if (!day) return invalid("vanaf: not a day, expected YYYY-MM-DD");
  term.from = *day;
  return term;
}

}  // namespace

RetentionTerms RetentionTerms::built_in() {
  RetentionTerms out;
  out.terms_ = {{ErasedPart::kDossier, 10, kFirstDay}, {ErasedPart::kVerzuim, 2, kFirstDay}};
  return out;
}

Result<RetentionTerms> RetentionTerms::load(const std::filesystem::path& data) {
  const std::filesystem::path file = data / "bewaartermijnen.textproto";
  std::error_code unknown;
  if (!std::filesystem::exists(file, unknown)) return built_in();
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error{ErrorCode::kIo, file.string() + ": cannot be read"};
  return parse(file.string(), text.str());
}

Result<RetentionTerms> RetentionTerms::parse(std::string_view file, std::string_view text) {
  gp::TextFormat::ParseInfoTree tree;
  FirstFlaw first;
  gp::TextFormat::Parser parser;
  parser.RecordErrorsTo(&first);
  parser.WriteLocationsTo(&tree);
  pb::Bewaartermijnen read;
  if (!parser.ParseFromString(std::string(text), &read)) {
    return flaw(file, first.line(), first.message());
  }
  const auto* field = pb::Bewaartermijnen::descriptor()->FindFieldByName("termijn");
  RetentionTerms out;
  for (int i = 0; i < read.termijn_size(); ++i) {
    const int line = tree.GetLocation(field, i).line + 1;
    const auto term = read_term(read.termijn(i));
    if (!term) return flaw(file, line, term.error().message);
    const bool twice = std::ranges::any_of(out.terms_, [&](const RetentionTerm& other) {
      return other.part == term->part && other.from == term->from;
    });
    if (twice) return flaw(file, line, "a second rule of that kind from that day, expected one");
    out.terms_.push_back(*term);
  }
  if (out.terms_.empty()) return flaw(file, 1, "no rule, expected termijn { ... }");
  std::ranges::stable_sort(out.terms_, {}, &RetentionTerm::from);
  return out;
}

std::optional<RetentionTerm> RetentionTerms::find(ErasedPart part, Day day) const {
  std::optional<RetentionTerm> out;
  for (const RetentionTerm& term : terms_) {
    if (term.part == part && term.from <= day) out = term;
  }
  return out;
}

Day end_of_term(const RetentionTerm& term, Day ended) {
  const std::chrono::year_month_day day(ended);
  const auto later = day + std::chrono::years{term.years};
  return later.ok() ? Day(later) : Day(later.year() / std::chrono::March / 1);
}

}  // namespace trede
