#include "pulsebench/run/load_driver.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/workload.hpp"

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

const std::string kProgram = PULSEBENCH_HTTP_SERVER;

/// `options` of the test server, under a profile.
std::shared_ptr<const Workload> workload_of(const std::string& profile,
                                            const std::vector<std::string>& options = {},
                                            int fresh_every_blocks = 8) {
  LoadWorkload load;
  load.server.name = "orders";
  load.server.command = {kProgram, "127.0.0.1:{port.http}"};
  load.server.command.insert(load.server.command.end(), options.begin(), options.end());
  load.server.ready = service::parse_readiness("http://127.0.0.1:{port.http}/health").value();
  load.server.ready_within = std::chrono::seconds{20};
  load.address = load.server.ready.address;
  load.profile = load::profile_named(profile).value();
  load.fresh_every_blocks = fresh_every_blocks;
  load.p99_limit_ns = 1e9;
  auto workload = std::make_shared<Workload>();
  workload->load = std::make_shared<const LoadWorkload>(std::move(load));
  return workload;
}

/// The same, with a line in `log` for each start of the server.
std::shared_ptr<const Workload> logged(const std::string& profile,
                                       const std::filesystem::path& log) {
  auto workload = std::make_shared<Workload>();
  LoadWorkload load = *workload_of(profile)->load;
  std::vector<std::string>& command = load.server.command;
  const std::vector<std::string> shell{"sh", "-c", "echo x >> " + log.string() + "; exec \"$@\"",
                                       "sh"};
  command.insert(command.begin(), shell.begin(), shell.end());
  workload->load = std::make_shared<const LoadWorkload>(std::move(load));
  return workload;
}

std::size_t lines_of(const std::filesystem::path& file) {
  return os::read_file(file).value_or("").size() / 2;
}

std::vector<double> values_of(const Visit& visit, const std::string& name) {
  const auto found = std::ranges::find(visit.metrics, name, &MetricValues::name);
  return found == visit.metrics.end() ? std::vector<double>{} : found->values;
}

}  // namespace

