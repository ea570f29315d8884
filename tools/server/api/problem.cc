#include "tools/server/api/problem.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "tools/server/api/json_writer.h"

namespace trede::server {

namespace {

bool is_alnum_or_dash(char c) { return is_alnum(c) || c == '-'; }

// `--en-bekend-op` of a message for the command line, as the query key `enBekendOp`.
std::string with_query_keys(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) != "--" || (i > 0 && is_alnum_or_dash(text[i - 1]))) {
      out += text[i];
      continue;
    }
    i += 2;
    for (; i < text.size() && is_alnum_or_dash(text[i]); ++i) {
      if (text[i] != '-') {
        out += text[i];
      } else if (i + 1 < text.size()) {
        out += static_cast<char>(text[++i] - 'a' + 'A');
      }
    }
    --i;
  }
  return out;
}

}  // namespace

const std::vector<ProblemKind>& problem_kinds() {
  static const std::vector<ProblemKind> kKinds = {
      {ProblemCode::kOngeldigeInvoer, "ongeldige-invoer", 400, "Ongeldige invoer"},
      {ProblemCode::kNietAangemeld, "niet-aangemeld", 401, "Niet aangemeld"},
      {ProblemCode::kGeenToegang, "geen-toegang", 403, "Geen toegang"},
      {ProblemCode::kNietGevonden, "niet-gevonden", 404, "Niet gevonden"},
      {ProblemCode::kMethodeNietToegestaan, "methode-niet-toegestaan", 405,
       "Methode niet toegestaan"},
      {ProblemCode::kNietAanvaardbaar, "niet-aanvaardbaar", 406, "Geen passend antwoord"},
      {ProblemCode::kTeLaat, "te-laat", 408, "Te lang gewacht"},
      {ProblemCode::kRegel, "regel", 409, "Geweigerd door een regel"},
      {ProblemCode::kAndereInhoud, "andere-inhoud", 409, "Al vastgelegd met andere inhoud"},
      {ProblemCode::kVersieVerouderd, "versie-verouderd", 412, "Niet de huidige versie"},
      {ProblemCode::kTeGroot, "te-groot", 413, "Te groot"},
      {ProblemCode::kOnbekendMediatype, "onbekend-mediatype", 415, "Onbekend mediatype"},
      {ProblemCode::kTeVeelPogingen, "te-veel-pogingen", 429, "Te veel pogingen"},
      {ProblemCode::kKopTeGroot, "kop-te-groot", 431, "Kop te groot"},
      {ProblemCode::kStoring, "storing", 500, "Storing"},
      {ProblemCode::kNietBeschikbaar, "niet-beschikbaar", 503, "Niet beschikbaar"},
  };
  return kKinds;
}

const ProblemKind& kind_of(ProblemCode code) {
  return *std::ranges::find(problem_kinds(), code, &ProblemKind::code);
}

Problem::Problem(ProblemCode code, std::string detail) {
  const ProblemKind& kind = kind_of(code);
  says.set_type("urn:trede:problem:" + std::string(kind.name));
  says.set_title(std::string(kind.title));
  says.set_status(kind.status);
  says.set_detail(std::move(detail));
}

Problem& Problem::at(std::string place, std::string message) {
  auto& fout = *says.add_fouten();
  fout.set_plaats(std::move(place));
  fout.set_melding(std::move(message));
  return *this;
}

Response Problem::response() const {
  Response out;
  out.status = says.status();
  out.headers = headers;
  out.headers.set("Content-Type", "application/problem+json");
  out.body = json_of(says);
  return out;
}

Problem invalid(std::string place, std::string message) {
  return Problem(ProblemCode::kOngeldigeInvoer, place + ": " + message)
      .at(std::move(place), std::move(message));
}

Problem forbidden(std::string detail) { return {ProblemCode::kGeenToegang, std::move(detail)}; }

Problem not_found(std::string detail) { return {ProblemCode::kNietGevonden, std::move(detail)}; }

Problem problem_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalid: return {ProblemCode::kOngeldigeInvoer, error.message};
    case ErrorCode::kRefused: return {ProblemCode::kRegel, error.message};
    case ErrorCode::kNotFound: return {ProblemCode::kNietGevonden, error.message};
    case ErrorCode::kConflict:
    case ErrorCode::kLocked: {
      Problem busy(ProblemCode::kNietBeschikbaar, "others were first time and again; try again");
      busy.headers.set("Retry-After", "1");
      return busy;
    }
    case ErrorCode::kClock:
    case ErrorCode::kClosed:
      return {ProblemCode::kNietBeschikbaar, "the server does not record at the moment"};
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kNewer: return {ProblemCode::kStoring, "the server failed; see its log"};
  }
  std::unreachable();
}

Problem not_let_in(const Error& error) {
  switch (error.code) {
    case ErrorCode::kNotFound: {
      Problem nobody(ProblemCode::kNietAangemeld, "Meld u aan, of geef een geldig token mee.");
      nobody.headers.set("WWW-Authenticate", "Bearer");
      return nobody;
    }
    case ErrorCode::kRefused: return {ProblemCode::kGeenToegang, error.message};
    case ErrorCode::kInvalid:
    case ErrorCode::kConflict:
    case ErrorCode::kLocked:
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kNewer:
    case ErrorCode::kClock:
    case ErrorCode::kClosed: {
      Problem later(ProblemCode::kNietBeschikbaar, "who may do what cannot be read at the moment");
      later.headers.set("Retry-After", "1");
      return later;
    }
  }
  std::unreachable();
}

Problem too_often(std::string detail, std::chrono::seconds wait) {
  Problem out(ProblemCode::kTeVeelPogingen, std::move(detail));
  out.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(1, wait.count())));
  return out;
}

Problem unnoted(std::vector<TrailEntry> tried) {
  Problem out(ProblemCode::kNietBeschikbaar,
              "the audit trail cannot be written, so nothing is recorded");
  out.headers.set("Retry-After", "1");
  out.trail = std::move(tried);
  return out;
}

Problem problem_of(const tool::Failure& failure) {
  if (failure.exit != tool::Exit::kInput) {
    return {ProblemCode::kStoring, "the server failed; see its log"};
  }
  const std::string line = with_query_keys(failure.line);
  const auto colon = line.find(": ");
  if (colon == std::string::npos || line.find(' ') < colon) {
    return {ProblemCode::kOngeldigeInvoer, line};
  }
  return invalid(line.substr(0, colon), line.substr(colon + 2));
}

Problem problem_of(const Refusal& refusal, std::size_t index) {
  Problem out(ProblemCode::kRegel, refusal.zin);
  out.says.set_regel(refusal.code);
  out.says.set_gebeurtenis(static_cast<std::uint32_t>(index + 1));
  if (refusal.botst_met) out.says.set_botst_met(refusal.botst_met->uuid.text());
  return out;
}

}  // namespace trede::server
