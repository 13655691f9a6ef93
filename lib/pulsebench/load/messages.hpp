#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pulsebench/load/burst.hpp"
#include "pulsebench/load/http_client.hpp"
#include "pulsebench/vocabulary/latency.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// What the orchestrator and the load generator say to each other: one JSON object a line, as with
/// a suite. The generator greets with `Ready`, then answers each request with one event.
namespace pulsebench::load {

inline constexpr int kLoadProtocol = 1;

inline constexpr std::size_t kMaxTargets = 2;  ///< the sides of a comparison
inline constexpr int kMaxConnections = 10'000;

/// Connect to these servers, and to no other any more. Answered by `Opened` or `Refused`.
struct Open {
  std::vector<Target> targets;  ///< one or two
};

/// Answered by `BurstTaken` or `Refused`.
struct TakeBurst {
  std::size_t target = 0;
  BurstPlan plan;
};

/// The generator exits with code 0.
struct Quit {};

using Request = std::variant<Open, TakeBurst, Quit>;

struct Ready {
  int protocol = kLoadProtocol;
};

struct Opened {};

/// A `Burst` with its figures. Times are in nanoseconds.
struct BurstTaken {
  std::uint64_t requests = 0, errors = 0;
  std::string error = {};
  double seconds = 0.0;
  std::vector<double> slices_ns = {};
  double mean_ns = 0.0, p50_ns = 0.0, p90_ns = 0.0, p99_ns = 0.0, p999_ns = 0.0, longest_ns = 0.0;
  std::uint64_t late = 0, queued = 0, reconnections = 0;
  Latencies latencies = {};  ///< to merge with those of other bursts

  [[nodiscard]] double request_ns() const {
    return requests == 0 ? 0.0 : seconds * 1e9 / static_cast<double>(requests);
  }
};

[[nodiscard]] BurstTaken summarize(const Burst& burst);

/// What was asked for was not done; the generator goes on.
struct Refused {
  std::string reason;
};

using Event = std::variant<Ready, Opened, BurstTaken, Refused>;

/// One line, without its newline.
[[nodiscard]] std::string encode(const Request& request);
[[nodiscard]] std::string encode(const Event& event);

/// `child_failed` with what is wrong where the line is no message, lacks a field, or has a value
/// that cannot be.
[[nodiscard]] Result<Request> decode_request(std::string_view line);
[[nodiscard]] Result<Event> decode_event(std::string_view line);

}  // namespace pulsebench::load
