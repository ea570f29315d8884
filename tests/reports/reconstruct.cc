// Writes the event history behind the printed reports, as a file for `trede import --as-recorded`.
#include <exception>
#include <fstream>
#include <iostream>
#include <string>

#include "tests/reports/reconstruction.h"

namespace {

using trede::reports::Upto;

int write(const char* file, Upto upto) {
  std::ofstream out(file, std::ios::binary);
  trede::reports::reconstruct(trede::reports::Reports::load(), upto, out, std::cerr);
  out.close();
  if (out) return 0;
  std::cerr << "cannot write " << file << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string upto = argc == 3 ? argv[2] : "q1-2021";
  if (argc < 2 || argc > 3 || (upto != "q1-2021" && upto != "8m-2024")) {
    std::cerr << "usage: reconstruct OUT.csv [q1-2021|8m-2024]   up to the end of that report\n";
    return 2;
  }
  try {
    return write(argv[1], upto == "q1-2021" ? Upto::kQ1_2021 : Upto::k8m_2024);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 1;
}
