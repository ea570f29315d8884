#include "tools/trede/remote/known_values.h"

#include <charconv>

namespace trede::tool {

Outcome<> add_known(const Client& client, const KnownOptions& known, const std::string& prefix,
                    QueryValues& into) {
  TREDE_RETURN_IF_ERROR(check_known(known, prefix));
  if (known.bekend_op) {
    into.emplace_back(prefix.empty() ? "bekendOp" : "enBekendOp", *known.bekend_op);
  }
  if (!known.positie) return {};
  std::uint64_t value = 0;
  const std::string& text = *known.positie;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    const auto last = client.last_position();
    if (!last) return last.error();
    return no_position("--" + prefix + "positie", text, Position{*last});
  }
  into.emplace_back(prefix.empty() ? "positie" : "enPositie", std::to_string(value));
  return {};
}

std::optional<Moment> moment_in(const google::protobuf::Timestamp& stamp) {
  return Moment{std::chrono::seconds{stamp.seconds()} +
                std::chrono::microseconds{stamp.nanos() / 1000}};
}

}  // namespace trede::tool
