#include "console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "exit_code.hpp"
#include "pulsebench/baseline/atomic_file.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::app {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : value;
}

int columns_of(int descriptor) {
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

report::Surroundings surroundings(report::ColorChoice color, int descriptor) {
  return {.choice = color,
          .no_color = !environment("NO_COLOR").empty(),
          .term = environment("TERM"),
          .is_terminal = isatty(descriptor) != 0,
          .columns = columns_of(descriptor)};
}

bool is_stdout(const std::string& file) { return file.empty() || file == "-"; }

}  // namespace

Console::Console(report::ColorChoice color)
    : color_(color),
      out_(report::style_for(surroundings(color, STDOUT_FILENO))),
      error_(report::style_for(surroundings(color, STDERR_FILENO))),
      error_is_terminal_(isatty(STDERR_FILENO) != 0) {}

void Console::note(const std::string& line) const { std::fprintf(stderr, "%s\n", line.c_str()); }

int Console::fail(const Error& error) const {
  const std::string name = report::painted("pulsebench", report::Tone::bad, error_);
  std::fprintf(stderr, "%s: %s\n", name.c_str(), error.message.c_str());
  return exit_code_of(error.code);
}

report::Style Console::style_for(const std::string& file) const {
  if (is_stdout(file)) return out_;
  return report::style_for({.choice = color_, .term = environment("TERM")});
}

Result<void> Console::write(const std::string& report, const std::string& file) const {
  if (!is_stdout(file)) return baseline::write_atomically(file, report);
  const bool written = std::fwrite(report.data(), 1, report.size(), stdout) == report.size();
  if (written && std::fflush(stdout) == 0) return {};
  return pulsebench::fail(ErrorCode::io,
                          std::string{"cannot write to standard output: "} + std::strerror(errno));
}

}  // namespace pulsebench::app
