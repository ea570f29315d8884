// `write_sample FOLDER`: the sample report in every format, as FOLDER/proef.FORMAT.
#include <cstdio>
#include <fstream>

#include "tests/e2e/pages/sample_report.h"
#include "tools/render/render.h"

int main(int argc, char** argv) {
  using namespace trede;
  if (argc != 2 || !check_time_zone()) return 2;
  const Report report = testing::sample_report();
  const render::Provenance provenance{"2024-09-06T09:00:00.000000Z"};
  const auto write = [&](const std::string& format, const std::string& bytes) {
    std::ofstream out(std::string(argv[1]) + "/proef." + format, std::ios::binary);
    out << bytes;
    return static_cast<bool>(out.flush());
  };
  const auto book = render::report_xlsx(report, provenance);
  if (!book) {
    std::fprintf(stderr, "%s\n", book.error().message.c_str());
    return 1;
  }
  const bool written = write("xlsx", *book) && write("csv", render::report_csv(report)) &&
                       write("html", render::report_html(report, provenance)) &&
                       write("json", render::report_json(report, provenance)) &&
                       write("txt", render::report_text(report, provenance));
  return written ? 0 : 1;
}
