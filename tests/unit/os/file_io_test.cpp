#include "pulsebench/os/file_io.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::os;
namespace fs = std::filesystem;

namespace {

mode_t mode_of(const fs::path& file) {
  struct stat status {};
  REQUIRE(::lstat(file.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

std::size_t entries_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("a file is replaced with its mode, through the links that lead to it") {
  const FakeTree tree;
  tree.put("reports/1.json", "old");
  fs::permissions(tree.top() / "reports/1.json", fs::perms{0600});
  fs::create_symlink("reports/1.json", tree.top() / "latest");
  fs::create_symlink("latest", tree.top() / "link to the link");
  REQUIRE(write_whole(tree.top() / "link to the link", "new"));
  CHECK(fs::is_symlink(tree.top() / "link to the link"));
  CHECK(fs::is_symlink(tree.top() / "latest"));
  CHECK(read_file(tree.top() / "reports/1.json").value() == "new");
  CHECK(mode_of(tree.top() / "reports/1.json") == 0600);
  CHECK(entries_in(tree.top() / "reports") == 1);
}

TEST_CASE("a link to a file that is not there yet makes that file") {
  const FakeTree tree;
  fs::create_symlink("new folder/1.json", tree.top() / "latest");
  REQUIRE(write_whole(tree.top() / "latest", "new"));
  CHECK(read_file(tree.top() / "new folder/1.json").value() == "new");
  CHECK(fs::is_symlink(tree.top() / "latest"));
}

TEST_CASE("links in a circle are an error") {
  const FakeTree tree;
  fs::create_symlink("a", tree.top() / "b");
  fs::create_symlink("b", tree.top() / "a");
  CHECK(write_whole(tree.top() / "a", "x").error().code == ErrorCode::io);
  CHECK(fs::is_symlink(tree.top() / "a"));
}

TEST_CASE("a device is written to, by its name, by a link and as an open file") {
  const FakeTree tree;
  fs::create_symlink("/dev/null", tree.top() / "null");
  CHECK(write_whole("/dev/null", "x"));
  CHECK(write_whole(tree.top() / "null", "x"));
  CHECK(fs::is_character_file("/dev/null"));
  const auto full = write_whole("/dev/full", "x");
  REQUIRE_FALSE(full);
  CHECK(full.error().message == "cannot write /dev/full: no space left on device");
}

TEST_CASE("an open file is written at its place, and its name still leads to it") {
  const FakeTree tree;
  tree.put("log", "before\n");
  const Descriptor log{::open((tree.top() / "log").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
  for (const char* folder : {"/dev/fd/", "/proc/self/fd/"}) {
    REQUIRE(write_whole(folder + std::to_string(log.number()), "report\n"));
  }
  CHECK(read_file(tree.top() / "log").value() == "before\nreport\nreport\n");
}

TEST_CASE("a name as long as a name may be is written") {
  const FakeTree tree;
  const fs::path file = tree.top() / std::string(255, 'x');
  CHECK(write_whole(file, "x"));
  CHECK(write_whole(file, "y"));
  CHECK(read_file(file).value() == "y");
}

TEST_CASE("a file that is too large is refused before it is read") {
  const FakeTree tree;
  tree.put("sparse", "");
  fs::resize_file(tree.top() / "sparse", std::uintmax_t{10} << 30U);  // more than memory may hold
  const auto read = read_file(tree.top() / "sparse");
  REQUIRE_FALSE(read);
  CHECK(read.error().message.find("file too large") != std::string::npos);
}
