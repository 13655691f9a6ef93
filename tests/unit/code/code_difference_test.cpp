#include "pulsebench/code/code_difference.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "pulsebench/os/temporary_folder.hpp"

using namespace pulsebench;
using namespace pulsebench::code;

namespace {

std::string this_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace

TEST_CASE("a program does not differ from itself") {
  const auto difference = difference_of({this_program()}, {this_program()});
  REQUIRE_MESSAGE(difference, (difference ? "" : difference.error().message));
  CHECK(difference->sides[0].empty());
  CHECK(difference->sides[1].empty());
}

TEST_CASE("one other byte of a table is seen") {
  const auto folder = os::TemporaryFolder::make();
  REQUIRE(folder);
  const auto copy = folder->path() / "program";
  std::filesystem::copy_file(this_program(), copy);
  // The first number of this table, which is nowhere else in the program.
  constexpr char kTable[] = {'\x13', '\x37', '\x5a', '\x6b', '\x7c', '\x0d', '\x1e', '\x2f'};
  static volatile const char* volatile kept = kTable;
  REQUIRE(kept != nullptr);
  std::fstream file{copy, std::ios::binary | std::ios::in | std::ios::out};
  const std::string content{std::istreambuf_iterator<char>{file}, {}};
  const std::size_t at = content.find(std::string(kTable, sizeof kTable));
  REQUIRE(at != std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file.put('\x14');
  file.close();
  const auto difference = difference_of({this_program()}, {copy.string()});
  REQUIRE_MESSAGE(difference, (difference ? "" : difference.error().message));
  CHECK_FALSE(difference->sides[0].empty());
}

TEST_CASE("a file that is no program is named") {
  const auto folder = os::TemporaryFolder::make();
  REQUIRE(folder);
  const std::string text = (folder->path() / "text").string();
  std::ofstream{text} << "#!/bin/sh\n";
  const auto difference = difference_of({this_program()}, {text});
  REQUIRE_FALSE(difference);
  CHECK(difference.error().message.find(text) != std::string::npos);
}

TEST_CASE("a program that is cut off is no program") {
  const auto folder = os::TemporaryFolder::make();
  REQUIRE(folder);
  const auto copy = folder->path() / "program";
  std::filesystem::copy_file(this_program(), copy);
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
  CHECK_FALSE(difference_of({copy.string()}, {this_program()}));
}
