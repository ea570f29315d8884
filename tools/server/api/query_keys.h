// The keys of a query, read strictly: none twice, none that the endpoint does not have.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/server/api/problem.h"

namespace trede::server {

enum class Place { kQuery, kPath, kHeader };

// What a value is; said in the document, and checked here where it needs nothing else.
enum class ValueKind { kText, kDay, kMoment, kPosition, kYesNo, kUuid, kFilter };

// A key of the query, a part of the path, or a header.
struct Parameter {
  std::string name;
  ValueKind kind = ValueKind::kText;
  std::string summary;       // Dutch
  std::string example = {};  // empty = none
  Place place = Place::kQuery;
  bool required = false;
  bool repeated = false;  // may stand more than once
};

// Text of a URL without its %-escapes (`+` is itself). Absent when an escape is cut short, or what
// comes out is not UTF-8 or has a NUL.
std::optional<std::string> decode_url(std::string_view text);

// The values of one request. Threads: one.
class QueryKeys {
 public:
  // Errors: an unknown key, one that stands twice and may not, an empty value, a value that is not
  // of its kind, one that is required and absent.
  static OrProblem<QueryKeys> parse(std::string_view query,
                                    const std::vector<Parameter>& parameters);

  std::optional<std::string> find(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  bool is_set(std::string_view name) const { return find(name) == "true"; }
  // Requires: of kind kPosition.
  std::optional<std::uint64_t> find_number(std::string_view name) const;
  // One text for the same values, in whatever order the keys stood.
  std::string canonical() const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

}  // namespace trede::server
