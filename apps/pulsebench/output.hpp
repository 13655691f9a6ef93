#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "console.hpp"
#include "option_group.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// A report in each of its formats; those that it does not have are empty.
struct Report {
  std::function<std::string(const render::Style&)> text;
  std::function<std::string()> json = {}, markdown = {};
};

/// `--format` and, where a report may go to a file, `--output`.
class Output {
 public:
  void declare(CLI::App& app, bool to_file = true);

  /// Writes the report. `bad_input` where it does not have the format.
  [[nodiscard]] Result<void> show(const Report& report, const Console& console) const;

 private:
  std::string format_ = "text";
  std::string file_;  ///< empty or "-": stdout
};

}  // namespace pulsebench::app
