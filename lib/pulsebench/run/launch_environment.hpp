#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pulsebench::run {

/// The environment of a suite's process: the few variables that a program needs (PATH, HOME,
/// TMPDIR, LD_LIBRARY_PATH, the sanitizers' options) out of `inherited` ("NAME=value" each), and a
/// padding. The number of entries, and the bytes of environment, arguments and `path` together, are
/// the same for every path, every argument and every shell; only `padding` moves the stack.
[[nodiscard]] std::vector<std::string> launch_environment(std::span<const std::string> inherited,
                                                          std::string_view path,
                                                          std::span<const std::string> arguments,
                                                          std::size_t padding);

}  // namespace pulsebench::run
