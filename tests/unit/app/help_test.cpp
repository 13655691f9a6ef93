#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "command_line.hpp"

using namespace pulsebench;
using namespace pulsebench::app;

namespace {

std::string answer(const std::string& line) {
  const Parsed result = parsed(line);
  INFO("pulsebench " << line);
  REQUIRE(result);
  REQUIRE(std::holds_alternative<Answer>(*result));
  return std::get<Answer>(*result).text;
}

}  // namespace

TEST_CASE("every command has a help with its usage and examples, at most 80 columns wide") {
  for (const CommandRow& row : commands()) {
    const std::string name = row.name;
    const std::string help = answer(name + " --help");
    CAPTURE(name);
    CHECK(answer("help " + name) == help);
    CHECK(answer(name + " -h") == help);
    CHECK(help.find("Usage: pulsebench " + name) != std::string::npos);
    CHECK(help.find("Examples:\n") != std::string::npos);
    std::istringstream lines{help};
    for (std::string line; std::getline(lines, line);) {
      CHECK_MESSAGE(line.size() <= 80, line);
      CHECK_MESSAGE((line.empty() || line.back() != ' '), line);
    }
  }
}

TEST_CASE("the help of pulsebench itself lists its commands and exit codes") {
  const std::string help = answer("--help");
  CHECK(answer("help") == help);
  for (const CommandRow& row : commands()) {
    const std::string name = row.name;
    if (name.find(' ') == std::string::npos) CHECK(help.find("\n  " + name) != std::string::npos);
  }
  CHECK(help.find("130, 143") != std::string::npos);
}

TEST_CASE("the version is one line") {
  const std::string version = answer("--version");
  CHECK(version.find("pulsebench ") == 0);
  CHECK(version.find('\n') == version.size() - 1);
  CHECK(answer("-V") == version);
}

TEST_CASE("run --help looks as it should") {
  const std::string file = std::string{GOLDEN} + "/run_help.txt";
  const std::string help = answer("run --help");
  // After a change of the help: run once with this variable, and read the difference.
  if (std::getenv("PULSEBENCH_UPDATE_GOLDEN") != nullptr) std::ofstream{file} << help;
  std::ifstream in{file};
  CHECK(help == std::string{std::istreambuf_iterator<char>{in}, {}});
}
