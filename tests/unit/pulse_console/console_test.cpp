#include "pulse/console/console.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pulse/console/socket.hpp"
#include "pulse_console/watched_tasks.hpp"

using namespace std::chrono_literals;
using pulse::Console;
using pulse::ConsoleOptions;
using pulse::console::Descriptor;
using pulsebench::json::Value;

namespace {

/// A folder for a socket.
struct Folder {
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pulse-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path path;
};

template <class Address>
Descriptor connected(int family, const Address& address) {
  Descriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto* const to = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(socket.get(), to, sizeof address) != 0) return {};
  return socket;
}

/// Reads messages from a console, and waits for them.
class Client {
 public:
  explicit Client(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    socket_ = connected(AF_UNIX, address);
  }

  [[nodiscard]] bool is_connected() const { return static_cast<bool>(socket_); }

  /// One line; nothing at the end of the connection.
  std::optional<std::string> next_line() {
    while (true) {
      if (const auto end = text_.find('\n'); end != std::string::npos) {
        const std::string line = text_.substr(0, end + 1);
        text_.erase(0, end + 1);
        return line;
      }
      std::array<char, 65536> bytes{};
      const auto size = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
      if (size <= 0) return std::nullopt;
      text_.append(bytes.data(), static_cast<std::size_t>(size));
    }
  }

  /// The message of the next line, which has to come.
  Value next() {
    const auto line = next_line();
    REQUIRE(line.has_value());
    return parsed(*line);
  }

 private:
  Descriptor socket_;
  std::string text_;
};

struct Bench {
  explicit Bench(ConsoleOptions given = {}) : options(std::move(given)) {
    options.socket = folder.path / "socket";
    options.period = 10ms;
    console.emplace(tasks.tiers, options);
    REQUIRE_FALSE(console->problem().has_value());
  }

  /// The server's thread ends the watch some time after a client has gone.
  void await_watch(bool is_watched) {
    while ((tasks.tiers.watch().since() != 0) != is_watched) std::this_thread::yield();
  }

  Folder folder;
  ConsoleOptions options;
  WatchedTasks tasks;
  std::optional<Console> console;
};

std::string get(std::uint16_t port, const std::string& request) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const Descriptor socket = connected(AF_INET, address);
  REQUIRE(socket);
  REQUIRE(::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 4096> bytes{};
  for (ssize_t size = 0; (size = ::recv(socket.get(), bytes.data(), bytes.size(), 0)) > 0;) {
    answer.append(bytes.data(), static_cast<std::size_t>(size));
  }
  return answer;
}

}  // namespace

TEST_CASE("a client gets hello, then everything, then changes") {
  Bench bench;
  const auto task = bench.tasks.begin();
  Client client(bench.options.socket);
  CHECK(client.next().contains("hello"));
  const Value everything = client.next()["everything"];
  REQUIRE(everything["tasks"].size() == 1);
  CHECK(everything["tasks"][0]["polls"] == 0);
  bench.tasks.poll(task);
  Value changes;
  do changes = client.next()["changes"];
  while (changes["tasks"].empty());
  CHECK(changes["tasks"][0]["polls"] == 1);
}

TEST_CASE("times are taken while a client is connected, and only then") {
  Bench bench;
  CHECK(bench.tasks.tiers.watch().since() == 0);
  {
    Client client(bench.options.socket);
    bench.await_watch(true);
    Client second(bench.options.socket);
    REQUIRE(second.next_line().has_value());
  }
  bench.await_watch(false);
  Client again(bench.options.socket);
  bench.await_watch(true);
}

