#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pulsebench::run {

/// Builds the environment of a suite's process: the few variables that a program needs (PATH, HOME,
/// TMPDIR, LD_LIBRARY_PATH, the sanitizers' options) from `inherited` ("NAME=value" each), and a
/// padding. The number of entries, and the total bytes of environment, arguments and `path`, do not
/// depend on path, arguments or shell: only `padding` moves the stack.
[[nodiscard]] std::vector<std::string> launch_environment(std::span<const std::string> inherited,
                                                          std::string_view path,
                                                          std::span<const std::string> arguments,
                                                          std::size_t padding);

}  // namespace pulsebench::run
