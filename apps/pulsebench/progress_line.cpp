#include "progress_line.hpp"

#include <unistd.h>

#include <chrono>

namespace pulsebench::app {

ProgressLine::ProgressLine(const Console& console, std::string_view unit)
    : unit_(unit),
      progress_(console.error_style(), console.error_is_terminal(), std::chrono::steady_clock::now,
                [](std::string_view text) {
                  [[maybe_unused]] const ssize_t written =
                      ::write(STDERR_FILENO, text.data(), text.size());
                }) {}

void ProgressLine::operator()(const run::Progress& now) {
  progress_.update({.done = static_cast<int>(now.done),
                    .total = static_cast<int>(now.total),
                    .current = now.current,
                    .remaining = std::nullopt,
                    .unit = unit_});
}

}  // namespace pulsebench::app
