// The definition of a report.
#include "projections/reports/definition.h"

#include "tests/fuzz/target.h"

using namespace trede;
using namespace trede::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const DefinitionLibrary library;
  const auto flaws = library.find_flaws(text);
  for (const DefinitionFlaw& flaw : flaws) {
    must(!flaw.message.empty() && flaw.message.find('\n') == std::string::npos, "a flaw is a line");
    must(flaw.line >= 0, "on a line");
  }
  const auto parsed = library.parse("FILE", text);
  must(good(parsed) == flaws.empty(), "a definition is taken when it has no flaw");
  return 0;
}
