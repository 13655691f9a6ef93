#include "console.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "terminal.hpp"

namespace pulsebench::app {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : value;
}

render::TerminalTraits terminal_traits(render::ColorChoice color, int descriptor) {
  return {.choice = color,
          .no_color = !variable("NO_COLOR").empty(),
          .term = variable("TERM"),
          .is_terminal = is_terminal(descriptor),
          .columns = columns_of(descriptor)};
}

/// A reader of stdout that has seen enough, such as head, is no failure: the verdict stands.
Result<void> write_stdout(const std::string& report) {
  const bool written = std::fwrite(report.data(), 1, report.size(), stdout) == report.size() &&
                       std::fflush(stdout) == 0;
  if (written) return {};
  if (errno == EPIPE) return {};
  return pulsebench::fail(ErrorCode::io,
                          std::string{"cannot write to standard output: "} + std::strerror(errno));
}

/// A line that is redrawn must not wrap, so it has the columns that there really are.
render::Style progress_style(render::Style style, int columns) {
  if (columns > 0) style.width = columns;
  return style;
}

void write_error(std::string_view text) {
  const auto bytes = static_cast<unsigned>(text.size());
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), bytes);
}

}  // namespace

Console::Console(render::ColorChoice color)
    : color_(color),
      out_(render::style_for(terminal_traits(color, STDOUT_FILENO))),
      error_(render::style_for(terminal_traits(color, STDERR_FILENO))),
      line_(std::make_unique<render::Progress>(progress_style(error_, columns_of(STDERR_FILENO)),
                                               is_terminal(STDERR_FILENO),
                                               std::chrono::steady_clock::now, write_error)) {}

void Console::progress(const run::Progress& now, std::string_view unit) const {
  line_->update({.done = static_cast<int>(now.done),
                 .total = static_cast<int>(now.total),
                 .current = now.current,
                 .remaining = std::nullopt,
                 .unit = unit,
                 .known = now.known,
                 .share = now.share});
}

void Console::note(const std::string& line) const {
  line_->clear();
  std::fprintf(stderr, "%s\n", line.c_str());
}

int Console::fail(const Error& error) const {
  line_->clear();
  const std::string name = render::painted("pulsebench", render::Tone::bad, error_);
  std::fprintf(stderr, "%s: %s\n", name.c_str(), error.message.c_str());
  return exit_code_of(error.code);
}

render::Style Console::style_for(const std::string& file) const {
  if (is_stdout(file)) return out_;
  return render::style_for({.choice = color_, .term = variable("TERM")});
}

Result<void> Console::write(const std::string& report, const std::string& file) const {
  line_->clear();
  return is_stdout(file) ? write_stdout(report) : os::write_whole(file, report);
}

}  // namespace pulsebench::app
