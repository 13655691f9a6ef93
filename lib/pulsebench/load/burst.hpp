#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/load/histogram.hpp"
#include "pulsebench/load/http_client.hpp"
#include "pulsebench/load/profile.hpp"

namespace pulsebench::load {

/// A short time of load on one server.
struct BurstPlan {
  Loop loop = Loop::closed;
  std::chrono::nanoseconds length{0};
  double rate = 0.0;       ///< requests a second of an open loop
  std::uint64_t seed = 0;  ///< of the arrivals of an open loop
  std::chrono::nanoseconds patience{std::chrono::seconds{5}};  ///< with answers after `length`
};

/// What a burst measured. A request that has no answer when the patience is over is an error, and
/// counts with the time that it waited.
struct Burst {
  std::uint64_t requests = 0;
  std::uint64_t errors = 0;  ///< of the requests
  std::string error = {};    ///< the first one
  double seconds = 0.0;      ///< from the start to the last answer
  /// Time per request in ns of each slice of 2 ms but the first, of a closed loop. Their quiet
  /// quarter spreads less than the whole burst.
  std::vector<double> slices_ns = {};
  /// Of a closed loop, from the time of sending; of an open loop, from the time at which the
  /// request was due, whenever it was sent.
  Histogram latencies;
  /// Requests of an open loop that this client noticed more than 1 ms after they were due. It was
  /// too slow then, and the server must not be blamed.
  std::uint64_t late = 0;
  /// Requests of an open loop that waited more than 1 ms for a connection, since each had a request
  /// without an answer. This time is the server's, and counts.
  std::uint64_t queued = 0;
  std::uint64_t reconnections = 0;

  /// Time per request in ns, whole burst; 0 if there was none.
  [[nodiscard]] double request_ns() const {
    return requests == 0 ? 0.0 : seconds * 1e9 / static_cast<double>(requests);
  }
};

/// Sends load to the server of `client`, whose requests all have their answer before and after.
/// Precondition: `plan.rate` > 0 in an open loop.
[[nodiscard]] Burst take_burst(HttpClient& client, const BurstPlan& plan);

}  // namespace pulsebench::load
