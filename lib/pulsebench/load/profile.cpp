#include "pulsebench/load/profile.hpp"

#include <algorithm>

namespace pulsebench::load {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kClosedBurst{20};  // short bursts and many blocks decide sooner than long
constexpr milliseconds kOpenBurst{100};   // enough requests for a percentile at half the rate
constexpr milliseconds kStair{500};
constexpr milliseconds kSmoke{2000};
/// An open loop needs a free connection for each request that waits for its answer.
constexpr int kOpenConnections = 64;

std::vector<Step> staircase(int from, int to, int by) {
  std::vector<Step> steps;
  for (int percent = from; percent <= to; percent += by) {
    steps.push_back({static_cast<double>(percent), kStair});
  }
  return steps;
}

Profile closed(std::string_view name, int connections) {
  return {name, Purpose::comparison, Loop::closed, connections, {{0.0, kClosedBurst}}};
}

std::vector<Profile> all() {
  return {
      {"smoke", Purpose::answers, Loop::closed, 1, {{0.0, kSmoke}}},
      closed("light", 10),
      closed("medium", 50),
      closed("heavy", 100),
      {"load", Purpose::comparison, Loop::open, kOpenConnections, {{50.0, kOpenBurst}}},
      {"stress", Purpose::limit, Loop::open, kOpenConnections, staircase(50, 150, 10)},
      {"spike",
       Purpose::recovery,
       Loop::open,
       kOpenConnections,
       {{20.0, milliseconds{1000}}, {200.0, milliseconds{1000}}, {20.0, milliseconds{2000}}}},
      {"soak", Purpose::ageing, Loop::closed, 10, {{0.0, kOpenBurst}}},
  };
}

}  // namespace

std::span<const Profile> profiles() {
  static const std::vector<Profile> kProfiles = all();
  return kProfiles;
}

std::optional<Profile> profile_named(std::string_view name) {
  const auto known = profiles();
  const auto found = std::ranges::find(known, name, &Profile::name);
  return found == known.end() ? std::nullopt : std::optional{*found};
}

}  // namespace pulsebench::load
