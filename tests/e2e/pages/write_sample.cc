// `write_sample FOLDER`: the sample report in every format, as FOLDER/proef.FORMAT, and random
// formulas as toeval.xlsx and toeval.csv.
#include <fstream>

#include "tests/e2e/pages/random_formulas.h"
#include "tests/e2e/pages/sample_report.h"
#include "tools/render/render.h"

int main(int argc, char** argv) {
  using namespace trede;
  if (argc != 2 || !check_time_zone()) return 2;
  const Report report = testing::sample_report();
  const render::Provenance provenance{"2024-09-06T09:00:00.000000Z"};
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream out(std::string(argv[1]) + "/" + name, std::ios::binary);
    out << bytes;
    return static_cast<bool>(out.flush());
  };
  const Report random = testing::random_formulas();
  const auto book = render::report_xlsx(report, provenance);
  const auto random_book = render::report_xlsx(random, provenance);
  if (!book || !random_book) return 1;
  const bool written =
      write("proef.xlsx", *book) && write("proef.csv", render::report_csv(report)) &&
      write("proef.html", render::report_html(report, provenance)) &&
      write("proef.json", render::report_json(report, provenance)) &&
      write("proef.txt", render::report_text(report, provenance)) &&
      write("toeval.xlsx", *random_book) && write("toeval.csv", render::report_csv(random));
  return written ? 0 : 1;
}
