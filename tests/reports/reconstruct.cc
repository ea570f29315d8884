// Writes the event history behind the printed report of the first quarter of 2021, as a file for
// `trede import --as-recorded`.
#include <exception>
#include <fstream>
#include <iostream>

#include "tests/reports/reconstruction.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: reconstruct OUT.csv\n";
    return 2;
  }
  try {
    const auto figures = trede::reports::Figures::load(TREDE_FIGURES "/q1-2021.csv");
    std::ofstream out(argv[1], std::ios::binary);
    trede::reports::reconstruct(figures, out, std::cerr);
    out.close();
    if (out) return 0;
    std::cerr << "cannot write " << argv[1] << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 1;
}
