#include "pulsebench/run/suite.hpp"

#include <doctest/doctest.h>

#include "scripted_suite.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

constexpr std::chrono::milliseconds kLimit{10'000};

}  // namespace

TEST_CASE("executables of a folder are found by name; other files are not suites") {
  const ScriptedSuite suite{kHello};
  std::ofstream{suite.folder() / "readme.txt"} << "no program";
  const auto found = executables_in(suite.folder());
  REQUIRE(found.size() == 1);
  CHECK(found[0] == suite.executable());
  CHECK(executables_in("/nonexistent").empty());
}

TEST_CASE("a suite reports its name and its benchmarks") {
  const ScriptedSuite script{kHello + kListed};
  const auto suite = open_suite({script.executable()}, kLimit);
  REQUIRE(suite.has_value());
  CHECK(suite->name == "scripted");
  REQUIRE(suite->benchmarks.size() == 1);
  CHECK(suite->benchmarks[0].id.text() == "a");
}

TEST_CASE("the error for a program that is not a suite has its path and its exit") {
  const ScriptedSuite script{"exit 1"};
  const auto suite = open_suite({script.executable()}, kLimit);
  REQUIRE_FALSE(suite.has_value());
  CHECK(suite.error().code == ErrorCode::child_failed);
  CHECK(suite.error().message.find(script.executable().string()) != std::string::npos);
  CHECK(suite.error().message.find("exited with code 1") != std::string::npos);
}

TEST_CASE("two suites with the same benchmark id are refused") {
  const ScriptedSuite one{kHello + kListed};
  const ScriptedSuite two{kHello + kListed};
  const auto suites = open_suites({{one.executable()}, {two.executable()}}, kLimit);
  REQUIRE_FALSE(suites.has_value());
  CHECK(suites.error().code == ErrorCode::bad_input);
  CHECK(suites.error().message.find("both have a benchmark 'a'") != std::string::npos);
}
