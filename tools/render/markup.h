// Text inside HTML, SVG and CSS.
#pragma once

#include <string>
#include <string_view>

namespace trede::render {

// As content, or as an attribute between double quotes.
std::string escaped(std::string_view text);
// As a string of CSS inside a style element, quotes and all.
std::string css_string(std::string_view text);

}  // namespace trede::render
