#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/os/local_address.hpp"
#include "pulsebench/os/supervised.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/service/placeholders.hpp"
#include "pulsebench/service/readiness.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::service {

/// A server of one side of a workload.
struct ServerSpec {
  std::string name = {};                      ///< in messages and of the log that is kept
  std::vector<std::string> command = {};      ///< with placeholders; there is no shell
  std::vector<std::string> environment = {};  ///< NAME=VALUE, with placeholders
  std::filesystem::path folder = {};          ///< where it runs; empty: where we do
  Readiness ready;
  std::chrono::milliseconds ready_within{5000};
  int stop_signal = SIGTERM;
  std::chrono::milliseconds stop_within{2000};
  std::vector<int> cpus = {};       ///< empty: ours
  std::filesystem::path logs = {};  ///< folder for the log of a failure; empty: it is not kept
  int interrupt = -1;               ///< becomes readable to end the waiting
};

/// What all processes of a server have used since their start.
struct Usage {
  std::uint64_t cpu_ns = 0;
  std::uint64_t peak_memory = 0;  ///< bytes; the sum of the peaks of the processes that live
};

/// A server that is ready. It ends with this object, with everything that it started, also when
/// this process is killed. Its scratch folder is removed then.
class Server {
 public:
  /// Starts the server with free ports and an own scratch folder, whose path has the same length
  /// for every server, and waits until it is ready. If it ends since an address is in use, it is
  /// tried with other ports. `child_failed` with how it ended and its last output; `interrupted`.
  [[nodiscard]] static Result<Server> start(const ServerSpec& spec);

  [[nodiscard]] const Places& places() const { return places_; }
  [[nodiscard]] int id() const { return process_.id(); }
  /// Its process, and all that come from it.
  [[nodiscard]] std::vector<int> processes() const { return process_.processes(); }

  /// An address with placeholders, such as "127.0.0.1:{port.http}".
  [[nodiscard]] Result<os::LocalAddress> address(std::string_view text) const;

  [[nodiscard]] Usage usage() const;

  /// `child_failed` with how it ended and its last output, if the server has ended.
  [[nodiscard]] Result<void> check();

  /// Sends the stop signal and waits. `child_failed` if it does not stop in time; it is killed
  /// then.
  [[nodiscard]] Result<void> stop();

 private:
  Server(const ServerSpec& spec, os::TemporaryFolder folder, Places places, os::Supervised process)
      : spec_(spec),
        folder_(std::move(folder)),
        places_(std::move(places)),
        process_(std::move(process)) {}
  [[nodiscard]] static Result<Server> start_once(const ServerSpec& spec, const Names& names);
  [[nodiscard]] Result<void> wait_until_ready();
  [[nodiscard]] Failure failure(const std::string& fact) const;
  [[nodiscard]] std::filesystem::path log() const { return folder_.path() / "log"; }

  ServerSpec spec_;
  os::TemporaryFolder folder_;
  Places places_;
  os::Supervised process_;
};

}  // namespace pulsebench::service
