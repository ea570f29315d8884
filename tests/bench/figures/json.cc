#include <boost/json.hpp>
#include <charconv>

#include "tests/bench/figures/report.h"

namespace trede::bench {

namespace {

namespace bj = boost::json;

bj::value value_of(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && at == end) {
    return number == static_cast<double>(static_cast<std::int64_t>(number))
               ? bj::value(static_cast<std::int64_t>(number))
               : bj::value(number);
  }
  return bj::value(text);
}

bj::object object_of(const Facts& facts) {
  bj::object out;
  for (const auto& [name, value] : facts) out[name] = value_of(value);
  return out;
}

// median, min, max, one value per round, and of a latency p50 and p99.
void put_figures(bj::object& out, const std::vector<double>& values,
                 const std::vector<double>& p99) {
  out["median"] = median(values);
  out["min"] = least(values);
  out["max"] = most(values);
  out["values"] = bj::value_from(values);
  if (p99.empty()) return;
  out["p50"] = median(values);
  out["p99"] = median(p99);
  out["p99_min"] = least(p99);
  out["p99_max"] = most(p99);
}

bj::object object_of(const Row& row) {
  bj::object out{{"name", row.name},
                 {"what", row.what},
                 {"unit", row.unit},
                 {"better", row.better == Better::kMore ? "more" : "less"}};
  if (!row.error.empty()) {
    out["error"] = row.error;
    return out;
  }
  put_figures(out, row.ours.values, row.ours.p99);
  bj::array peers;
  for (const Series& peer : row.peers) {
    bj::object one{{"name", peer.name}};
    put_figures(one, peer.values, peer.p99);
    one["ratio"] = ratio(row, peer);
    peers.push_back(std::move(one));
  }
  out["peers"] = std::move(peers);
  out["left_out"] = bj::value_from(row.left_out);
  bj::array extras;
  for (const Extra& extra : row.extras) {
    bj::object one{{"what", extra.what}, {"unit", extra.unit}};
    put_figures(one, extra.values, {});
    extras.push_back(std::move(one));
  }
  out["extras"] = std::move(extras);
  return out;
}

bj::object object_of(const Report& report) {
  bj::array rows;
  for (const Row& row : report.rows) rows.push_back(object_of(row));
  return {{"machine", object_of(report.machine)},
          {"versions", object_of(report.versions)},
          {"settings", object_of(report.settings)},
          {"rows", std::move(rows)}};
}

}  // namespace

std::string json(const Report& report) { return bj::serialize(object_of(report)) + "\n"; }

std::string json(const Curve& curve) {
  bj::array points;
  for (std::size_t i = 0; i < curve.reports.size(); ++i) {
    bj::object point = object_of(curve.reports[i]);
    point["at"] = curve.points[i];
    points.push_back(std::move(point));
  }
  return bj::serialize(bj::object{{"curve", curve.of}, {"points", std::move(points)}}) + "\n";
}

}  // namespace trede::bench
