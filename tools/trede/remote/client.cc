#include "tools/trede/remote/client.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "tools/trede/remote/token_file.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::string_view kProtobuf = "application/x-protobuf";
constexpr std::string_view kApiMajor = "1";  // of the API that this asks
constexpr std::size_t kMostShown = 2000;     // characters of what a server says
constexpr std::size_t kMostHeader = 16'000;

// Keys of a query and the options that they were made of.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kOptions = {{
    {"bekendOp", "--bekend-op"},
    {"enBekendOp", "--en-bekend-op"},
    {"positie", "--positie"},
    {"enPositie", "--en-positie"},
    {"op", "--op"},
    {"van", "--van"},
    {"tm", "--tm"},
    {"per", "--per"},
    {"waar", "--waar"},
}};

std::string option_of(const std::string& key) {
  const auto* const found =
      std::ranges::find(kOptions, key, &decltype(kOptions)::value_type::first);
  return found == kOptions.end() ? key : std::string(found->second);
}

// The server's sentence in the words of the command line.
std::string wrong_value(const api::Fout& fout) {
  std::string says;
  std::string word;
  for (const char c : fout.melding() + '\n') {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) {
      word += c;
      continue;
    }
    // Other keys are plain words too, and no sentence of the server names them.
    says += word == "bekendOp" ? option_of(word) : word;
    says += c;
    word.clear();
  }
  says.pop_back();
  return option_of(fout.plaats()) + ": " + printable(says, kMostShown);
}

std::string rule_text(const api::Probleem& problem) {
  if (problem.regel().empty()) return problem.detail();
  std::string out = problem.regel() + ": " + problem.detail();
  if (problem.has_botst_met()) out += " (botst met " + problem.botst_met() + ")";
  return out;
}

api::Probleem problem_in(const HttpAnswer& answer) {
  api::Probleem out;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto read = google::protobuf::util::JsonStringToMessage(answer.body, &out, options);
  if (!read.ok()) out.Clear();
  out.set_status(answer.status);
  out.set_detail(printable(out.detail(), kMostShown));
  return out;
}

std::string later_text(const HttpAnswer& answer) {
  const auto wait = answer.header("Retry-After");
  return wait ? "; try again in " + printable(*wait, 10) + " s" : "; try again later";
}

}  // namespace

Outcome<Client> Client::open(const SourceOptions& source) {
  auto address = parse_server_address(*source.server);
  if (!address) return address.error();
  if (source.ca_file && !address->is_encrypted) {
    return wrong_input("--ca-file: expected together with https://");
  }
  auto token = read_token(*source.token_file);
  if (!token) return token.error();
  return Client({.address = *std::move(address), .ca_file = source.ca_file}, *std::move(token));
}

Failure Client::system_failure(const std::string& says) const {
  return system_failed("--server: " + connecting_.address.authority() + ": " + says);
}

Outcome<> Client::check_version(const HttpAnswer& answer) const {
  const auto version = answer.header("API-Version");
  if (!version) return system_failure("is no server of Trede");
  const std::string major = version->substr(0, version->find('.'));
  if (major == kApiMajor) return {};
  return system_failure("speaks version " + printable(*version, 20) +
                        " of the API, this program version " + std::string(kApiMajor) +
                        "; use the program of the server's release");
}

HttpRequest Client::request_of(const ServerQuestion& question) const {
  HttpRequest out;
  out.target = question.path + url_escaped(question.last);
  char separator = '?';
  for (const auto& [key, value] : question.query) {
    out.target += separator + key + "=" + url_escaped(value);
    separator = '&';
  }
  out.headers = {{"Authorization", "Bearer " + token_}, {"Accept", question.media_type}};
  if (question.body == nullptr) return out;
  out.method = "POST";
  out.headers.emplace_back("Content-Type", std::string(kProtobuf));
  out.body = question.body->SerializeAsString();
  if (question.idempotency_key.empty()) return out;
  out.headers.emplace_back("Idempotency-Key", question.idempotency_key);
  out.is_repeatable = true;
  return out;
}

Failure Client::refused(const api::Probleem& problem) const {
  switch (problem.status()) {
    case 403: return wrong_input("the server does not allow it: " + problem.detail());
    case 404: return wrong_input("the server does not have it: " + problem.detail());
    case 409: return wrong_input(rule_text(problem));
    default: break;
  }
  return wrong_input(problem.fouten().empty() ? problem.detail() : wrong_value(problem.fouten(0)));
}

