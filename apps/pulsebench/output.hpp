#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "option_group.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// `--format`, `--explain` and, where a report may go to files, `--output` and `--export`.
class Output {
 public:
  void declare(CLI::App& app, bool to_file = true);

  /// Writes the report to where it was asked for. The verdict alone goes to stdout where files
  /// were exported and the report went to a file, too.
  [[nodiscard]] Result<void> show(const render::Page& page, const Console& console) const;

 private:
  struct Export {
    const render::Format* format;
    std::string file;
  };
  [[nodiscard]] static Result<Export> parse_export(const std::string& text);
  [[nodiscard]] Result<void> write(const render::Page& page, const Export& to,
                                   const Console& console) const;

  Export report_{&render::formats().front(), ""};  ///< a file that is empty or "-": stdout
  std::vector<Export> exports_;
  bool explain_ = false;
};

}  // namespace pulsebench::app
