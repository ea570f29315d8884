#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "tools/render/words.h"
#include "tools/render/xlsx/formulas.h"
#include "tools/render/xlsx/looks.h"
#include "tools/render/xlsx/numbers.h"

namespace trede::render {

namespace {

namespace fs = std::filesystem;

constexpr double kTitleWidth = 40;   // characters
constexpr double kNumberWidth = 15;  // characters
constexpr double kNarrowWidth = 9;   // characters, of many columns
constexpr std::size_t kMany = 10;    // columns
constexpr double kWordsWidth = 80;   // characters
constexpr double kLineHeight = 15;   // points

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

// In the header or footer of a sheet `&` begins an instruction.
std::string footer_text(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&&" : std::string(1, c);
  return out;
}

lxw_datetime datetime_of(Day day) {
  const std::chrono::year_month_day date{day};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          0,
          0,
          0};
}

class Book {
 public:
  Book(const fs::path& file, const Report& report)
      : book_(workbook_new(file.c_str())), looks_(book_), places_(report), report_(report) {
    std::string title = report.title;
    lxw_doc_properties properties{};
    properties.title = title.data();
    // Not the time of printing: the same report is the same file.
    properties.created = std::chrono::seconds(report.period.tm.time_since_epoch()).count();
    workbook_set_properties(book_, &properties);
  }

  void write(const Provenance& provenance) {
    std::size_t table = 0;
    for (std::size_t s = 0; s < report_.sections.size(); ++s) {
      begin_sheet(places_.sheets()[s]);
      add(report_.sections[s], s, table);
    }
    std::vector<std::string> taken = places_.sheets();
    if (!report_.begrippen.empty()) {
      begin_sheet(taken.emplace_back(sheet_name("Begrippen", taken)));
      add_begrippen();
    }
    begin_sheet(sheet_name("Herkomst", taken));
    add_provenance(provenance);
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

  void begin_sheet(const std::string& name) {
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    row_ = 0;
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, kPaperA4);
    worksheet_fit_to_pages(sheet_, 1, 0);
    constexpr std::size_t kFooterTitle = 100;  // bytes: a footer holds 255, its instructions too
    std::string title = report_.title.substr(0, kFooterTitle);
    while (title.size() < report_.title.size() && !title.empty() &&
           (static_cast<unsigned char>(report_.title[title.size()]) & 0xC0U) == 0x80U) {
      title.pop_back();
    }
    worksheet_set_footer(sheet_, ("&L" + footer_text(title) + "&RPagina &P van &N").c_str());
  }