TEST_CASE("a client that stops reading is disconnected, and delays no other") {
  ConsoleOptions options;
  options.patience = 1s;
  Bench bench(options);
  // More than the kernel keeps for a socket, so that the first message does not fit.
  std::vector<pulse::TaskHandle> tasks;
  for (int i = 0; i < 2'000; ++i) tasks.push_back(bench.tasks.begin());
  Client stalled(bench.options.socket);
  Client reader(bench.options.socket);
  // Each message to the reader is one that the other one missed.
  for (int i = 0; i < 120; ++i) REQUIRE(reader.next_line().has_value());
  // What was kept for it comes still, and then the end.
  std::size_t messages = 0;
  while (messages < 10 && stalled.next_line().has_value()) ++messages;
  CHECK(messages < 3);
}

TEST_CASE("the socket is for its owner alone, and is removed with the console") {
  Bench bench;
  struct stat status {};
  REQUIRE(::stat(bench.options.socket.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  Client client(bench.options.socket);
  REQUIRE(client.next_line().has_value());
  bench.console.reset();
  CHECK_FALSE(std::filesystem::exists(bench.options.socket));
  while (client.next_line().has_value()) continue;  // ends
  CHECK(bench.tasks.tiers.watch().since() == 0);
}

TEST_CASE("a socket in use is a problem, and one that a dead process left is replaced") {
  Bench bench;
  const Console second(bench.tasks.tiers, bench.options);
  REQUIRE(second.problem().has_value());
  CHECK(*second.problem() == "the socket is in use: " + bench.options.socket);
  ConsoleOptions other = bench.options;
  other.socket = bench.folder.path / "left";
  { const auto left = pulse::console::listen_at(other.socket); }
  REQUIRE(std::filesystem::exists(other.socket));
  const Console third(bench.tasks.tiers, other);
  CHECK_FALSE(third.problem().has_value());
  CHECK(Client(other.socket).is_connected());
}

TEST_CASE("a file that is no socket is left alone") {
  Bench bench;
  ConsoleOptions options = bench.options;
  options.socket = bench.folder.path / "folder";
  std::filesystem::create_directory(options.socket);
  CHECK(Console(bench.tasks.tiers, options).problem().has_value());
  CHECK(std::filesystem::exists(options.socket));
}

TEST_CASE("a manager without statistics, a long path and a short period are problems") {
  pulse::WorkerGroup group{1};
  pulse::TierManager bare{group};
  CHECK(Console(bare).problem().has_value());
  WatchedTasks tasks;
  ConsoleOptions options;
  options.socket = "/tmp/" + std::string(200, 'x');
  CHECK(Console(tasks.tiers, options).problem()->find("too long") != std::string::npos);
  options = {};
  options.period = 0ms;
  CHECK(Console(tasks.tiers, options).problem()->find("10 ms") != std::string::npos);
}

TEST_CASE("the default socket has the process in its name") {
  CHECK(Console::default_socket().ends_with("/pulse-" + std::to_string(::getpid()) + ".sock"));
}

TEST_CASE("metrics are served on the loopback port, to clients that send slowly too") {
  ConsoleOptions options;
  options.metrics_port = 0;
  Bench bench(options);
  REQUIRE(bench.console->metrics_port() != 0);
  const std::string answer = get(bench.console->metrics_port(), "GET /metrics HTTP/1.1\r\n\r\n");
  CHECK(answer.find("pulse_tasks 0\n") != std::string::npos);
  CHECK(bench.tasks.tiers.watch().since() == 0);
  CHECK(get(bench.console->metrics_port(), std::string(10'000, 'x')).empty());
}

TEST_CASE("clients come, go and die while workers poll and tasks end") {
  Bench bench;
  std::vector<std::thread> clients;
  std::atomic<int> running{4};
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, i] {
      for (int turn = 0; turn < 10; ++turn) {
        Client client(bench.options.socket);
        for (int messages = 0; messages < (i + turn) % 4; ++messages) {
          if (!client.next_line().has_value()) break;
        }
      }
      --running;
    });
  }
  std::size_t polls = 0;
  while (running.load() != 0) {
    const auto task = bench.tasks.begin();
    const bool has_more = ++polls % 2 == 0;
    bench.tasks.poll(task, has_more ? pulse::PollResult::again : pulse::PollResult::waiting);
    bench.tasks.end(task);
  }
  for (auto& client : clients) client.join();
  bench.await_watch(false);
  CHECK(bench.tasks.tiers.get_metrics().polls == polls);
}
