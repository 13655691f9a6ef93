#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pulsebench/render/page.hpp"
#include "pulsebench/render/style.hpp"

namespace pulsebench::render {

/// One way to write a page down. Another one is one file, `<name>_format.cpp`, and one row of the
/// table in `formats.cpp`.
struct Format {
  std::string_view name;     ///< as `--format` and `--export` spell it
  std::string_view summary;  ///< for `--help`
  /// Of a page that has nothing left to hide. Ends in a newline. Pure.
  std::string (*write)(const Page& page, const Style& style);
  bool of_cases = false;   ///< only for pages that have `cases`
  bool of_stacks = false;  ///< only for pages that have it among their attachments
};

/// Every format, the terminal's first.
[[nodiscard]] std::span<const Format> formats();

/// Null where there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);

/// `page` in that format; `explain` shows its details too. Pure.
[[nodiscard]] std::string write(const Page& page, const Format& format, const Style& style,
                                bool explain = false);

/// The verdict alone, for a terminal whose report goes elsewhere: "regressed: 1 of 8 benchmarks is
/// slower beyond its threshold (exit 1)". Ends in a newline. Pure.
[[nodiscard]] std::string verdict_line(const Page& page, const Style& style);

}  // namespace pulsebench::render
