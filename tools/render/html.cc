// One page without scripts that needs no other file.
#include "tools/render/html_internal.h"
#include "tools/render/markup.h"
#include "tools/render/words.h"

namespace trede::render {

namespace {

std::string paragraphs(std::string_view text) {
  std::string out;
  for (const std::string& words : paragraphs_of(text)) out += "<p>" + escaped(words) + "</p>\n";
  return out;
}

// A moment as a day, where it is one.
std::string known_day(const Provenance& provenance) {
  const auto moment = parse_moment(provenance.bekend_op);
  return moment ? dutch_day(civil_day(*moment)) : provenance.bekend_op;
}

// A line is not broken inside a day.
std::string title_html(std::string_view title) {
  std::string out;
  while (!title.empty()) {
    const std::string_view word = title.substr(0, title.find(' '));
    const bool day = parse_dutch_day(word).has_value();
    out += (day ? "<span class=\"heel\">" : "") + escaped(word) + (day ? "</span>" : "");
    title.remove_prefix(word.size());
    for (; title.starts_with(' '); title.remove_prefix(1)) out += ' ';
  }
  return out;
}

std::string head(const Report& report) {
  const std::string foot = report.title + " – " + status_text(report) + " – positie " +
                           std::to_string(report.known.value);
  return "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>" +
         escaped(report.title) + "</title>\n<style>" + page_style(foot) + "</style>\n</head>\n";
}

std::string title_page(const Report& report, const Provenance& provenance) {
  const auto line = [](const std::string& label, const std::string& text) {
    return "<div><dt>" + label + "</dt><dd>" + escaped(text) + "</dd></div>\n";
  };
  std::string out =
      "<header>\n<p class=\"status" + std::string(report.vastgesteld ? " vastgesteld" : "") +
      "\">" + escaped(status_text(report)) + "</p>\n<h1>" + title_html(report.title) +
      "</h1>\n<dl class=\"kerngegevens\">\n" + line("Periode", dutch_period(report.period)) +
      line("Bekend op", known_day(provenance)) +
      line("Positie", std::to_string(report.known.value));
  if (!report.waar.empty()) out += line("Selectie", report.waar);
  out += "</dl>\n";
  if (report.suppressed) {
    out += "<p class=\"melding\">" + escaped(suppression_text(report)) + "</p>\n";
  }
  return out + "</header>\n";
}

std::string contents(const Report& report) {
  std::string out = "<nav aria-labelledby=\"inhoud\">\n<h2 id=\"inhoud\">Inhoud</h2>\n<ol>\n";
  std::size_t number = 0;
  for (const ReportSection& section : report.sections) {
    out += "<li><a href=\"#sectie-" + std::to_string(++number) + "\">" + escaped(section.title) +
           "</a></li>\n";
  }
  if (!report.begrippen.empty()) out += "<li><a href=\"#begrippen\">Begrippenlijst</a></li>\n";
  return out + "<li><a href=\"#herkomst\">Herkomst</a></li>\n</ol>\n</nav>\n";
}

std::string sections(const Report& report) {
  std::string out;
  std::size_t number = 0;
  std::size_t tables = 0;
  for (const ReportSection& section : report.sections) {
    const std::string id = "sectie-" + std::to_string(++number);
    out += "<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" +
           escaped(section.title) + "</h2>\n" + paragraphs(section.text);
    out += "<div class=\"tabellen\">\n";
    for (const ReportTable& table : section.tables) out += table_html(table, ++tables);
    out += "</div>\n</section>\n";
  }
  return out;
}

std::string begrippen(const Report& report) {
  if (report.begrippen.empty()) return "";
  std::string out =
      "<section aria-labelledby=\"begrippen\">\n<h2 id=\"begrippen\">Begrippenlijst</h2>\n"
      "<dl class=\"begrippen\">\n";
  for (const Begrip& begrip : report.begrippen) {
    out += "<div><dt>" + escaped(begrip.title) + "</dt><dd>" + escaped(begrip.definition);
    if (!begrip.unit.empty()) {
      out += " <span class=\"eenheid\">(" + escaped(begrip.unit) + ")</span>";
    }
    out += "</dd></div>\n";
  }
  return out + "</dl>\n</section>\n";
}

std::string herkomst(const Report& report, const Provenance& provenance) {
  std::string out =
      "<section aria-labelledby=\"herkomst\">\n<h2 id=\"herkomst\">Herkomst</h2>\n"
      "<dl class=\"herkomst\">\n";
  for (const Labelled& line : provenance_lines(report, provenance)) {
    out += "<div><dt>" + line.label + "</dt><dd>" + escaped(line.text) + "</dd></div>\n";
  }
  return out + "</dl>\n</section>\n";
}

}  // namespace

std::string report_html(const Report& report, const Provenance& provenance) {
  return head(report) + "<body>\n<a class=\"overslaan\" href=\"#rapport\">Naar het rapport</a>\n" +
         title_page(report, provenance) + contents(report) + "<main id=\"rapport\">\n" +
         sections(report) + begrippen(report) + herkomst(report, provenance) +
         "</main>\n</body>\n</html>\n";
}

}  // namespace trede::render
