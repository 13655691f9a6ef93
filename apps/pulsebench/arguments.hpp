#pragma once

#include <span>
#include <string>
#include <variant>

#include "commands.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// Text that was asked for instead of a command: `--help`, `--version`.
struct Answer {
  std::string text;
};

/// A command whose options are read.
struct Invocation {
  Execute execute;
  std::optional<std::string> root;
  render::ColorChoice color = render::ColorChoice::automatic;
};

/// What the command line asks for. `bad_input`, with the likely word that was meant, where it asks
/// for nothing that is known.
[[nodiscard]] Result<std::variant<Invocation, Answer>> parse_arguments(int argc,
                                                                       const char* const* argv);

}  // namespace pulsebench::app
