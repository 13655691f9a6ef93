#include <doctest/doctest.h>

#include <string>

#include "pulsebench/baseline/store.hpp"

using pulsebench::baseline::check_name;

TEST_CASE("branches, versions and nights can name a baseline") {
  for (const char* name : {"main", "v0.1.0", "nightly/2026-01-01", "pr-123", "a", "A_b/c.d/e-f"}) {
    CAPTURE(name);
    CHECK(check_name(name).has_value());
  }
  CHECK(check_name(std::string(200, 'a')).has_value());
}

TEST_CASE("a name that leaves the folder, hides or looks like an option is refused") {
  for (const char* name : {"",     "..",      "../x",   "a/../b", "a/..",     "/etc/passwd", "a//b",
                           "a/",   ".hidden", "a/.b",   "-rf",    "a/-b",     "a b",         "a\\b",
                           "a\nb", "größe",   "x.json", "last",   "approved", "trend"}) {
    CAPTURE(name);
    const auto checked = check_name(name);
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().code == pulsebench::ErrorCode::bad_input);
    CHECK(checked.error().message.find('\n') == std::string::npos);
  }
  CHECK_FALSE(check_name(std::string(201, 'a')).has_value());
  CHECK_FALSE(check_name(std::string_view("a\0b", 3)).has_value());
}

TEST_CASE("the refusal says what is wrong with the name") {
  CHECK(check_name("../x").error().message ==
        "the baseline name '../x' has a part that begins with a dot; use something like main or "
        "nightly/2026-01-01");
}
