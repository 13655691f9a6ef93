#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "option_group.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// `--format`, `--output`, `--export` and `--explain`: where a page goes, and how.
class Output {
 public:
  void declare(CLI::App& app);

  /// Writes the report and each export; where the report is not on the terminal, the verdict line
  /// still is. A file is written whole or not at all. Tries all of them, and returns the first
  /// error.
  [[nodiscard]] Result<void> show(const render::Page& page, const Console& console) const;

 private:
  struct Export {
    const render::Format* format;
    std::string file;
  };
  [[nodiscard]] static Result<const render::Format*> parse_format(const std::string& name);
  [[nodiscard]] static Result<Export> parse_export(const std::string& text);

  const render::Format* format_ = &render::formats().front();
  std::string file_ = "-";
  std::vector<Export> exports_;
  bool explain_ = false;
};

}  // namespace pulsebench::app
