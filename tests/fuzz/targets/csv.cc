// An import file: rows, header, cells, events.
#include "engine/event/attributes.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"
#include "tests/unit/tools/key_table.h"
#include "tools/trede/rows/columns.h"
#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/event_csv.h"
#include "tools/trede/rows/row_reader.h"

using namespace trede;
using namespace trede::test;
using namespace trede::tool;

namespace {

constexpr std::string_view kKey = "K17";

// An event as a row of ours, read back: the same event.
void write_again(const RowEvent& row) {
  const EventCsv csv({soort_of_row(row.event)}, /*with_na_afsluiting=*/true);
  pb::Event event = row.event;
  const auto line = csv.line(event, kKey, "");
  must(good(line), "an event that was read can be written");
  FileInMemory file(csv.header() + *line);
  auto input = InputFile::open(file.path());
  must(input.has_value(), "open");
  CsvReader reader(*input);
  must(good(reader.next()), "a header");
  const std::vector<std::string> names(reader.cells().begin(), reader.cells().end());
  const auto next = reader.next();
  must(good(next) && *next == CsvReader::Next::kRow, "a row of ours is a row");
  must(reader.cells().size() == names.size(), "with its cells");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FileInMemory file(text_of(data, size));
  auto input = InputFile::open(file.path());
  must(input.has_value(), "open");
  CsvReader reader(*input);
  KeyTable keys;
  SeededRandom random;
  StreamNames names(keys, random);
  Columns columns;
  const auto header = reader.next();
  must(good(header), "a file in memory can be read");
  if (*header != CsvReader::Next::kRow || !columns.read(reader.cells()).empty()) return 0;
  RowReader rows(columns, names,
                 [](const EventId&) { return Result<std::optional<Soort>>(Soort::kMaatregel); },
                 {.style = reader.separator() == ';' ? TextStyle::kDutch : TextStyle::kPlain,
                  .as_recorded = columns.find(Field::kVastgelegdOp).has_value(),
                  .now = FakeClock().now(),
                  .random_ids = &random});
  for (;;) {
    const auto next = reader.next();
    must(good(next), "a file in memory can be read");
    if (*next == CsvReader::Next::kEnd) return 0;
    if (*next == CsvReader::Next::kBadRow) {
      must(!reader.problem().empty(), "a bad row has a problem");
      continue;
    }
    if (reader.cells().size() != columns.count()) continue;
    const auto row = rows.read(reader.cells());
    must(good(row), "a row is an event or has a flaw");
    if (const auto* event = std::get_if<RowEvent>(&*row)) {
      write_again(*event);
    } else {
      must(!std::get<ColumnFlaw>(*row).message.empty(), "a flaw says something");
    }
  }
}
