#include "pulsebench/run/load_child.hpp"

#include <unistd.h>

#include <string>
#include <system_error>
#include <utility>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;

namespace {

/// Longer than any burst with its patience.
constexpr std::chrono::minutes kLongestAnswer{10};

tl::unexpected<ProcessFailure> unexpected_event(Process& process) {
  return tl::unexpected{process.kill_because("the load generator gave another answer than asked")};
}

}  // namespace

Result<fs::path> load_generator() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  const fs::path here = self.parent_path();
  for (const fs::path& folder : {here, here.parent_path() / "libexec/pulsebench"}) {
    fs::path program = folder / "pulsebench-load";
    if (!error && ::access(program.c_str(), X_OK) == 0) return program;
  }
  return fail(ErrorCode::not_found, "cannot find pulsebench-load beside " +
                                        printable(self.string()) +
                                        " or in ../libexec/pulsebench; install pulsebench again");
}

tl::expected<LoadChild, ProcessFailure> LoadChild::start(const fs::path& generator,
                                                         const std::vector<int>& cpus,
                                                         int interrupt) {
  ProcessSpec spec{.executable = generator,
                   .arguments = {std::string{wire::kWireFlag} + "3,4"},
                   .working_directory = {},
                   .layout = {},
                   .cpus = cpus,
                   .limit = kLongestAnswer,
                   .interrupt = interrupt};
  PB_TRY(auto process, Process::start(spec));
  LoadChild child{std::move(process)};
  PB_TRY(const auto event, child.receive());
  const auto* const ready = std::get_if<load::Ready>(&event);
  if (ready == nullptr) return unexpected_event(child.process_);
  if (ready->protocol != load::kLoadProtocol) {
    return tl::unexpected{child.process_.kill_because(
        "pulsebench-load is of another release; install both from the same one")};
  }
  return child;
}

tl::expected<void, ProcessFailure> LoadChild::open(const std::vector<load::Target>& targets) {
  PB_TRY(const auto event, ask(load::Open{targets}));
  if (const auto* refused = std::get_if<load::Refused>(&event)) return failed(refused->reason);
  if (!std::holds_alternative<load::Opened>(event)) return unexpected_event(process_);
  return {};
}

tl::expected<load::BurstTaken, ProcessFailure> LoadChild::burst(const load::TakeBurst& request) {
  PB_TRY(auto event, ask(request));
  if (const auto* refused = std::get_if<load::Refused>(&event)) return failed(refused->reason);
  auto* const taken = std::get_if<load::BurstTaken>(&event);
  if (taken == nullptr) return unexpected_event(process_);
  return std::move(*taken);
}

tl::expected<load::Event, ProcessFailure> LoadChild::ask(const load::Request& request) {
  process_.restart_limit();
  PB_CHECK(process_.send(load::encode(request) + "\n"));
  return receive();
}

tl::expected<load::Event, ProcessFailure> LoadChild::receive() {
  for (;;) {
    if (auto line = lines_.next()) {
      auto event = load::decode_event(*line);
      if (!event) return tl::unexpected{process_.kill_because(event.error().message)};
      return *std::move(event);
    }
    if (lines_.flooded()) return tl::unexpected{process_.kill_because("it wrote too much output")};
    if (!process_.events_open()) return tl::unexpected{process_.exit_failure()};
    PB_CHECK(process_.wait_for_bytes());
    lines_.append(process_.take_events());
  }
}

}  // namespace pulsebench::run
