#include "pulsebench/os/run_process.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/exec.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/running.hpp"
#include "pulsebench/os/wait_readable.hpp"

namespace pulsebench::os {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kMostOutput = std::size_t{1} << 20U;
constexpr std::size_t kMostErrors = std::size_t{4} << 10U;
constexpr milliseconds kLongestWait{60'000};
constexpr milliseconds kPause{20};  // where no descriptor tells of the end

std::string text_of(milliseconds limit) {
  if (limit < std::chrono::seconds{1}) return fmt::format("{} ms", limit.count());
  if (limit < std::chrono::minutes{5}) return fmt::format("{} s", limit.count() / 1000);
  return fmt::format("{} minutes", limit.count() / 60'000);
}

/// One output of a program, read until it is closed.
struct Stream {
  Descriptor end;
  std::string text = {};

  /// Takes what there is to read.
  void drain() {
    std::array<char, 4096> piece{};
    const ssize_t got = read_piece(end, piece);
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
    if (got <= 0) end.reset();
  }
};

/// Reads until the program closed its outputs and ended.
Result<CommandOutput> attend(const Command& command, Running& running, Stream out, Stream err) {
  const auto deadline = Clock::now() + command.limit;
  const auto unfinished = [&](const std::string& fact) {
    return fail(ErrorCode::child_failed, fmt::format("{} {}", command.argv.front(), fact));
  };
  for (bool ended = false; !ended || out.end.open() || err.end.open();) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return unfinished("did not end within " + text_of(command.limit));
    std::array<Awaited, 4> awaited{{{out.end.number()},
                                    {err.end.number()},
                                    {command.interrupt},
                                    {ended ? -1 : running.gone()}}};
    const auto patience = std::min(left, running.gone() >= 0 ? kLongestWait : kPause);
    const bool is_ready = wait_readable(awaited, patience);
    ended = ended || running.has_ended();
    if (!is_ready) continue;
    if (awaited[2].is_ready) {
      return fail(ErrorCode::interrupted,
                  fmt::format("{} was ended by an interrupt", command.argv.front()));
    }
    if (awaited[0].is_ready) out.drain();
    if (awaited[1].is_ready) err.drain();
    if (out.text.size() > kMostOutput) return unfinished("wrote more than 1 MiB");
    if (err.text.size() > kMostErrors) err.text.resize(kMostErrors);
  }
  return CommandOutput{running.exit_code(), std::move(out.text), std::move(err.text)};
}

}  // namespace

Result<CommandOutput> run_process(const Command& command) {
  int error = 0;
  auto started = start_patiently([&] { return start_program(command, error); },
                                 [&](const Error&) { return is_shortage(error); });
  if (!started) return Failure{started.error()};
  return attend(command, *started, Stream{started->take_output()}, Stream{started->take_errors()});
}

}  // namespace pulsebench::os
