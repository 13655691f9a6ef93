#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>

#include "context.hpp"

namespace pulsebench::app {

/// What a command does once its options are read. Returns the exit code.
using Execute = std::function<Result<int>(Context&)>;

/// One command. Another one is one file, `<name>_command.cpp`, and one row of the table.
struct CommandRow {
  const char* name;  ///< "run", "baseline save"
  const char* summary;
  /// Adds the options and the examples of its help. Returns nothing for a name that only begins
  /// those of other commands.
  Execute (*declare)(CLI::App&);
};

/// Every command, in the order of `--help`. A name stands behind the one that begins it.
[[nodiscard]] std::span<const CommandRow> commands();

/// Declares `Command`, which has `declare(CLI::App&)` and `execute(Context&)`.
template <class Command>
[[nodiscard]] Execute declared(CLI::App& app) {
  const auto command = std::make_shared<Command>();
  command->declare(app);
  return [command](Context& context) { return command->execute(context); };
}

}  // namespace pulsebench::app
