#include <csignal>
#include <cstdio>
#include <exception>
#include <variant>

#include "ab_command.hpp"
#include "approve_command.hpp"
#include "arguments.hpp"
#include "baseline_command.hpp"
#include "compare_command.hpp"
#include "console.hpp"
#include "counters_command.hpp"
#include "doctor_command.hpp"
#include "exit_code.hpp"
#include "noise_command.hpp"
#include "run_command.hpp"
#include "tune_command.hpp"

namespace pulsebench::app {
namespace {

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overload(Fs...) -> Overload<Fs...>;

int carry_out(const Invocation& invocation) {
  const Console console{invocation.common.color};
  return std::visit(
      Overload{
          [&](const RunOptions& o) { return run_command(invocation, o, console); },
          [&](const CompareOptions& o) { return compare_command(invocation, o, console); },
          [&](const AbOptions& o) { return ab_command(invocation, o, console); },
          [&](const NoiseOptions& o) { return noise_command(invocation, o, console); },
          [&](const BaselineSaveOptions& o) { return baseline_save(invocation, o, console); },
          [&](const BaselineListOptions& o) { return baseline_list(invocation, o, console); },
          [&](const BaselineShowOptions& o) { return baseline_show(invocation, o, console); },
          [&](const BaselineApproveOptions& o) { return baseline_approve(invocation, o, console); },
          [&](const BaselineRemoveOptions& o) { return baseline_remove(invocation, o, console); },
          [&](const DoctorOptions& o) { return doctor_command(o, console); },
          [&](const TuneOptions& o) { return tune_command(o, console); },
          [&](const CountersOptions& o) { return counters_command(o, console); },
      },
      invocation.command);
}

int run(int argc, char** argv) {
  const auto parsed = parse_arguments(argc, argv);
  const Console console{render::ColorChoice::automatic};
  if (!parsed) return console.fail(parsed.error());
  if (const auto* answer = std::get_if<Answer>(&*parsed)) {
    const auto written = console.write(answer->text);
    return written ? kNothingGates : console.fail(written.error());
  }
  return carry_out(std::get<Invocation>(*parsed));
}

}  // namespace
}  // namespace pulsebench::app

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), said in words
  try {
    return pulsebench::app::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pulsebench: a bug of ours: %s; please report it with the command\n",
                 error.what());
  } catch (...) {
    std::fprintf(stderr, "pulsebench: a bug of ours; please report it with the command\n");
  }
  return pulsebench::kBug;
}
