#include "pulsebench/os/temporary_folder.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include <doctest/doctest.h>

using namespace pulsebench;
using pulsebench::os::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("a temporary folder is its owner's alone, and goes with all it holds") {
  fs::path path;
  {
    const auto folder = TemporaryFolder::make();
    REQUIRE(folder.has_value());
    path = folder->path();
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0700U);
    fs::create_directories(path / "deep" / "down");
    std::ofstream{path / "deep" / "file"} << "x";
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a moved temporary folder is removed once, by its last owner") {
  auto folder = TemporaryFolder::make();
  REQUIRE(folder.has_value());
  std::optional<TemporaryFolder> owner{std::move(*folder)};
  CHECK(fs::exists(owner->path()));
  const fs::path path = owner->path();
  owner.reset();
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("temporary folders are made where TMPDIR says, and a missing one is named") {
  const auto parent = TemporaryFolder::make();
  REQUIRE(parent.has_value());
  REQUIRE(::setenv("TMPDIR", parent->path().c_str(), 1) == 0);
  CHECK(TemporaryFolder::make()->path().parent_path() == parent->path());
  REQUIRE(::setenv("TMPDIR", "/no/such/folder", 1) == 0);
  const auto none = TemporaryFolder::make();
  ::unsetenv("TMPDIR");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().message.find("'/no/such/folder'") != std::string::npos);
}
