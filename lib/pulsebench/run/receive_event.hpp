#pragma once

#include <utility>

#include "pulsebench/run/process.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/line_buffer.hpp"

namespace pulsebench::run {

/// The next event that the process writes: `decode` makes one of a line. Kills the process where it
/// cannot, or where a line gets too long. Fails as `Process::wait_for_bytes` does, and where the
/// process ends instead.
template <class Decode>
auto receive_event(Process& process, wire::LineBuffer& lines, Decode decode)
    -> tl::expected<typename decltype(decode(std::string{}))::value_type, ProcessFailure> {
  for (;;) {
    if (auto line = lines.next()) {
      auto event = decode(*line);
      if (!event) return tl::unexpected{process.kill_because(event.error().message)};
      return *std::move(event);
    }
    if (lines.flooded()) return tl::unexpected{process.kill_because("it wrote too much output")};
    if (!process.events_open()) return tl::unexpected{process.exit_failure()};
    PB_CHECK(process.wait_for_bytes());
    lines.append(process.take_events());
  }
}

}  // namespace pulsebench::run
