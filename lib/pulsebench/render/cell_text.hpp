#pragma once

#include <string>

#include "pulsebench/render/page.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/render/text.hpp"

namespace pulsebench::render {

/// The sign for it: "✓", in the set of `style`. Empty for `Mark::none`.
[[nodiscard]] std::string sign(Mark mark, const Style& style);
[[nodiscard]] Tone tone_of(Mark mark);

/// A cell as a reader sees it, without its mark. An interval shows both ends from `kWide` on. Pure.
[[nodiscard]] Text draw(const Cell& cell, const Style& style);

}  // namespace pulsebench::render
