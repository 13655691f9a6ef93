#include "pulsebench/service/server.hpp"

#include <poll.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/service/ports.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::service {
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kStarts = 5;  // with other ports
constexpr milliseconds kBetweenQuestions{2};
constexpr milliseconds kLeastPatience{100};  // else the last question would have no answer
constexpr milliseconds kOneAnswer{1000};
constexpr std::size_t kLastLines = 3;
constexpr std::size_t kLastBytes = 300;
constexpr std::size_t kMostLog = std::size_t{16} << 20U;
/// strerror(EADDRINUSE), in which most servers and runtimes say it.
constexpr std::string_view kInUse = "ddress already in use";

Result<Names> names_in(const ServerSpec& spec) {
  Names names;
  for (const auto& text : spec.command) PB_CHECK(find_names(text, names));
  for (const auto& text : spec.environment) PB_CHECK(find_names(text, names));
  PB_CHECK(find_names(spec.ready.address, names));
  PB_CHECK(find_names(spec.ready.path, names));
  return names;
}

Result<Places> choose_places(const Names& names, const fs::path& folder) {
  Places places{.scratch = folder / "scratch", .ports = {}, .sockets = {}};
  std::error_code error;
  fs::create_directory(places.scratch, error);
  if (error) return os::io_failure("make", places.scratch, error.value());
  PB_TRY(const auto ports, free_ports(names.ports.size()));
  auto port = ports.begin();
  for (const auto& name : names.ports) places.ports[name] = *port++;
  for (const auto& name : names.sockets) {
    places.sockets[name] = (places.scratch / (name + ".sock")).string();
  }
  return places;
}

std::vector<std::string> fill_all(const std::vector<std::string>& texts, const Places& places) {
  std::vector<std::string> filled;
  for (const auto& text : texts) filled.push_back(fill(text, places));
  return filled;
}

/// The last lines of a log, in one printable line.
std::string last_lines(std::string_view log) {
  auto lines = split(log, '\n');
  std::erase_if(lines, [](const std::string& line) { return line.empty(); });
  if (lines.size() > kLastLines) lines.erase(lines.begin(), lines.end() - kLastLines);
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : " | ") + printable(line);
  return printable(text, kLastBytes);
}

bool is_readable(int descriptor) {
  pollfd polled{descriptor, POLLIN, 0};
  return descriptor >= 0 && ::poll(&polled, 1, 0) > 0;
}

}  // namespace

Result<Server> Server::start(const ServerSpec& spec) {
  PB_TRY(const Names names, names_in(spec));
  for (int left = kStarts;; --left) {
    auto server = start_once(spec, names);
    const bool may_pass =
        !server && !names.ports.empty() && server.error().message.find(kInUse) != std::string::npos;
    if (!may_pass || left == 1) return server;
  }
}

Result<Server> Server::start_once(const ServerSpec& spec, const Names& names) {
  PB_TRY(auto folder, os::TemporaryFolder::make());
  PB_TRY(auto places, choose_places(names, folder.path()));
  PB_TRY(auto process, os::Supervised::start({.argv = fill_all(spec.command, places),
                                              .environment = fill_all(spec.environment, places),
                                              .folder = spec.folder,
                                              .log = folder.path() / "log",
                                              .cpus = spec.cpus,
                                              .scratch = folder.path()}));
  Server server{spec, std::move(folder), std::move(places), std::move(process)};
  PB_CHECK(server.wait_until_ready());
  return server;
}

Result<void> Server::wait_until_ready() {
  PB_TRY(const auto there, address(spec_.ready.address));
  const std::string path = fill(spec_.ready.path, places_);
  const auto until = Clock::now() + spec_.ready_within;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    const auto patience = std::clamp(left, kLeastPatience, kOneAnswer);
    const auto ready = ask_whether_ready(spec_.ready.kind, there, path, patience);
    PB_CHECK(check());  // another server may have answered
    if (ready) return {};
    if (Clock::now() >= until) {
      return failure(fmt::format("it was not ready within {} ms: {}", spec_.ready_within.count(),
                                 ready.error().message));
    }
    if (!process_.wait(kBetweenQuestions, spec_.interrupt) && is_readable(spec_.interrupt)) {
      return fail(ErrorCode::interrupted, "the run was interrupted");
    }
  }
}

Result<os::LocalAddress> Server::address(std::string_view text) const {
  Names names;
  PB_CHECK(find_names(text, names));
  for (const auto& name : names.ports) {
    if (places_.ports.count(name) == 0) {
      return fail(ErrorCode::bad_input,
                  fmt::format("the command of the service has no {{port.{}}}", name));
    }
  }
  for (const auto& name : names.sockets) {
    if (places_.sockets.count(name) == 0) {
      return fail(ErrorCode::bad_input,
                  fmt::format("the command of the service has no {{socket.{}}}", name));
    }
  }
  return os::parse_local_address(fill(text, places_));
}

Usage Server::usage() const {
  Usage usage;
  for (const int process : processes()) {
    usage.cpu_ns += os::cpu_ns_of(process) + os::reaped_cpu_ns_of(process);
    usage.peak_memory += os::peak_memory_of(process);
  }
  return usage;
}

Result<void> Server::check() {
  if (!process_.wait(milliseconds{0})) return {};
  return failure(process_.how_it_ended());
}

Result<void> Server::stop() {
  process_.signal(spec_.stop_signal);
  const bool stopped = process_.wait(spec_.stop_within, spec_.interrupt);
  if (!stopped) {
    auto late = failure(fmt::format("it did not stop within {} ms", spec_.stop_within.count()));
    process_.end();
    return late;
  }
  process_.end();
  return {};
}

Failure Server::failure(const std::string& fact) const {
  const std::string log = os::read_file(this->log(), 0, kMostLog).value_or("");
  std::string message = fmt::format("server '{}': {}", printable(spec_.name), fact);
  const std::string lines = last_lines(log);
  if (!lines.empty()) message += "; last output: " + lines;
  if (!spec_.logs.empty()) {
    std::string name = spec_.name;
    std::ranges::replace(name, '/', '-');
    const fs::path kept = spec_.logs / (name + ".log");
    if (os::write_whole(kept, log)) message += "; log: " + printable(kept.string());
  }
  return fail(ErrorCode::child_failed, std::move(message));
}

}  // namespace pulsebench::service
