#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

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

}  // namespace pulsebench::report::fixtures
