#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/load/profile.hpp"
#include "pulsebench/run/load_child.hpp"
#include "pulsebench/run/process.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/service/server.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::run {

struct Workload;

/// A workload of load on a server: one profile of it. A launch is a burst on a server that is
/// ready.
struct LoadWorkload {
  service::ServerSpec server;  ///< without what the run and the options of the program say
  std::string address;         ///< of the requests, with the server's placeholders
  load::Target target;         ///< its address is not known yet
  load::Profile profile;
  int fresh_every_blocks = 8;               ///< so many launches have one server
  double requests = 0.0;                    ///< of a launch at least, where its time suffices
  std::optional<double> p99_limit_ns = {};  ///< of `Purpose::limit`
};

/// About how long a launch takes, with its part of the start of a server.
[[nodiscard]] double seconds_of(const LoadWorkload& load);

/// Fewest requests of a burst that has a p99: it then stands on five of them.
inline constexpr std::uint64_t kFewestForP99 = 500;

/// Servers and load generators of one workload at a time: the first launch of another one ends
/// them, as does the end of this object. Those that are to grow old stay until then. Each side may
/// have a `Workload` of its own, since each may be of another build.
class LoadDriver {
 public:
  /// Servers run on `server_cpus`, generators on those of this process.
  LoadDriver(std::vector<int> server_cpus, int interrupt)
      : server_cpus_(std::move(server_cpus)), interrupt_(interrupt) {}

  /// Finds how many requests a second the server answers at most: the operations of the batching,
  /// from which the rates of open loops follow. They are stored, so that runs to be compared have
  /// the same rates.
  [[nodiscard]] tl::expected<Batching, ProcessFailure> find_capacity(
      const std::shared_ptr<const Workload>& workload, const ProgramOptions& options);

  /// Takes the launch `number` of a side. It has every metric of the profile; `skipped` where the
  /// generator could not keep the schedule: such a result must not blame the server.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(
      const std::shared_ptr<const Workload>& workload, const ProgramOptions& options,
      std::size_t side, const Batching& batching, int number);

  /// The processes of the server that the next launch of a side sends its requests to. Starts it if
  /// it is due.
  [[nodiscard]] tl::expected<std::vector<int>, ProcessFailure> server_processes(
      const std::shared_ptr<const Workload>& workload, const ProgramOptions& options,
      std::size_t side) {
    const auto processes = [](const Side* on) { return on->server.processes(); };
    return side_of(workload, options, side).map(processes);
  }

 private:
  /// A server, and a generator with connections to it.
  struct Side {
    service::Server server;
    LoadChild generator;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    int visits = 0;
  };
  using Key = std::pair<std::shared_ptr<const Workload>, std::size_t>;  ///< and the side

  /// Ends all servers but those that are to grow old.
  void end_passing();
  [[nodiscard]] tl::expected<Side*, ProcessFailure> side_of(
      const std::shared_ptr<const Workload>& workload, const ProgramOptions& options,
      std::size_t side);
  [[nodiscard]] tl::expected<Side, ProcessFailure> start(const LoadWorkload& load,
                                                         const ProgramOptions& options);
  [[nodiscard]] tl::expected<load::BurstTaken, ProcessFailure> burst(Side& side,
                                                                     const load::BurstPlan& plan);
  [[nodiscard]] tl::expected<void, ProcessFailure> compare(const LoadWorkload& load, Side& side,
                                                           double capacity, std::uint64_t seed,
                                                           Visit& visit);
  [[nodiscard]] tl::expected<void, ProcessFailure> find_limit(const LoadWorkload& load, Side& side,
                                                              double capacity, std::uint64_t seed,
                                                              Visit& visit);
  [[nodiscard]] tl::expected<void, ProcessFailure> overload(const LoadWorkload& load, Side& side,
                                                            double capacity, std::uint64_t seed,
                                                            Visit& visit);

  std::vector<int> server_cpus_;
  int interrupt_;
  std::map<Key, Side> sides_;
};

}  // namespace pulsebench::run
