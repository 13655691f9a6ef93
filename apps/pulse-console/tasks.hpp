#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "messages.hpp"

namespace pulsebench::console {

/// One task at the time of the newest message.
struct Row {
  const Task* task = nullptr;
  State state = State::waiting;
  std::chrono::nanoseconds total{0};  ///< watched life
  std::chrono::nanoseconds busy{0}, queued{0}, idle{0};
  std::vector<std::string> warnings;  ///< what is wrong with it, in a few words each
};

/// Type and place.
using PlaceName = std::pair<std::string, std::string>;

/// What is known of a program, message by message. All times are those of the messages, so that a
/// recording shows what was seen.
class Tasks {
 public:
  /// An ended task is shown for so long.
  static constexpr std::chrono::seconds kKept{10};

  void apply(const Message& message);

  [[nodiscard]] const Hello& program() const { return program_; }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::chrono::nanoseconds watched() const { return watched_; }
  /// False until the first message with tasks.
  [[nodiscard]] bool has_tasks() const { return has_tasks_; }

  /// In no order. Valid until the next `apply`.
  [[nodiscard]] std::vector<Row> rows() const;
  [[nodiscard]] std::optional<Row> find(std::uint64_t id) const;

  [[nodiscard]] const std::map<PlaceName, Resource>& resources() const { return resources_; }
  [[nodiscard]] const std::map<PlaceName, Operation>& operations() const { return operations_; }

 private:
  struct Known {
    Task task;
    std::chrono::nanoseconds at{0};  ///< when it was sent
    std::optional<std::chrono::nanoseconds> isolated_at, ended_at;
  };

  void note(const Task& task);
  [[nodiscard]] Row row_of(const Known& known) const;
  [[nodiscard]] std::vector<std::string> warnings_of(const Known& known) const;

  Hello program_;
  Counts counts_;
  std::chrono::nanoseconds watched_{0};
  bool has_tasks_ = false;
  std::unordered_map<std::uint64_t, Known> known_;
  std::map<PlaceName, Resource> resources_;
  std::map<PlaceName, Operation> operations_;
};

}  // namespace pulsebench::console
