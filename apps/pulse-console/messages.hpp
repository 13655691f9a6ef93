#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// The program pulse-console: what a console of pulse sends, as tables in a terminal.
namespace pulsebench::console {

enum class State { waiting, ready, running, ended };
enum class Level { monitor, warn, yield, isolate };  // a tier of pulse

/// One task, as the program sent it. docs/console.md has the fields.
struct Task {
  std::uint64_t id = 0;
  State state = State::waiting;
  Level tier = Level::monitor;
  std::string where;
  std::uint64_t polls = 0;
  std::chrono::nanoseconds age{0}, busy{0}, queued{0}, longest{0}, current{0};
  std::uint64_t self_wakes = 0;
  std::vector<std::uint64_t> poll_times;
};

/// Resources of one type that were opened at one place.
struct Resource {
  std::string type, where;
  std::uint64_t opened = 0, closed = 0, waiting = 0;
};

/// Operations of one type that were begun at one place.
struct Operation {
  std::string type, where;
  std::uint64_t ended = 0, waiting = 0;
  std::chrono::nanoseconds total{0}, longest{0};
};

struct Hello {
  std::string program;
  std::uint64_t pid = 0;
};

struct Counts {
  std::uint64_t tasks = 0, polls = 0, violations = 0, promotions = 0, demotions = 0, yields = 0,
                isolations = 0;
};

struct Update {
  bool is_everything = false;
  std::chrono::nanoseconds watched{0};
  Counts counts;
  std::vector<Task> tasks;
  std::vector<std::uint64_t> ended;
  std::vector<Resource> resources;
  std::vector<Operation> operations;
};

using Message = std::variant<Hello, Update>;

/// Decodes one line of a console. `bad_input` names the field that is wrong.
[[nodiscard]] Result<Message> decode(std::string_view line);

/// Number of a task as it is shown: its slot, and after a point how many tasks the slot has had, if
/// it is not the first.
[[nodiscard]] std::string short_id(std::uint64_t id);

}  // namespace pulsebench::console

namespace pulsebench {

template <>
inline constexpr std::array<Named<console::State>, 4> kNames<console::State>{
    {{console::State::waiting, "waiting"},
     {console::State::ready, "ready"},
     {console::State::running, "running"},
     {console::State::ended, "ended"}}};

template <>
inline constexpr std::array<Named<console::Level>, 4> kNames<console::Level>{
    {{console::Level::monitor, "monitor"},
     {console::Level::warn, "warn"},
     {console::Level::yield, "yield"},
     {console::Level::isolate, "isolate"}}};

}  // namespace pulsebench
