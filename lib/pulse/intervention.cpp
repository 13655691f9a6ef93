#include "pulse/intervention.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pulse {

void Intervention::warn(TaskId task, Tier from, Tier to) noexcept {
  warnings_.fetch_add(1, std::memory_order_relaxed);  // relaxed: an independent count
  std::array<char, 96> line;
  const int length =
      std::snprintf(line.data(), line.size(), "task %llu moved from tier %s to %s",
                    static_cast<unsigned long long>(task.value), name_of(from), name_of(to));
  const auto size = static_cast<std::size_t>(std::max(length, 0));
  sink_.write({line.data(), std::min(size, line.size() - 1)});
}

Decision Intervention::yield() noexcept {
  yields_.fetch_add(1, std::memory_order_relaxed);  // relaxed: as above
  return Decision::yield;
}

bool Intervention::isolate(pid_t thread) noexcept {
  if (isolation_ == nullptr) return false;
  const auto problem = isolation_->attach(thread);
  if (problem) sink_.write(*problem);
  return !problem;
}

bool Intervention::release(pid_t thread) noexcept {
  if (isolation_ == nullptr) return true;
  const auto problem = isolation_->release(thread);
  if (problem) sink_.write(*problem);
  return !problem;
}

void Intervention::on_tier_change(const PollContext& poll, TaskId id, Tier from, Tier to) noexcept {
  if (to < from) return monitor(poll);
  warn(id, from, to);
}

}  // namespace pulse
