#pragma once

#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::app {

/// What every command is given.
struct Context {
  std::vector<std::string> words;   ///< the command line
  std::optional<std::string> root;  ///< of `--root`
  session::Environment environment;
  Console console;
  bool restored = true;  ///< every setting of the machine that a command had changed

  /// The project's session. Its notices and progress go to the console. The context
  /// outlives it.
  [[nodiscard]] Result<session::Session> open_session();
};

/// The machine that is measured and tuned. The variable PULSEBENCH_MACHINE_ROOT names a folder that
/// stands for the one whose settings are tuned.
[[nodiscard]] session::Environment environment();

}  // namespace pulsebench::app