  void words(std::size_t column, const std::string& text, const Look& look) {
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), text.c_str(),
                           looks_.get(look));
  }

  // Lines that words take in so many characters, about: they are broken between words.
  static int lines_of(const std::string& text, double width) {
    constexpr double kFilled = 0.85;
    return 1 + static_cast<int>(static_cast<double>(text.size()) / (width * kFilled));
  }

  // Programs leave rows of wrapped words one line high unless told.
  void set_lines(int lines) {
    if (lines > 1) worksheet_set_row(sheet_, row_, kLineHeight * lines, nullptr);
  }

  // Over so many columns besides the first, as high as it needs.
  void paragraph(const std::string& text, std::size_t columns) {
    set_lines(lines_of(text, kTitleWidth + number_width_ * static_cast<double>(columns)));
    lxw_format* const format = looks_.get({.wraps = true});
    if (columns == 0) {
      words(0, text, {.wraps = true});
    } else {
      worksheet_merge_range(sheet_, row_, 0, row_, static_cast<lxw_col_t>(columns), text.c_str(),
                            format);
    }
    ++row_;
  }

  // Tables are counted on from `table`.
  void add(const ReportSection& section, std::size_t sheet, std::size_t& table) {
    std::size_t columns = 0;
    for (const ReportTable& one : section.tables) columns = std::max(columns, one.columns.size());
    worksheet_set_column(sheet_, 0, 0, kTitleWidth, nullptr);
    number_width_ = columns > kMany ? kNarrowWidth : kNumberWidth;
    if (columns > 0) {
      worksheet_set_column(sheet_, 1, static_cast<lxw_col_t>(columns), number_width_, nullptr);
    }
    words(0, section.title, {.bold = true});
    row_ = 2;
    const std::vector<std::string> paragraphs = paragraphs_of(section.text);
    for (const std::string& text : paragraphs) paragraph(text, columns);
    freeze(section, table);
    for (const ReportTable& one : section.tables) {
      row_ = places_.first_row(table) - 2;
      add(one, {sheet, table++});
    }
  }

  // The titles of the columns stay in view when they hold for the whole sheet.
  void freeze(const ReportSection& section, std::size_t first_table) {
    const lxw_row_t rows = section.tables.size() == 1 ? places_.first_row(first_table) : 1;
    worksheet_freeze_panes(sheet_, rows, 1);
    worksheet_repeat_rows(sheet_, section.tables.size() == 1 ? rows - 1 : 0, rows - 1);
  }

  struct PlacedOn {
    std::size_t sheet;
    std::size_t table;
  };

  void add(const ReportTable& table, const PlacedOn& on) {
    words(0, table.title, {.bold = true});
    ++row_;
    words(0, table.heading, {.bold = true, .wraps = true, .line_below = true});
    int lines = 1;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      lines = std::max(lines, lines_of(table.columns[c].title, number_width_));
      words(c + 1, table.columns[c].title,
            {.bold = true, .right = true, .wraps = true, .line_below = true});
    }
    set_lines(lines);
    ++row_;
    for (const ReportRow& row : table.rows) {
      const bool total = row.style == LineStyle::kTotal;
      const bool bold = total || row.style == LineStyle::kHeading;
      words(0, row.title,
            {.bold = bold,
             .wraps = true,
             .line_above = total,
             .indent = row.style == LineStyle::kPart ? 2 : 0});
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const bool total_column = table.columns[c].style == LineStyle::kTotal;
        add(row.cells[c], {on.sheet, row_, static_cast<std::uint16_t>(c + 1)},
            {.bold = bold || total_column, .right = true, .line_above = total});
      }
      set_lines(lines_in(row));
      ++row_;
    }
    for (const std::string& line : lines_below(table)) paragraph(line, table.columns.size());
  }

  int lines_in(const ReportRow& row) const {
    int lines = lines_of(row.title, kTitleWidth);
    for (const ReportCell& cell : row.cells) {
      lines = std::max(lines, lines_of(cell.words, number_width_));
    }
    return lines;
  }

  void add(const ReportCell& cell, const SheetCell& at, Look look) {
    switch (cell.state) {
      case CellState::kNumber: {
        look.number = number_format(cell);
        look.right = false;  // numbers are, and a word before one must stay on the left
        lxw_format* const format = looks_.get(look);
        if (const auto formula = formula_of(cell, at, places_)) {
          worksheet_write_formula_num(sheet_, at.row, at.column, formula->text.c_str(), format,
                                      formula->value);
        } else {
          worksheet_write_number(sheet_, at.row, at.column, kept(written(cell), cell), format);
        }
        return;
      }
      case CellState::kDay: {
        look.number = kDayFormat;
        lxw_datetime day = datetime_of(cell.day);
        worksheet_write_datetime(sheet_, at.row, at.column, &day, looks_.get(look));
        return;
      }
      case CellState::kLeeg:
        if (look.line_above) worksheet_write_blank(sheet_, at.row, at.column, looks_.get(look));
        return;
      case CellState::kText:
        look.right = false;
        look.wraps = true;
        look.indent = 1;
        return words(at.column, cell.words, look);
      case CellState::kNvt:
      case CellState::kGeenGegevens:
      case CellState::kOnderdrukt:
        look.shrinks = true;  // in a narrow column
        return words(at.column, dutch_cell(cell), look);
    }
  }

  void add_begrippen() {
    worksheet_set_column(sheet_, 0, 0, kTitleWidth, nullptr);
    worksheet_set_column(sheet_, 1, 1, kWordsWidth, nullptr);
    worksheet_set_column(sheet_, 2, 3, kTitleWidth / 2, nullptr);
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, 0, 0);
    std::size_t column = 0;
    for (const char* title : {"Begrip", "Betekenis", "Eenheid", "Naam in het systeem"}) {
      words(column++, title, {.bold = true, .line_below = true});
    }
    for (const Begrip& begrip : report_.begrippen) {
      ++row_;
      set_lines(lines_of(begrip.definition, kWordsWidth));
      column = 0;
      for (const std::string& text : {begrip.title, begrip.definition, begrip.unit, begrip.name}) {
        words(column++, text, {.wraps = true});
      }
    }
  }

  void add_provenance(const Provenance& provenance) {
    worksheet_set_column(sheet_, 0, 0, kTitleWidth, nullptr);
    worksheet_set_column(sheet_, 1, 1, kWordsWidth, nullptr);
    for (const Labelled& line : provenance_lines(report_, provenance)) {
      if (line.label == "Periode") {  // two days that one can calculate with
        add_day("Periode van", report_.period.van);
        add_day("Periode tot en met", report_.period.tm);
        continue;
      }
      words(0, line.label, {.bold = true});
      const bool number = line.text.find_first_not_of("0123456789") == std::string::npos;
      if (number && line.text.size() <= 15) {
        worksheet_write_number(sheet_, row_, 1, std::strtod(line.text.c_str(), nullptr),
                               looks_.get({.number = "0", .left = true}));
      } else {
        words(1, line.text, {.wraps = true});
      }
      ++row_;
    }
  }

  void add_day(const std::string& label, Day day) {
    words(0, label, {.bold = true});
    lxw_datetime written_day = datetime_of(day);
    worksheet_write_datetime(sheet_, row_++, 1, &written_day,
                             looks_.get({.number = kDayFormat, .left = true}));
  }

  lxw_workbook* book_;
  Looks looks_;
  WorkbookPlaces places_;
  const Report& report_;
  lxw_worksheet* sheet_ = nullptr;
  double number_width_ = kNumberWidth;  // of the columns of this sheet
  lxw_row_t row_ = 0;
};

}  // namespace

Result<std::string> report_xlsx(const Report& report, const Provenance& provenance) {
  const Scratch scratch;
  if (scratch.path().empty()) return cannot_write("no folder can be made there");
  const fs::path file = scratch.path() / "report.xlsx";
  Book book(file, report);
  book.write(provenance);
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
