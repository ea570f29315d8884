#include "tools/server/api/endpoint.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "tools/trede/text.h"

namespace trede::server {

namespace {

struct Template {
  const Endpoint* endpoint;
  std::vector<std::string> parts;
};

bool is_variable(std::string_view part) { return part.starts_with('{'); }

const std::vector<Template>& templates() {
  static const std::vector<Template> kTemplates = [] {
    std::vector<Template> out;
    for (const Endpoint& one : endpoints()) out.push_back({&one, tool::split(one.path, '/')});
    // What is written out goes before what stands for anything.
    std::ranges::stable_sort(
        out, {}, [](const Template& one) { return std::ranges::count_if(one.parts, is_variable); });
    return out;
  }();
  return kTemplates;
}

bool fits(const Template& one, const std::vector<std::string>& parts) {
  return std::ranges::equal(one.parts, parts, [](const auto& expected, const auto& given) {
    return is_variable(expected) ? !given.empty() : expected == given;
  });
}

OrProblem<Routed> take(const Template& one, const std::vector<std::string>& parts) {
  Routed out{one.endpoint, {}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_variable(one.parts[i])) continue;
    auto value = decode_url(parts[i]);
    if (!value || value->contains('/')) return not_found("there is no such path");
    out.path_values.emplace_back(one.parts[i].substr(1, one.parts[i].size() - 2),
                                 *std::move(value));
  }
  return out;
}

}  // namespace

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> kEndpoints = [] {
    std::vector<Endpoint> out;
    for (auto part : {catalogue_endpoints, figure_endpoints,           dossier_endpoints,
                      caseload_endpoints,  recording_endpoints,        possibility_endpoints,
                      follow_endpoints,    position_endpoints,         target_endpoints,
                      series_endpoints,    figures_together_endpoints, report_endpoints,
                      evidence_endpoints,  session_endpoints,          example_endpoints,
                      person_endpoints,    bundle_endpoints,           trail_endpoints,
                      rereading_endpoints, import_endpoints,           standing_endpoints,
                      account_endpoints,   organisation_endpoints,     token_endpoints}) {
      std::ranges::move(part(), std::back_inserter(out));
    }
    return out;
  }();
  return kEndpoints;
}

OrProblem<Routed> route(std::string_view method, std::string_view path) {
  const std::string_view asked = method == "HEAD" ? "GET" : method;
  const auto parts = tool::split(path, '/');
  std::set<std::string> allowed;
  for (const Template& one : templates()) {
    if (!fits(one, parts)) continue;
    if (one.endpoint->method == asked) return take(one, parts);
    allowed.insert(one.endpoint->method);
  }
  if (allowed.empty()) return not_found("there is no such path");
  if (allowed.contains("GET")) allowed.insert("HEAD");
  Problem problem(ProblemCode::kMethodeNietToegestaan,
                  tool::printable(method, 20) + " is not for this path");
  problem.headers.set("Allow", tool::joined(std::vector(allowed.begin(), allowed.end()), ", "));
  return problem;
}

}  // namespace trede::server
