// The Dutch words and numbers that every format of a report shares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/render/render.h"

namespace trede::render {

// What something is called, and what it says.
struct Labelled {
  std::string label;
  std::string text;
};

// `-1234.5` as `-1.234,5`. Requires: digits with at most one point and sign.
std::string dutch_number(std::string text);
// A hyphen before a number as the sign that is read as `min`.
std::string with_minus_sign(std::string number);
// A cell as one reads it: dutch_cell, with the sign that is read as `min`.
std::string read_cell(const ReportCell& cell);
// `31-12-2020`
std::string dutch_day(Day day);
// `gunstig`, `ongunstig`; empty without a judgement.
std::string_view oordeel_code(Oordeel oordeel);
// What a reader is told beside the cell: nothing where its own words say so already.
std::string_view oordeel_word(const ReportCell& cell);
// As it stands at an axis: `aantal`, `%`, `x € 1.000`.
std::string_view unit_word(CellUnit unit);

// `Concept`, or `Vastgesteld op 12-04-2021 (positie 17700)`.
std::string status_text(const Report& report);
// That counts of 1 to 4 were left out; empty when they were not.
std::string suppression_text(const Report& report);
// Where the report comes from, a line each; what is not known has no line.
std::vector<Labelled> provenance_lines(const Report& report, const Provenance& provenance);
// What was said about a row, in its order; the words without a heading have an empty label.
std::vector<Labelled> toelichting_lines(const Toelichting& toelichting);
// The lines of a text, without those that are empty.
std::vector<std::string> paragraphs_of(std::string_view text);

// The nearest number of double precision.
double approximate(const Rational& number);

}  // namespace trede::render
