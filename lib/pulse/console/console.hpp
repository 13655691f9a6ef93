#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "pulse/metrics.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse {

namespace console {
class Server;
}

/// Settings of a console.
struct ConsoleOptions {
  /// Path of the Unix socket; empty: `default_socket()`.
  std::string socket;
  std::chrono::milliseconds period{250};     ///< from one message to the next, at least 10 ms
  std::chrono::milliseconds patience{5000};  ///< with a client that does not read
  /// Port on 127.0.0.1 that answers `GET /metrics` for Prometheus; 0: any free one.
  std::optional<std::uint16_t> metrics_port;
  const Metrics* metrics = nullptr;  ///< the program's own, shown to Prometheus too
};

/// Shows the tasks of a running program: `pulse-console` connects to its socket. docs/console.md
/// describes the messages.
///
/// One thread serves all clients, and sleeps while there are none. It never waits for a client: one
/// that does not read for a while is disconnected. Times of polls are taken only while a
/// client is connected, since that costs about 20 ns a poll.
class Console {
 public:
  /// `tiers` has to keep statistics, and with `options.metrics` has to outlive the console.
  explicit Console(TierManager& tiers, const ConsoleOptions& options = {});
  /// Disconnects the clients and removes the socket.
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Why nothing can connect, such as a path that is in use; nothing if all is well.
  [[nodiscard]] const std::optional<std::string>& problem() const noexcept { return problem_; }

  [[nodiscard]] const std::string& socket() const noexcept { return socket_; }

  /// Port for Prometheus; 0 if there is none.
  [[nodiscard]] std::uint16_t metrics_port() const noexcept { return metrics_port_; }

  /// "pulse-<pid>.sock" in $XDG_RUNTIME_DIR, else in $TMPDIR, else in /tmp.
  [[nodiscard]] static std::string default_socket();

 private:
  std::optional<std::string> problem_;
  std::string socket_;
  std::uint16_t metrics_port_ = 0;
  std::unique_ptr<console::Server> server_;  ///< null if there is a problem
};

}  // namespace pulse
