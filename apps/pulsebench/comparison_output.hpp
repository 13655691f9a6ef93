#pragma once

#include "output.hpp"
#include "pulsebench/report/comparison_page.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "verdict_stream.hpp"

namespace pulsebench::app {

/// How `compare` and `ab` show a comparison.
class ComparisonOutput {
 public:
  void declare(CLI::App& app, session::Explained& explained) {
    declare_rows(app);
    output_.declare(app, Shows::results, explained);
    stream_.declare(app);
  }

  /// The same of one that was measured before: nothing is explained or streamed.
  void declare_stored(CLI::App& app) {
    declare_rows(app);
    output_.declare(app, Shows::results);
  }

  /// To be called before anything is measured; see `VerdictStream`.
  [[nodiscard]] Result<void> begin(session::Session& session, const Console& console) {
    return stream_.begin(session, output_, console);
  }

  [[nodiscard]] Result<void> show(const compare::Comparison& comparison, int exit_code,
                                  const render::Next& next, const Console& console,
                                  std::optional<report::ComparedResults> results = {}) const {
    const auto rows = only_changed_ ? report::Rows::only_changed
                      : all_        ? report::Rows::all
                                    : report::Rows::folded;
    const auto page = report::comparison_page(
        comparison, {.rows = rows, .exit_code = exit_code, .next = next, .results = results});
    if (!stream_) return output_.show(page, console);
    PB_CHECK(stream_.finish(comparison, exit_code, console));
    return output_.show_exports(page, console);
  }

 private:
  void declare_rows(CLI::App& app) {
    OptionGroup shown{app, kOutput};
    shown.flag("--only-changed", only_changed_, "leave unchanged benchmarks out");
    shown.flag("--all", all_, "give each unchanged benchmark a line");
  }

  bool only_changed_ = false;
  bool all_ = false;
  Output output_;
  VerdictStream stream_;
};

}  // namespace pulsebench::app
