#include "pulsebench/session/source_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
using namespace pulsebench::session;

namespace fs = std::filesystem;

TEST_CASE("a source file is found in the repository, wherever the compiler saw it") {
  const os::TemporaryFolder temporary = os::TemporaryFolder::make().value();
  const fs::path& repository = temporary.path();
  fs::create_directories(repository / ".git");
  fs::create_directories(repository / "project" / "suites");
  std::ofstream{repository / "project" / "suites" / "a.cpp"} << "\n";
  const SourceFiles sources{repository / "project"};
  const auto found = [&](const std::string& file) {
    const auto line = sources.find(SourceLine{file, 12});
    return line ? line->file + ":" + std::to_string(line->line) : std::string{};
  };
  const std::string expected = "project/suites/a.cpp:12";
  CHECK(found((repository / "project/suites/a.cpp").string()) == expected);
  CHECK(found("/tmp/copy of it/project/suites/a.cpp") == expected);
  CHECK(found("../../project/suites/a.cpp") == expected);
  CHECK(found("./project/x/../suites/a.cpp") == expected);
  CHECK(found("suites/b.cpp").empty());
  CHECK(found("project/suites").empty());
  CHECK(found("..").empty());
  CHECK(found("/").empty());
  CHECK(!sources.find(std::nullopt));
}
