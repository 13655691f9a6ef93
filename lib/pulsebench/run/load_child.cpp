#include "pulsebench/run/load_child.hpp"

#include <string>
#include <utility>

#include "pulsebench/run/receive_event.hpp"
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
  return receive_event(process_, lines_, load::decode_event);
}

}  // namespace pulsebench::run
