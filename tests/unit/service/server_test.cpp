#include "pulsebench/service/server.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/proc_status.hpp"

using namespace pulsebench;
using namespace pulsebench::service;
using namespace std::chrono_literals;

namespace {

const std::string kProgram = PULSEBENCH_HTTP_SERVER;

ServerSpec http_server() {
  ServerSpec spec;
  spec.name = "orders";
  spec.command = {kProgram, "127.0.0.1:{port.http}"};
  spec.ready = parse_readiness("http://127.0.0.1:{port.http}/health").value();
  spec.ready_within = 20s;
  return spec;
}

ServerSpec shell(const std::string& script) {
  ServerSpec spec;
  spec.name = "shop/db";
  spec.command = {"sh", "-c", script};
  spec.ready = parse_readiness("unix:{socket.db}").value();
  spec.ready_within = 20s;
  return spec;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a server is started, ready, used and stopped") {
  auto server = Server::start(http_server());
  REQUIRE(server.has_value());
  const auto address = server->address("127.0.0.1:{port.http}");
  REQUIRE(address.has_value());
  CHECK(ask_whether_ready(Readiness::Kind::http, *address, "/health", 5s).has_value());
  CHECK(server->usage().cpu_ns > 0);
  CHECK(server->usage().peak_memory > 100'000);
  CHECK(server->check().has_value());
  const int process = server->id();
  const auto scratch = server->places().scratch;
  CHECK(server->stop().has_value());
  CHECK(os::state_of(process) == '\0');
  server = Server::start(http_server());
  CHECK_FALSE(std::filesystem::exists(scratch));
}

TEST_CASE("the scratch folders of two sides have paths of one length") {
  auto one = Server::start(http_server());
  auto other = Server::start(http_server());
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  CHECK(one->places().scratch != other->places().scratch);
  CHECK(one->places().scratch.string().size() == other->places().scratch.string().size());
  CHECK(one->places().ports.at("http") != other->places().ports.at("http"));
}

TEST_CASE("a server on a unix socket is ready when it accepts") {
  ServerSpec spec = http_server();
  spec.command = {"sh", "-c", "sleep 0.05; exec " + kProgram + " unix:{socket.web}"};
  spec.ready = parse_readiness("unix:{socket.web}").value();
  const auto server = Server::start(spec);
  REQUIRE(server.has_value());
  CHECK(server->address("unix:{socket.web}").has_value());
  const auto unknown = server->address("127.0.0.1:{port.http}");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().message == "the command of the service has no {port.http}");
}

TEST_CASE("a server that exits says how, with its last output, and its log is kept") {
  const auto folder = os::TemporaryFolder::make().value();
  ServerSpec spec = shell("echo starting; echo 'no config' >&2; exit 3");
  spec.logs = folder.path();
  const auto server = Server::start(spec);
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().code == ErrorCode::child_failed);
  CHECK(server.error().message ==
        "server 'shop/db': it exited with code 3; last output: starting |"
        " no config; log: " +
            (folder.path() / "shop-db.log").string());
  CHECK(os::read_file(folder.path() / "shop-db.log").value() == "starting\nno config\n");
}

TEST_CASE("a server that is never ready is an error that says what was missing") {
  ServerSpec spec = shell("exec sleep 1000");
  spec.ready_within = 50ms;
  const auto server = Server::start(spec);
  REQUIRE_FALSE(server.has_value());
  CHECK(contains(server.error().message,
                 "server 'shop/db': it was not ready within 50 ms: cannot"
                 " connect to unix:"));
}

TEST_CASE("a server that answers with an error is not ready") {
  ServerSpec spec = http_server();
  spec.command.emplace_back("fail_every=1");
  spec.ready.path = "/orders";
  spec.ready_within = 50ms;
  const auto server = Server::start(spec);
  REQUIRE_FALSE(server.has_value());
  CHECK(contains(server.error().message, "GET /orders has status 500"));
}

TEST_CASE("a start that fails for its port is tried with other ports") {
  const auto folder = os::TemporaryFolder::make().value();
  const std::string count = (folder.path() / "count").string();
  // The first two starts say what a server says whose port was taken meanwhile.
  ServerSpec spec = http_server();
  spec.command = {"sh", "-c",
                  "echo {port.http} >> " + count + "; if [ $(wc -l < " + count +
                      ") -lt 3 ]; then echo 'bind: Address already in use'; exit 1; fi; exec " +
                      kProgram + " 127.0.0.1:{port.http}"};
  const auto server = Server::start(spec);
  REQUIRE(server.has_value());
  std::ifstream file{count};
  int first = 0;
  int second = 0;
  int third = 0;
  file >> first >> second >> third;
  CHECK(first != second);
  CHECK(third == server->places().ports.at("http"));
}

TEST_CASE("a start that fails for another reason is not repeated") {
  const auto folder = os::TemporaryFolder::make().value();
  const std::string count = (folder.path() / "count").string();
  ServerSpec spec = http_server();
  spec.command = {"sh", "-c", "echo {port.http} >> " + count + "; exit 1"};
  CHECK_FALSE(Server::start(spec).has_value());
  const std::string starts = os::read_file(count).value();
  CHECK(std::count(starts.begin(), starts.end(), '\n') == 1);
}

TEST_CASE("a server that ignores its stop signal is killed, and that is an error") {
  ServerSpec spec = shell("trap '' TERM; " + kProgram + " unix:{socket.db} & wait; wait");
  spec.stop_within = 50ms;
  auto server = Server::start(spec);
  REQUIRE(server.has_value());
  const int process = server->id();
  const auto stopped = server->stop();
  REQUIRE_FALSE(stopped.has_value());
  CHECK(contains(stopped.error().message, "it did not stop within 50 ms"));
  CHECK(os::state_of(process) == '\0');
}

TEST_CASE("the CPU time of a server has that of the processes that it started") {
  ServerSpec spec = shell(kProgram + " unix:{socket.db} & wait");
  const auto server = Server::start(spec);
  REQUIRE(server.has_value());
  CHECK(server->usage().cpu_ns > os::cpu_ns_of(server->id()));
}

TEST_CASE("an interrupt ends the waiting for a server") {
  os::Pipe interrupt;
  REQUIRE(interrupt.make());
  interrupt.write_end.reset();
  ServerSpec spec = shell("exec sleep 1000");
  spec.interrupt = interrupt.read_end.number();
  const auto server = Server::start(spec);
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().code == ErrorCode::interrupted);
}
