#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "console.hpp"
#include "option_group.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/session/explanation.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// Whether a command's page can have benchmarks with results, or stacks, which some formats are
/// made of.
enum class Shows { no_results, results, stacks };

/// `--format`, `--output`, `--export` and `--explain`: where a page goes, and how.
class Output {
 public:
  /// Precondition: `default_format` is the name of a format.
  explicit Output(std::string_view default_format = "text");

  void declare(CLI::App& app, Shows shows = Shows::no_results);

  /// The same for a command that explains regressions: `--explain=N` sets how many.
  void declare(CLI::App& app, Shows shows, session::Explained& explained);

  /// Writes the report and each export; where the report is not on the terminal, the verdict line
  /// still is. A file is written whole or not at all. Tries all of them, and returns the first
  /// error. `bad_input` where a format is made of results and the page has none.
  [[nodiscard]] Result<void> show(const render::Page& page, const Console& console) const;

  /// The exports alone.
  [[nodiscard]] Result<void> show_exports(const render::Page& page, const Console& console) const;

  /// Returns true if the report is JSON, and nothing else goes to standard output.
  [[nodiscard]] bool is_json_on_stdout() const;

 private:
  struct Export {
    const render::Format* format;
    std::string file;
  };
  void declare_formats(CLI::App& app, Shows shows);
  [[nodiscard]] bool has_format(const render::Format& format) const;
  [[nodiscard]] std::vector<std::string> format_names() const;
  [[nodiscard]] Result<const render::Format*> parse_format(const std::string& name) const;
  [[nodiscard]] Result<Export> parse_export(const std::string& text) const;
  [[nodiscard]] Result<void> write(const render::Page& page, const Export& one,
                                   const Console& console) const;
  [[nodiscard]] bool exports_to_stdout() const;

  Shows shows_ = Shows::no_results;
  const render::Format* format_;
  std::string file_ = "-";
  std::vector<Export> exports_;
  bool explain_ = false;
};

}  // namespace pulsebench::app
