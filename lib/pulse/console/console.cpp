#include "pulse/console/console.hpp"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "pulse/console/server.hpp"
#include "pulse/console/socket.hpp"

namespace pulse {
namespace {

constexpr std::chrono::milliseconds kLeastPeriod{10};

}  // namespace

Console::Console(TierManager& tiers, const ConsoleOptions& options)
    : socket_(options.socket.empty() ? default_socket() : options.socket) {
  if (!tiers.keeps_statistics()) {
    problem_ = "the manager keeps no statistics; construct it with pulse::Statistics::kept";
    return;
  }
  if (options.period < kLeastPeriod) {
    problem_ = "the period of a console is 10 ms or more";
    return;
  }
  console::Pipe stop = console::Pipe::make();
  if (!stop.read_end) {
    problem_ = "no file descriptor is left for a console";
    return;
  }
  console::Listening tasks = console::listen_at(socket_);
  console::Listening metrics;
  if (options.metrics_port) metrics = console::listen_on_loopback(*options.metrics_port);
  if (!tasks.problem.empty() || !metrics.problem.empty()) {
    problem_ = tasks.problem.empty() ? metrics.problem : tasks.problem;
    if (tasks.problem.empty()) ::unlink(socket_.c_str());
    return;
  }
  metrics_port_ = metrics.port;
  server_ = std::make_unique<console::Server>(tiers, options, std::move(tasks.socket),
                                              std::move(metrics.socket), std::move(stop));
}

Console::~Console() {
  if (server_ == nullptr) return;
  ::unlink(socket_.c_str());
}

std::string Console::default_socket() {
  std::string folder = "/tmp";
  for (const char* name : {"XDG_RUNTIME_DIR", "TMPDIR"}) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): as any program
    if (value == nullptr || *value == '\0') continue;
    folder = value;
    break;
  }
  return folder + "/pulse-" + std::to_string(::getpid()) + ".sock";
}

}  // namespace pulse
