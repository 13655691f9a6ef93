#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::load {

/// What decides when a request is sent. A closed loop sends it when the answer to the last one has
/// arrived, so a slow server receives fewer requests and hides its stalls; it measures capacity. An
/// open loop sends by a schedule; it measures latency.
enum class Loop { closed, open };

}  // namespace pulsebench::load

namespace pulsebench {
template <>
inline constexpr std::array<Named<load::Loop>, 2> kNames<load::Loop>{
    {{load::Loop::closed, "closed"}, {load::Loop::open, "open"}}};
}  // namespace pulsebench

namespace pulsebench::load {

/// What a profile finds out.
enum class Purpose {
  answers,     ///< whether all answers are right
  comparison,  ///< metrics of both sides, by alternating bursts
  limit,       ///< the highest rate whose answers are in time
  recovery,    ///< errors in an overload, and the time until the latency is as before
  ageing,      ///< slopes of memory and latency over the requests
};

/// A part of a profile with one rate.
struct Step {
  double percent_of_capacity = 0.0;  ///< rate of an open loop; 0: closed loop
  std::chrono::milliseconds length{0};
};

/// A type of load test, as data.
struct Profile {
  std::string_view name;
  Purpose purpose = Purpose::comparison;
  Loop loop = Loop::closed;
  int connections = 1;
  std::vector<Step> steps;  ///< in this order; of a comparison and of `ageing`: one burst, repeated
};

/// smoke, light, medium, heavy, load, stress, spike and soak.
[[nodiscard]] std::span<const Profile> profiles();

/// Empty if there is no such profile.
[[nodiscard]] std::optional<Profile> profile_named(std::string_view name);

}  // namespace pulsebench::load
