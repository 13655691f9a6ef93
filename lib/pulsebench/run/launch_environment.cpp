#include <algorithm>
#include <array>
#include <iterator>

#include "pulsebench/run/spawn.hpp"

namespace pulsebench::run {
namespace {

constexpr std::array<std::string_view, 10> kPassed{
    "PATH=",         "HOME=",         "TMPDIR=",       "LD_LIBRARY_PATH=", "LD_PRELOAD=",
    "ASAN_OPTIONS=", "LSAN_OPTIONS=", "TSAN_OPTIONS=", "UBSAN_OPTIONS=",   "LLVM_PROFILE_FILE="};
constexpr std::size_t kEntries = kPassed.size() + 2;  // plus the locale and the padding
constexpr std::size_t kAddedEntries = 8;  // room for added variables, where there are any
constexpr std::size_t kBytes = 8192;      // the strings are padded to a multiple of it
constexpr std::string_view kPadding = "PULSEBENCH_PADDING=";

/// "NAME=" of "NAME=value".
std::string_view name_in(std::string_view variable) {
  return variable.substr(0, variable.find('=') + 1);
}

bool passes(std::string_view variable) {
  return std::ranges::find(kPassed, name_in(variable)) != kPassed.end();
}

std::size_t bytes_of(std::span<const std::string> strings) {
  std::size_t bytes = 0;
  for (const std::string& text : strings) bytes += text.size() + 1;
  return bytes;
}

}  // namespace

bool is_passed_on(std::string_view name) { return passes(std::string{name} + "="); }

std::vector<std::string> launch_environment(std::span<const std::string> inherited,
                                            std::span<const std::string> added,
                                            std::string_view path,
                                            std::span<const std::string> arguments,
                                            std::size_t padding) {
  std::vector<std::string> environment{"LC_ALL=C.UTF-8"};
  std::copy_if(inherited.begin(), inherited.end(), std::back_inserter(environment), passes);
  for (const std::string& variable : added) {
    std::erase_if(environment,
                  [&](const std::string& had) { return name_in(had) == name_in(variable); });
    environment.push_back(variable);
  }
  const std::size_t room = (added.size() + kAddedEntries - 1) / kAddedEntries * kAddedEntries;
  while (environment.size() < kEntries + room - 1) {
    environment.push_back("PULSEBENCH_" + std::to_string(environment.size() + 10) + "=");
  }
  const std::size_t fixed =
      bytes_of(environment) + bytes_of(arguments) + path.size() + 1 + kPadding.size() + 1;
  const std::size_t filled = (fixed + kBytes - 1) / kBytes * kBytes;
  environment.push_back(std::string{kPadding} + std::string(filled - fixed + padding, 'x'));
  return environment;
}

}  // namespace pulsebench::run