TEST_CASE("a launch of a closed loop has the metrics of a server") {
  LoadDriver driver{{}, -1};
  const auto workload = workload_of("light", {"work=20000"});
  const auto capacity = driver.find_capacity(workload, {});
  REQUIRE(capacity.has_value());
  CHECK(capacity->operations > 100);
  CHECK(capacity->operations < 50'000);  // 20 us of work a request
  const auto visit = driver.visit(workload, {}, 0, *capacity, 1);
  REQUIRE(visit.has_value());
  CHECK(visit->label == "closed loop, 10 connections");
  CHECK(visit->operations == capacity->operations);
  for (const char* name : {"request_time", "server_cpu", "p50", "errors", "max_rss"}) {
    CAPTURE(name);
    CHECK_FALSE(values_of(*visit, name).empty());
  }
  CHECK(values_of(*visit, "request_time").front() > 20'000);
  CHECK(values_of(*visit, "p50").front() > 10 * 20'000);  // ten connections, one thread
  CHECK(values_of(*visit, "errors") == std::vector<double>{0.0});
  const auto p99 = std::ranges::find(visit->metrics, "p99", &MetricValues::name);
  if (p99 == visit->metrics.end()) return;  // too few requests on a machine that is busy
  REQUIRE(p99->guard.has_value());
  CHECK(*p99->guard > 10 * 20'000);  // the mean latency
}

TEST_CASE("an open loop has the rate of its profile, and no time per request") {
  LoadDriver driver{{}, -1};
  const auto workload = workload_of("load", {"work=100000"});
  const auto visit = driver.visit(workload, {}, 0, {.operations = 2000, .slices = 1}, 1);
  if (!visit) {  // on a machine that is too busy for a schedule
    CHECK(visit.error().status == Status::skipped);
    CHECK(visit.error().reason.find("client too slow: it sent ") == 0);
    return;
  }
  CHECK(visit->label == "open loop, 1000 requests/s");
  CHECK(values_of(*visit, "request_time").empty());
  CHECK_FALSE(values_of(*visit, "p50").empty());
}

TEST_CASE("errors are counted in a million requests, with the number of the requests") {
  LoadDriver driver{{}, -1};
  const auto workload = workload_of("light", {"fail_every=4"});
  const auto visit = driver.visit(workload, {}, 0, {.operations = 20'000, .slices = 1}, 1);
  REQUIRE(visit.has_value());
  const auto errors = std::ranges::find(visit->metrics, "errors", &MetricValues::name);
  REQUIRE(errors != visit->metrics.end());
  CHECK(errors->trials > 10);
  CHECK(errors->values.front() == doctest::Approx(250'000).epsilon(0.1));
}

TEST_CASE("a server that answers nothing right is no measurement") {
  LoadDriver driver{{}, -1};
  const auto workload = workload_of("light", {"fail_every=1"});
  const auto visit = driver.visit(workload, {}, 0, {.operations = 20'000, .slices = 1}, 1);
  REQUIRE_FALSE(visit.has_value());
  CHECK(visit.error().status == Status::failed);
  CHECK(visit.error().reason == "no answer is right: the answer has status 500 instead of 200");
}

TEST_CASE("a server that exits is a crash") {
  LoadDriver driver{{}, -1};
  auto workload = std::make_shared<Workload>();
  LoadWorkload load = *workload_of("light")->load;
  load.server.command = {"sh", "-c", "echo out of memory; exit 9"};
  load.server.ready.address = load.address = "unix:{socket.a}";
  workload->load = std::make_shared<const LoadWorkload>(load);
  const auto visit = driver.visit(workload, {}, 0, {.operations = 1000, .slices = 1}, 1);
  REQUIRE_FALSE(visit.has_value());
  CHECK(visit.error().status == Status::crashed);
  CHECK(visit.error().reason ==
        "server 'orders': it exited with code 9; last output: out of memory");
}

TEST_CASE("the servers of both sides live on while they alternate, until another workload comes") {
  const auto folder = os::TemporaryFolder::make().value();
  const auto log = folder.path() / "starts";
  const auto old_side = logged("light", log), new_side = logged("light", log);
  LoadDriver driver{{}, -1};
  const Batching batching{.operations = 20'000, .slices = 1};
  for (int launch = 0; launch < 3; ++launch) {
    REQUIRE(driver.visit(old_side, {}, 0, batching, launch).has_value());
    REQUIRE(driver.visit(new_side, {}, 1, batching, launch).has_value());
  }
  CHECK(lines_of(log) == 2);
  REQUIRE(driver.visit(logged("light", log), {}, 1, batching, 3).has_value());
  CHECK(lines_of(log) == 3);
  REQUIRE(driver.visit(old_side, {}, 0, batching, 3).has_value());
  CHECK(lines_of(log) == 4);  // its first one ended with the workload
}

TEST_CASE("the server of a soak test grows old, whatever is measured meanwhile") {
  const auto folder = os::TemporaryFolder::make().value();
  const auto log = folder.path() / "starts";
  const auto soak = logged("soak", log), other = logged("light", log);
  LoadDriver driver{{}, -1};
  const Batching batching{.operations = 20'000, .slices = 1};
  const auto first = driver.visit(soak, {}, 0, batching, 0);
  REQUIRE(first.has_value());
  const auto between = driver.visit(other, {}, 0, batching, 0);
  REQUIRE(between.has_value());
  CHECK_FALSE(between->age.has_value());
  const auto second = driver.visit(soak, {}, 0, batching, 1);
  REQUIRE(second.has_value());
  CHECK(lines_of(log) == 2);
  REQUIRE((first->age.has_value() && second->age.has_value()));
  CHECK(*second->age > *first->age);
}

TEST_CASE("a limit is the highest rate that keeps the p99, and none where the lowest does not") {
  LoadDriver driver{{}, -1};
  LoadWorkload load = *workload_of("stress", {"work=100000"})->load;
  load.profile.steps = {{50.0, std::chrono::milliseconds{100}},
                        {100.0, std::chrono::milliseconds{100}}};
  const auto with_limit = [&](double ns) {
    load.p99_limit_ns = ns;
    auto workload = std::make_shared<Workload>();
    workload->load = std::make_shared<const LoadWorkload>(load);
    return driver.visit(workload, {}, 0, {.operations = 1000, .slices = 1}, 1);
  };
  const auto visit = with_limit(10e9);
  REQUIRE(visit.has_value());
  REQUIRE(values_of(*visit, "max_rate").size() == 1);
  CHECK(values_of(*visit, "max_rate").front() > 600);  // 1000, but for the chance in 100 requests
  const auto none = with_limit(1.0);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().reason.find("it does not keep its limit at the lowest rate") == 0);
}

TEST_CASE("an overload has its errors, and the time until the latency is as before") {
  LoadDriver driver{{}, -1};
  LoadWorkload load = *workload_of("spike", {"work=100000"})->load;
  for (auto& step : load.profile.steps) step.length = std::chrono::milliseconds{200};
  auto workload = std::make_shared<Workload>();
  workload->load = std::make_shared<const LoadWorkload>(load);
  const auto visit = driver.visit(workload, {}, 0, {.operations = 1000, .slices = 1}, 1);
  REQUIRE(visit.has_value());
  CHECK(values_of(*visit, "errors") == std::vector<double>{0.0});
  REQUIRE(values_of(*visit, "recovery").size() == 1);
  CHECK(values_of(*visit, "recovery").front() >= 50e6);
}
