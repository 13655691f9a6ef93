#pragma once

#include <chrono>
#include <utility>

#include "pulse/asio/runtime.hpp"

/// The options of a runtime in which a task that uses more than 1 us of CPU time in a poll is soon
/// isolated.
inline pulse::asio::RuntimeOptions isolating(pulse::asio::RuntimeOptions options) {
  using namespace std::chrono_literals;
  options.timing = pulse::Timing::thread_cpu;
  options.config.cpu_budget = 1us;
  options.config.violations_to_promote = {1, 1, 1};
  options.config.hysteresis_up = 0ms;
  for (auto& policy : options.config.tiers) {
    policy.polls_between_evaluations = 1;
    policy.good_poll = 1us;
  }
  return options;
}
