#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pulse/console/place_rows.hpp"
#include "pulse/task_snapshot.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse::console {

/// Writes the messages to clients, each a line of JSON.
class Sampler {
 public:
  /// `tiers` has to keep statistics.
  explicit Sampler(TierManager& tiers) : tiers_(tiers) {}

  /// Facts about this process.
  [[nodiscard]] static std::string hello(std::uint64_t period_ms);

  /// The tasks that have changed since the last call, all running ones, and those that have ended;
  /// resources and operations that have changed.
  [[nodiscard]] std::string changes();

  /// All that the last `changes` knew, so that a client that gets this and then the next
  /// changes misses none.
  [[nodiscard]] std::string everything() const;

  /// Forgets what was sent, for a new watch.
  void forget();

 private:
  /// What decides whether a slot's task has changed.
  struct Sent {
    std::uint64_t id = 0;  ///< 0: vacant
    std::uint64_t polls = 0;
    TaskState state = TaskState::waiting;
    Tier tier = Tier::monitor;
    friend bool operator==(const Sent&, const Sent&) = default;
  };

  /// Adds to the backlogs too.
  [[nodiscard]] static Sent glance(const TaskSlot& slot, Backlogs& backlogs);
  void begin(std::string& line, const char* kind) const;
  void append_task(std::string& line, const TaskSlot& slot, std::uint64_t id) const;
  void append_counts(std::string& line) const;
  void append_places(std::string& line, const Backlogs& backlogs);

  TierManager& tiers_;
  std::vector<Sent> sent_;  ///< by the number of the slot
  ResourceRows sent_resources_;
  OperationRows sent_operations_;
};

}  // namespace pulse::console
