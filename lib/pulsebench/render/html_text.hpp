#pragma once

#include <string>

#include "pulsebench/render/page.hpp"
#include "pulsebench/render/text.hpp"

namespace pulsebench::render {

/// The class of a tone, as `page.css` knows it; empty for a plain one.
[[nodiscard]] const char* css_class_of(Tone tone);

/// A text as HTML: its tones are classes, what is verbatim is code.
[[nodiscard]] std::string html_of(const Text& text);

/// A cell as HTML, without its mark.
[[nodiscard]] std::string html_of(const Cell& cell);

}  // namespace pulsebench::render
