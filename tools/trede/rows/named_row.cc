#include "tools/trede/rows/named_row.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace trede::tool {

Result<RowResult> read_named_row(const NamedTexts& texts, StreamNames& names, KindFinder find,
                                 const RowOptions& options) {
  // Both are needed; what is not given reads as missing.
  std::vector<std::string_view> header = {"stream", "soort"};
  std::vector<std::string_view> cells(2);
  for (const auto& [name, text] : texts) {
    if (name == "groep") {
      return RowResult(ColumnFlaw{"groep", "not here, expected an array of events"});
    }
    const auto place = std::ranges::find(header.begin(), header.begin() + 2, name);
    if (place != header.begin() + 2) {
      cells[static_cast<std::size_t>(place - header.begin())] = text;
    } else {
      header.push_back(name);
      cells.push_back(text);
    }
  }
  Columns columns;
  auto flaws = columns.read(header);
  if (!flaws.empty()) return RowResult(std::move(flaws.front()));
  return RowReader(columns, names, std::move(find), options).read(cells);
}

std::vector<std::size_t> stream_by_stream(const std::vector<pb::Event>& events) {
  std::unordered_map<StreamId, std::size_t> place_of;
  std::vector<std::vector<std::size_t>> streams;  // in the order of first appearance
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto [place, is_new] = place_of.try_emplace(stream_of(events[i]), streams.size());
    if (is_new) streams.emplace_back();
    streams[place->second].push_back(i);
  }
  std::vector<std::size_t> order;
  for (const auto& stream : streams) order.insert(order.end(), stream.begin(), stream.end());
  return order;
}

}  // namespace trede::tool
