#include "noop_hooks.hpp"

namespace {

class NoopHooks final : public pulse::PreemptionHooks {
 public:
  void before_poll(const pulse::PollContext&) noexcept override {}
  pulse::Decision after_poll(const pulse::PollContext&, pulse::PollResult) noexcept override {
    return pulse::Decision::proceed;
  }
};

}  // namespace

std::shared_ptr<pulse::PreemptionHooks> make_noop_hooks() { return std::make_shared<NoopHooks>(); }
