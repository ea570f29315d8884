#include <xlsxwriter.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "tools/render/render.h"

namespace trede::render {

namespace {

namespace fs = std::filesystem;

constexpr double kTitleWidth = 38;   // characters
constexpr double kNumberWidth = 14;  // characters
constexpr std::size_t kSheetNameMax = 31;

// A folder that goes with the object: the library writes to a file only.
class Scratch {
 public:
  Scratch() {
    std::error_code failed;
    std::string pattern = (fs::temp_directory_path(failed) / "trede-xlsx-XXXXXX").string();
    if (!failed && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;  // empty when it could not be made
};

Error cannot_write(std::string_view why) {
  return {ErrorCode::kIo,
          "xlsx: cannot be made in the folder for temporary files: " + std::string(why)};
}

// A name that Excel takes, and that no sheet before it has.
std::string sheet_name(const std::string& title, lxw_workbook* book) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : title) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > kSheetNameMax - 3) break;  // room for a number
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  std::string free = name;
  for (int n = 2; workbook_get_worksheet_by_name(book, free.c_str()) != nullptr; ++n) {
    free = name + " " + std::to_string(n);
  }
  return free;
}

class Book {
 public:
  explicit Book(const fs::path& file)
      : book_(workbook_new(file.c_str())), bold_(workbook_add_format(book_)) {
    format_set_bold(bold_);
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_align(head_, LXW_ALIGN_RIGHT);
    format_set_bottom(head_, LXW_BORDER_THIN);
    word_ = workbook_add_format(book_);
    format_set_align(word_, LXW_ALIGN_RIGHT);
  }

  void describe(const Report& report) {
    std::string title = report.title;
    lxw_doc_properties properties{};
    properties.title = title.data();
    // Not the time of printing: the same report is the same file.
    properties.created = std::chrono::seconds(report.period.tm.time_since_epoch()).count();
    workbook_set_properties(book_, &properties);
  }

  void add(const ReportSection& section) {
    sheet_ = workbook_add_worksheet(book_, sheet_name(section.title, book_).c_str());
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, kPaperA4);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_column(sheet_, 0, 0, kTitleWidth, nullptr);
    worksheet_set_column(sheet_, 1, kLastColumn, kNumberWidth, nullptr);
    row_ = 0;
    text(0, section.title, bold_);
    row_ += 2;
    for (const ReportTable& table : section.tables) add(table);
  }

  void add_provenance(const Report& report, const Provenance& provenance) {
    sheet_ = workbook_add_worksheet(book_, sheet_name("Herkomst", book_).c_str());
    worksheet_set_column(sheet_, 0, 1, kTitleWidth, nullptr);
    row_ = 0;
    const std::array<std::pair<const char*, std::string>, 5> lines = {{
        {"Rapport", report.title},
        {"Periode", dutch_period(report.period)},
        {"Bekend op", provenance.bekend_op},
        {"Positie", std::to_string(report.known.value)},
        {"Definitie", report.name + " " + report.version},
    }};
    for (const auto& [what, is] : lines) {
      text(0, what, bold_);
      text(1, is, nullptr);
      ++row_;
    }
  }

  // The file is there when this is no error. To be called once, last.
  lxw_error close() { return workbook_close(std::exchange(book_, nullptr)); }

  ~Book() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

 private:
  static constexpr std::uint8_t kPaperA4 = 9;  // as Excel numbers them
  static constexpr lxw_col_t kLastColumn = 30;

  void text(std::size_t column, const std::string& words, lxw_format* format) {
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), words.c_str(), format);
  }

  void add(const ReportTable& table) {
    text(0, table.title, bold_);
    ++row_;
    text(0, table.heading, bold_);
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      text(i + 1, table.columns[i].title, head_);
    ++row_;
    for (const ReportRow& row : table.rows) {
      text(0, row.title, nullptr);
      for (std::size_t i = 0; i < row.cells.size(); ++i) add(i + 1, row.cells[i]);
      ++row_;
    }
    if (!table.note.empty()) {
      text(0, table.note, nullptr);
      ++row_;
    }
    ++row_;
  }

  // A number is the one that is printed, so that what is recalculated from it agrees with the
  // paper.
  void add(std::size_t column, const ReportCell& cell) {
    if (cell.state == CellState::kLeeg) return;
    if (cell.state != CellState::kNumber) return text(column, dutch_cell(cell), word_);
    const bool percentage = cell.unit == CellUnit::kProcent;
    const double number = std::strtod(cell.text().c_str(), nullptr);
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                           percentage ? number / 100 : number,
                           number_format(cell.decimals, percentage));
  }

  lxw_format* number_format(int decimals, bool percentage) {
    lxw_format*& format = number_formats_[{decimals, percentage}];
    if (format != nullptr) return format;
    std::string code = "#,##0";
    if (decimals > 0) code += "." + std::string(static_cast<std::size_t>(decimals), '0');
    if (percentage) code += "%";
    format = workbook_add_format(book_);
    format_set_num_format(format, code.c_str());
    return format;
  }

  lxw_workbook* book_;
  lxw_format* bold_;
  lxw_format* head_ = nullptr;
  lxw_format* word_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;
  std::map<std::pair<int, bool>, lxw_format*> number_formats_;
};

}  // namespace

Result<std::string> report_xlsx(const Report& report, const Provenance& provenance) {
  const Scratch scratch;
  if (scratch.path().empty()) return cannot_write("no folder can be made there");
  const fs::path file = scratch.path() / "report.xlsx";
  Book book(file);
  book.describe(report);
  for (const ReportSection& section : report.sections) book.add(section);
  book.add_provenance(report, provenance);
  if (const lxw_error failed = book.close(); failed != LXW_NO_ERROR) {
    return cannot_write(lxw_strerror(failed));
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in || !bytes) return cannot_write("it cannot be read back");
  return std::move(bytes).str();
}

}  // namespace trede::render
