// Facts and deltas as text: a test compares one string.
#pragma once

#include <string>
#include <string_view>

#include "projections/cube/cube.h"
#include "projections/cube/dictionary.h"

namespace trede::test {

// `2021-01-18 trajecten Alkmaar participatiewet geen 3 onbekend: 1 18645`; a flow as
// `(before) -> (after) reden`, with `-` for nothing; a change takes two lines.
std::string fact_text(Table table, int day, const Cell& cell, const Weights& weights,
                      const Dictionary& dictionary);

// The facts of a dossier after `story` (see tests/unit/dossier/story.h), one per line, in order of
// event; only of tables whose name starts with `tables`.
std::string facts_of_story(std::string_view story, std::string_view tables = "");
// The same of a werkgever's or the organisation's stream.
std::string points_of_story(std::string_view story, std::string_view stream);

}  // namespace trede::test
