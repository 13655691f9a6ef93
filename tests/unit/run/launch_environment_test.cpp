#include "pulsebench/run/spawn.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using pulsebench::run::launch_environment;

namespace {

using Strings = std::vector<std::string>;

/// Bytes that the kernel copies to the stack: environment, arguments, path of the executable.
std::size_t stack_bytes(const Strings& environment, const Strings& arguments,
                        const std::string& path) {
  std::size_t bytes = path.size() + 1;
  for (const auto& text : environment) bytes += text.size() + 1;
  for (const auto& text : arguments) bytes += text.size() + 1;
  return bytes;
}

bool has(const Strings& environment, const std::string& variable) {
  return std::count(environment.begin(), environment.end(), variable) == 1;
}

}  // namespace

TEST_CASE("path, arguments and shell do not move the stack; the padding moves it exactly") {
  const Strings bare{"PATH=/bin"};
  const Strings rich{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/home/someone", "EDITOR=vi"};
  const std::string near = "/a";
  const std::string far = "/a/much/longer/path/to/a/suite";
  const Strings few{near, "-w=3,4"};
  const Strings many{far, "-w=3,4"};
  const auto a = launch_environment(bare, {}, near, few, 0);
  const auto b = launch_environment(rich, {}, far, many, 0);
  const auto c = launch_environment(rich, {}, far, many, 160);
  CHECK(a.size() == b.size());
  CHECK(stack_bytes(a, few, near) == stack_bytes(b, many, far));
  CHECK(stack_bytes(c, many, far) == stack_bytes(b, many, far) + 160);
}

TEST_CASE("only variables that a program needs are passed on") {
  const auto environment = launch_environment(
      Strings{"PATH=/bin", "LD_LIBRARY_PATH=/opt/lib", "SECRET_TOKEN=1", "LC_ALL=de_DE"}, {}, "/a",
      {}, 0);
  CHECK(has(environment, "PATH=/bin"));
  CHECK(has(environment, "LD_LIBRARY_PATH=/opt/lib"));
  CHECK(has(environment, "LC_ALL=C.UTF-8"));
  CHECK_FALSE(has(environment, "SECRET_TOKEN=1"));
  CHECK_FALSE(has(environment, "LC_ALL=de_DE"));
}

TEST_CASE("a path longer than the usual padding takes the next multiple of it") {
  const auto environment =
      launch_environment(Strings{"PATH=" + std::string(10'000, 'p')}, {}, "/a", {}, 0);
  CHECK(stack_bytes(environment, {}, "/a") == 16'384);
}

TEST_CASE("variables of the project are added, win, and do not move the stack by their length") {
  const Strings inherited{"PATH=/bin", "HOME=/home/someone", "DATA=/ours"};
  const Strings few{"HOME=/tmp", "DATA=/theirs"};
  const Strings many{"A=1", "B=2", "C=3", "DATA=/a/much/longer/place"};
  const auto a = launch_environment(inherited, few, "/a", {}, 0);
  const auto b = launch_environment(inherited, many, "/a", {}, 0);
  CHECK(has(a, "HOME=/tmp"));
  CHECK(has(a, "DATA=/theirs"));
  CHECK_FALSE(has(a, "HOME=/home/someone"));
  CHECK(a.size() == b.size());
  CHECK(stack_bytes(a, {}, "/a") == stack_bytes(b, {}, "/a"));
}

TEST_CASE("a variable whose name begins as one that is passed on is not passed on") {
  CHECK(pulsebench::run::is_passed_on("PATH"));
  CHECK_FALSE(pulsebench::run::is_passed_on("PATHS"));
}
