#pragma once

#include <string>
#include <variant>

#include "options.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// Text that was asked for instead of a command: `--help`, `--version`.
struct Answer {
  std::string text;
};

/// What the words on the command line ask for. `bad_input`, naming the word and the likely one
/// meant, where they ask for nothing we know.
[[nodiscard]] Result<std::variant<Invocation, Answer>> parse_arguments(int argc,
                                                                       const char* const* argv);

}  // namespace pulsebench::app
