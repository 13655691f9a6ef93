#include "pulsebench/run/launch_environment.hpp"

#include <algorithm>
#include <array>

namespace pulsebench::run {
namespace {

constexpr std::array<std::string_view, 10> kPassed{
    "PATH=",         "HOME=",         "TMPDIR=",       "LD_LIBRARY_PATH=", "LD_PRELOAD=",
    "ASAN_OPTIONS=", "LSAN_OPTIONS=", "TSAN_OPTIONS=", "UBSAN_OPTIONS=",   "LLVM_PROFILE_FILE="};
constexpr std::size_t kEntries = kPassed.size() + 2;  // plus the locale and the padding
constexpr std::size_t kBytes = 8192;                  // the strings are padded to a multiple of it
constexpr std::string_view kPadding = "PULSEBENCH_PADDING=";

bool passes(std::string_view variable) {
  return std::any_of(kPassed.begin(), kPassed.end(), [&](std::string_view name) {
    return variable.substr(0, name.size()) == name;
  });
}

std::size_t bytes_of(std::span<const std::string> strings) {
  std::size_t bytes = 0;
  for (const std::string& text : strings) bytes += text.size() + 1;
  return bytes;
}

}  // namespace

std::vector<std::string> launch_environment(std::span<const std::string> inherited,
                                            std::string_view path,
                                            std::span<const std::string> arguments,
                                            std::size_t padding) {
  std::vector<std::string> environment{"LC_ALL=C.UTF-8"};
  std::copy_if(inherited.begin(), inherited.end(), std::back_inserter(environment), passes);
  while (environment.size() < kEntries - 1) {
    environment.push_back("PULSEBENCH_" + std::to_string(environment.size() + 10) + "=");
  }
  const std::size_t fixed =
      bytes_of(environment) + bytes_of(arguments) + path.size() + 1 + kPadding.size() + 1;
  const std::size_t filled = (fixed + kBytes - 1) / kBytes * kBytes;
  environment.push_back(std::string{kPadding} + std::string(filled - fixed + padding, 'x'));
  return environment;
}

}  // namespace pulsebench::run
