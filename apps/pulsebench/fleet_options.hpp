#pragma once

#include <filesystem>
#include <string>

#include "option_group.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::app {

/// The folder that all machines of a fleet share.
class SpoolOption {
 public:
  void declare(CLI::App& app) {
    OptionGroup{app, kMachine}.text(
        "--spool DIR", text_,
        "a folder that all nodes share (default: .pulsebench/fleet in the project)");
  }

  /// Absolute; it need not be there.
  [[nodiscard]] std::filesystem::path folder(const session::Session& session) const;

  /// `command` with the option as it was given.
  [[nodiscard]] std::string with(const std::string& command) const;

 private:
  std::string text_;
};

}  // namespace pulsebench::app
