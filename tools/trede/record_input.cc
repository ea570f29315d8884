#include "tools/trede/record_input.h"

#include <array>

#include "tools/trede/rows/input_file.h"

namespace trede::tool {

namespace {

Failure bad_json(const std::string& what) { return wrong_input("--json: " + what); }

Outcome<std::string> read_all(std::FILE* file, const std::string& name) {
  std::string out;
  std::array<char, 64 * 1024> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file)) {
    out.append(chunk.data(), got);
  }
  if (std::ferror(file) != 0) return bad_json(name + " cannot be read");
  return out;
}

Outcome<std::string> json_text(const std::string& given, Context& context) {
  const auto first = given.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (given[first] == '{' || given[first] == '[')) return given;
  if (given == "-") return read_all(context.in, "standard input");
  auto file = InputFile::open(given);
  if (!file) return bad_json(file.error().line + ", or JSON, or - for standard input");
  std::string out;
  while (true) {
    const auto got = file->read(out, 64 * 1024);
    if (!got) return Failure(got.error());
    if (*got == 0) return out;
  }
}

}  // namespace

Outcome<std::vector<NamedTexts>> read_json_events(const std::string& given, Context& context,
                                                  JsonOf of) {
  const auto text = json_text(given, context);
  if (!text) return text.error();
  return parse_json_events(*text, of);
}

}  // namespace trede::tool
