#include "tools/render/xlsx/looks.h"

#include "tools/render/words.h"

namespace trede::render {

namespace {

std::string literal(std::string text) {
  std::erase(text, '"');
  return "\"" + text + "\"";
}

}  // namespace

lxw_format* Looks::get(const Look& look) {
  lxw_format*& format = made_[look];
  if (format != nullptr) return format;
  format = workbook_add_format(book_);
  if (!look.number.empty()) format_set_num_format(format, look.number.c_str());
  if (look.bold) format_set_bold(format);
  if (look.left) format_set_align(format, LXW_ALIGN_LEFT);
  if (look.right) format_set_align(format, LXW_ALIGN_RIGHT);
  if (look.wraps) format_set_text_wrap(format);
  // The first line of every cell of a row beside each other; titles of columns on their line.
  format_set_align(format, look.line_below ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP);
  if (look.shrinks) format_set_shrink(format);
  if (look.line_above) format_set_top(format, LXW_BORDER_THIN);
  if (look.line_below) format_set_bottom(format, LXW_BORDER_THIN);
  if (look.indent > 0) format_set_indent(format, static_cast<std::uint8_t>(look.indent));
  return format;
}

std::string number_format(const ReportCell& cell) {
  std::string code = "#,##0";
  if (cell.decimals > 0) code += "." + std::string(static_cast<std::size_t>(cell.decimals), '0');
  if (cell.unit == CellUnit::kProcent) code += "%";
  if (!cell.parts.empty()) code += literal(" (" + cell.parts + ")");
  const std::string_view word = oordeel_word(cell);
  if (word.empty()) return code;
  // Of a format in one part Excel would put the sign before the word.
  const std::string before = literal("  " + std::string(word) + " ") + "* ";
  return before + code + ";" + before + "-" + code;
}

}  // namespace trede::render
