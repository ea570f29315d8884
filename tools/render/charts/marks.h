// What tells one series from another, also in black and white: dashes, signs and patterns.
#pragma once

#include <string>

#include "tools/render/charts/drawing.h"

namespace trede::render {

// The dashes of the line of series `index` and its colour, as attributes.
std::string stroke_of(std::size_t index);
// Its sign, around `at`.
void draw_sign(Drawing& drawing, std::size_t index, Point at);
// Its pattern, which svg() of that drawing then defines under an id that begins with `id`; the
// attribute that fills with it.
std::string define_fill(Drawing& drawing, std::size_t index, const std::string& id);

}  // namespace trede::render
