#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "pulsebench/render/formats.hpp"

namespace pulsebench::report::fixtures {

/// Holds `text` against `golden/<name>`, byte by byte. With PULSEBENCH_UPDATE_GOLDEN set the file
/// is written instead, and the test still fails, so that a change is looked at before it is kept.
inline void check_golden(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::path{PULSEBENCH_GOLDEN_FOLDER} / name;
  if (std::getenv("PULSEBENCH_UPDATE_GOLDEN") != nullptr) {
    std::ofstream{file, std::ios::binary} << text;
    FAIL_CHECK("wrote " << file.string() << "; look at it, then run again without the variable");
    return;
  }
  std::ifstream stream{file, std::ios::binary};
  REQUIRE_MESSAGE(stream.good(), "no golden file " << file.string());
  std::ostringstream expected;
  expected << stream.rdbuf();
  CHECK_MESSAGE(text == expected.str(), name << " differs; this was drawn:\n" << text);
}

/// The page as a terminal of `style` shows it.
inline std::string as_text(const render::Page& page, const render::Style& style = {},
                           bool explain = false) {
  return render::write(page, *render::find_format("text"), style, explain);
}

inline std::string as_text(const render::Page& page, int width, bool explain = false) {
  return as_text(page, render::Style{.width = width}, explain);
}

inline std::string as_markdown(const render::Page& page) {
  return render::write(page, *render::find_format("markdown"), {});
}

}  // namespace pulsebench::report::fixtures
