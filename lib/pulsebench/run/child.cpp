#include "pulsebench/run/child.hpp"

#include "pulsebench/run/receive_event.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {

tl::expected<Child, ProcessFailure> Child::start(ProcessSpec spec) {
  spec.arguments.push_back(std::string{wire::kWireFlag} + "3,4");
  PB_TRY(auto process, Process::start(spec));
  return Child{std::move(process)};
}

tl::expected<void, ProcessFailure> Child::greet() {
  process_.restart_limit();
  PB_TRY(auto event, receive());
  const auto* hello = std::get_if<wire::Hello>(&event);
  if (hello == nullptr)
    return tl::unexpected{process_.kill_because("its first message is not 'hello'")};
  if (hello->protocol != wire::kProtocol) {
    return tl::unexpected{process_.kill_because(
        "it uses version " + std::to_string(hello->protocol) +
        " of the wire protocol, this pulsebench version " + std::to_string(wire::kProtocol) +
        "; build both from the same release")};
  }
  hello_ = *hello;
  return {};
}

tl::expected<wire::Event, ProcessFailure> Child::ask(const wire::Request& request) {
  process_.restart_limit();
  PB_CHECK(process_.send(wire::encode(request) + "\n"));
  return receive();
}

void Child::request_exit() {
  process_.move_off_measuring_cpu();
  if (!process_.send(wire::encode(wire::Request{wire::Quit{}}) + "\n")) return;
  process_.close_requests();
}

void Child::finish() {
  while (process_.events_open() && process_.wait_for_bytes()) {
  }
  [[maybe_unused]] const bool succeeded = process_.finish();  // the answer has already arrived
}

tl::expected<wire::Event, ProcessFailure> Child::receive() {
  return receive_event(process_, lines_, wire::decode_event);
}

}  // namespace pulsebench::run
