// `update_lock FILE`: writes the stored schema to the lock file, if nothing of it was broken.
#include <cstdio>
#include <fstream>

#include "tests/unit/proto/descriptor_lock.h"

int main(int argc, char** argv) {
  using namespace trede::test;
  if (argc != 2) {
    std::fputs("usage: update_lock FILE\n", stderr);
    return 2;
  }
  const Lines schema = dump_stored_schema();
  const Lines broken = find_broken(read_lock(argv[1]), schema);
  for (const std::string& line : broken) {
    std::fprintf(stderr, "stored, but changed or removed: %s\n", line.c_str());
  }
  if (!broken.empty()) return 1;
  std::ofstream file(argv[1]);
  file
      << "# The stored schema, written by `tools/dev lock`. Lines are only ever added: what was\n"
         "# stored once keeps its number, type, name and meaning (README.md, How it may change).\n";
  for (const std::string& line : schema) file << line << '\n';
  file.close();
  return file ? 0 : 1;
}
