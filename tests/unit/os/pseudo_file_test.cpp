#include "pulsebench/os/pseudo_file.hpp"

#include <sys/stat.h>

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::os;

TEST_CASE("a file of /sys is read without the blanks at its end") {
  const FakeTree tree;
  tree.put("enabled", "always [madvise] never \n");
  CHECK(read_pseudo_file(tree.top() / "enabled").value() == "always [madvise] never");
}

TEST_CASE("a missing file says so in words that fit behind unknown") {
  const FakeTree tree;
  const auto content = read_pseudo_file(tree.top() / "nothing");
  REQUIRE_FALSE(content.has_value());
  CHECK(content.error().code == ErrorCode::not_found);
  CHECK(content.error().message == "no " + (tree.top() / "nothing").string());
}

TEST_CASE("a pipe in place of a file does not hang, and a folder is an error") {
  const FakeTree tree;
  REQUIRE(::mkfifo((tree.top() / "pipe").c_str(), 0600) == 0);
  CHECK(read_pseudo_file(tree.top() / "pipe").value_or("-").empty());
  CHECK_FALSE(read_pseudo_file(tree.top()).has_value());
}

TEST_CASE("a number is a number and nothing else") {
  const FakeTree tree;
  tree.put("number", "-42\n");
  tree.put("words", "42 cats\n");
  tree.put("empty", "");
  CHECK(read_number(tree.top() / "number") == -42);
  CHECK_FALSE(read_number(tree.top() / "words").has_value());
  CHECK_FALSE(read_number(tree.top() / "empty").has_value());
  CHECK_FALSE(read_number(tree.top() / "missing").has_value());
  CHECK(why_none(read_number(tree.top() / "missing").error(), "none") == "none");
  // A folder can be opened and not read (EISDIR): it is there.
  CHECK(why_none(read_number(tree.top()).error(), "none").find("cannot read ") == 0);
}

TEST_CASE("the chosen word of a choice file is the one in brackets") {
  CHECK(chosen("always [madvise] never") == "madvise");
  CHECK(chosen("[always] never") == "always");
  CHECK(chosen("performance") == "performance");
  CHECK(chosen("torn [mad") == "torn [mad");
}

TEST_CASE("a word is found between blanks and ends of lines, not inside of another word") {
  CHECK(has_word("cpuset cpu io\n", "io"));
  CHECK(has_word("performance\npowersave", "powersave"));
  CHECK_FALSE(has_word("cpuset io", "cpu"));
  CHECK_FALSE(has_word("", "cpu"));
}