Outcome<api::Probleem> Client::problem_of(const HttpAnswer& answer) const {
  api::Probleem problem = problem_in(answer);
  switch (answer.status) {
    case 400:
    case 403:
    case 404:
    case 409: return problem;
    case 401:
      return wrong_input(
          "--token-file: the server does not know this token: it was withdrawn, its time is over, "
          "or it is of another server; expected one of `trede token create`");
    case 412:
      return system_failed("somebody else was first: " + problem.detail() +
                           "; look at it again before going on");
    case 429: return system_failed("asked too often" + later_text(answer));
    case 503:
      return system_failure("does not answer now: " + problem.detail() + later_text(answer));
    default: break;
  }
  return system_failure("answered with status " + std::to_string(answer.status) +
                        (problem.detail().empty() ? "" : ": " + problem.detail()));
}

Outcome<ServerAnswer> Client::good_answer(HttpAnswer answer, const std::string& media_type) const {
  ServerAnswer out;
  out.media_type = answer.header("Content-Type").value_or("");
  if (!out.media_type.starts_with(media_type)) {
    return system_failure("answered in another form than was asked");
  }
  const std::string position = answer.header("Trede-Positie").value_or("");
  const char* const end = position.data() + position.size();
  const auto read = std::from_chars(position.data(), end, out.position);
  if (read.ec != std::errc{} || read.ptr != end) {
    return system_failure("does not say how much of the log it knew");
  }
  out.moment = printable(answer.header("Trede-Bekend-Op").value_or(""), kMostShown);
  out.unplaced = printable(answer.header("Trede-Let-Op").value_or(""), kMostHeader);
  out.body = std::move(answer.body);
  return out;
}

Outcome<ServerSays> Client::ask(const ServerQuestion& question) const {
  auto answer = exchange(connecting_, request_of(question));
  if (!answer) return answer.error();
  TREDE_RETURN_IF_ERROR(check_version(*answer));
  if (answer->status != 200 && answer->status != 201) {
    auto problem = problem_of(*answer);
    if (!problem) return problem.error();
    return ServerSays(*std::move(problem));
  }
  auto good = good_answer(*std::move(answer), question.media_type);
  if (!good) return good.error();
  return ServerSays(*std::move(good));
}

Outcome<ServerAnswer> Client::get(const ServerQuestion& question) const {
  auto says = ask(question);
  if (!says) return says.error();
  if (const auto* problem = std::get_if<api::Probleem>(&*says)) return refused(*problem);
  return std::get<ServerAnswer>(*std::move(says));
}

Outcome<> Client::get_message(const ServerQuestion& question,
                              google::protobuf::Message& into) const {
  const auto answer = get(question);
  if (!answer) return answer.error();
  return read(*answer, into);
}

Outcome<> Client::get_pieces(const ServerQuestion& question, const TakeBytes& take) const {
  const auto check = [&](const HttpAnswer& head) -> Outcome<> {
    TREDE_RETURN_IF_ERROR(check_version(head));
    const auto good = good_answer(head, question.media_type);
    if (!good) return good.error();
    return {};
  };
  std::optional<Outcome<>> checked;  // before anything is handed over
  const TakePiece take_piece = [&](const HttpAnswer& head, std::string_view piece) {
    if (!checked) checked = check(head);
    return *checked && take(piece);
  };
  const auto answer = exchange(connecting_, request_of(question), take_piece);
  if (checked && !*checked) return *checked;
  if (!answer) return answer.error();
  TREDE_RETURN_IF_ERROR(check_version(*answer));
  if (answer->status == 200) return check(*answer);
  const auto problem = problem_of(*answer);
  return problem ? refused(*problem) : problem.error();
}

Outcome<> Client::read(const ServerAnswer& answer, google::protobuf::Message& into) const {
  if (into.ParseFromString(answer.body)) return {};
  return system_failure("its answer cannot be read");
}

Outcome<std::uint64_t> Client::last_position() const {
  const auto answer = get({.path = "/v1/codelijsten"});
  if (!answer) return answer.error();
  return answer->position;
}

}  // namespace trede::tool
