// A file of persons: rows, header, cells, what each is to change.
#include "tests/fuzz/target.h"
#include "tests/unit/tools/key_table.h"
#include "tools/trede/person/person_rows.h"

using namespace trede;
using namespace trede::test;
using namespace trede::tool;

namespace {

StreamId dossier(std::uint8_t number) {
  StreamId id{StreamKind::kDossier, {}};
  id.uuid.bytes[15] = number;
  return id;
}

// A failure is one line that says something.
template <typename T>
bool read_well(const Outcome<T>& outcome) {
  if (!outcome) {
    must(!outcome.error().line.empty(), "a failure says something");
    must(outcome.error().line.find('\n') == std::string::npos, "a failure is one line");
  }
  return outcome.has_value();
}

std::string as_cell(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

// What a row says, as it is kept: written as a row of ours and read again it says the same.
void write_again(const PersonRow& row, const KeyDirectory& keys) {
  PersonData kept;
  std::string header = "stream";
  const auto key = keys.find_key(row.dossier);
  must(good(key) && key->has_value(), "a row is of a dossier that is known");
  std::string line = "dossier/" + **key;
  for (const auto& [field, text] : row.change.fields) {
    must(good(set_person_field(kept, field, text)), "a field of a good row is good");
    const std::string is = person_field_text(kept, field);
    must(!is.empty(), "an empty cell changes nothing");
    header += ";" + std::string(person_field_name(field));
    line += ";" + as_cell(is);
  }
  if (row.change.same_as) {
    header += ";zelfde_persoon";
    line += ";dossier/" + **keys.find_key(*row.change.same_as);
  }
  FileInMemory file(header + "\r\n" + line);
  auto input = InputFile::open(file.path());
  must(input.has_value(), "open");
  BadRows bad("again");
  PersonRows rows(*input, keys, bad);
  const auto again = rows.next();
  must(read_well(again) && again->has_value() && bad.count() == 0, "a row of ours is good");
  must((*again)->dossier == row.dossier, "of the same dossier");
  must((*again)->change.same_as == row.change.same_as, "with the same person");
  PersonData said;
  for (const auto& [field, text] : (*again)->change.fields) {
    must(good(set_person_field(said, field, text)), "a field that was written is good");
  }
  must(said == kept, "with the same data");
  const auto end = rows.next();
  must(read_well(end) && !*end, "and no other");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static KeyTable keys;
  static const Status assigned = keys.assign(std::vector<KeyEntry>{
      {dossier(1), "K17"}, {dossier(2), "K18"}, {dossier(3), "9"}, {dossier(4), "a.b-c_d"}});
  must(assigned.has_value(), "assign");
  FileInMemory file(text_of(data, size));
  auto input = InputFile::open(file.path());
  must(input.has_value(), "open");
  BadRows bad("personen.csv");
  PersonRows rows(*input, keys, bad);
  std::vector<StreamId> seen;
  for (;;) {
    const auto row = rows.next();
    must(read_well(row), "a file in memory can be read");
    if (!*row) break;
    must(std::ranges::find(seen, (*row)->dossier) == seen.end(), "a dossier stands once");
    seen.push_back((*row)->dossier);
    must((*row)->line > 1, "behind the header");
    write_again(**row, keys);
  }
  const auto end = rows.next();
  must(read_well(end) && !*end, "the end stays the end");
  must(seen.size() <= keys.size(), "no more than there are");
  return 0;
}
