#pragma once

#include <memory>
#include <string>

#include "pulse/hook_registry.hpp"
#include "pulse/tier_hooks.hpp"
#include "pulsebench/json/parse.hpp"

/// A manager with statistics, and one worker.
struct WatchedTasks {
  pulse::TaskHandle begin() { return tiers.register_task(worker); }
  void end(pulse::TaskHandle task) { tiers.complete(worker, task); }

  void poll(pulse::TaskHandle task, pulse::PollResult result = pulse::PollResult::waiting) {
    const pulse::PollContext context{task, worker.index()};
    registry.before_poll(context);
    static_cast<void>(registry.after_poll(context, result));
  }

  pulse::WorkerGroup group{1};
  pulse::Worker worker{group};
  pulse::TierManager tiers{group, {}, nullptr, {}, pulse::Statistics::kept};
  pulse::HookRegistry registry{group};
  pulse::TierConnection connection{registry, tiers, pulse::Timing::none};
};

/// The message of one line.
inline pulsebench::json::Value parsed(const std::string& line) {
  REQUIRE(!line.empty());
  REQUIRE(line.find('\n') == line.size() - 1);
  const auto document = pulsebench::json::parse(line, "message");
  REQUIRE(document.has_value());
  return *document;
}
