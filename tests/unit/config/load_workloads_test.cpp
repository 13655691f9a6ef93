#include <doctest/doctest.h>

#include <string>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/config/load.hpp"

using namespace pulsebench;
using config::parse_config;
using config::WorkloadKind;
using namespace std::chrono_literals;

namespace {

std::string refusal_of(const std::string& fields) {
  const auto parsed =
      parse_config(R"({"workloads": {"w": {"kind": "load", )" + fields + "}}}", "p.json");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string kService =
    R"("service": {"command": ["a"], "ready": {"tcp": "127.0.0.1:{port.a}"}}, )";

}  // namespace

TEST_CASE("a workload of load is read") {
  const auto parsed = parse_config(
      R"({"workloads": {"http/orders": {
            "kind": "load", "tier": 1,
            "service": {"command": ["{build}/orderd", "{port.http}"], "environment": {"A": "b"},
                        "ready": {"http": "http://127.0.0.1:{port.http}/health", "within_ms": 100},
                        "stop": {"signal": "INT", "within_ms": 50}, "fresh_every_blocks": 4},
            "request": {"method": "POST", "path": "/orders", "body": "{}",
                        "headers": {"Content-Type": "application/json"}},
            "profiles": ["light", "load"], "metrics": {"p99": {"threshold_percent": 20}},
            "targets": {"p99_ms": 20, "error_rate": 0.001, "max_rss_mb": 256},
            "expect": {"status": 201, "body_contains": "id"}}}})",
      "p.json");
  REQUIRE(parsed.has_value());
  const auto& workload = parsed->workloads.front();
  CHECK(workload.kind == WorkloadKind::load);
  CHECK(workload.command == std::vector<std::string>{"{build}/orderd", "{port.http}"});
  CHECK(workload.environment == std::vector<std::string>{"A=b"});
  const auto& load = workload.load;
  CHECK(load.ready == "http://127.0.0.1:{port.http}/health");
  CHECK(load.ready_within == 100ms);
  CHECK(load.stop_signal == "INT");
  CHECK(load.stop_within == 50ms);
  CHECK(load.fresh_every_blocks == 4);
  CHECK(load.method == "POST");
  CHECK(load.path == "/orders");
  CHECK(load.body == "{}");
  CHECK(load.headers.front().second == "application/json");
  CHECK(load.profiles == std::vector<std::string>{"light", "load"});
  CHECK(load.status == 201);
  CHECK(load.body_contains == "id");
  const auto* p99 = config::rule_for("http/orders/light:p99", *parsed);
  REQUIRE(p99 != nullptr);
  CHECK(p99->threshold == Percent{20});
  CHECK(p99->target == Cost{20e6});
}

TEST_CASE("without metrics a load has all, and its limits are targets of them") {
  const auto parsed =
      parse_config(R"({"workloads": {"w": {"kind": "load", )" + kService +
                       R"("profiles": ["light"], "targets": {"error_rate": 0.001}}}})",
                   "p.json");
  REQUIRE(parsed.has_value());
  CHECK(parsed->workloads.front().metrics.size() == config::load_metrics().size());
  CHECK(parsed->workloads.front().load.ready == "tcp://127.0.0.1:{port.a}");
  // In a million requests.
  CHECK(config::rule_for("w/light:errors", *parsed)->target == Cost{1000, Unit::count});
  CHECK(config::rule_for("w/light:p50", *parsed) == nullptr);
}

TEST_CASE("a load that is wrong is refused with one line") {
  CHECK(has(refusal_of(R"("profiles": ["light"])"), "service"));
  CHECK(has(refusal_of(kService + R"("profiles": [])"), "'workloads.w.profiles' is empty"));
  CHECK(has(refusal_of(kService + R"("tier": 1)"), "profiles"));
  CHECK(has(refusal_of(R"("service": {"command": ["a"]}, "profiles": ["light"])"),
            "'workloads.w.service.ready' is missing"));
  CHECK(has(refusal_of(R"("service": {"command": ["a"], "ready": {"http": "a", "tcp": "b"}})"),
            "must have one of http, tcp and unix"));
  CHECK(has(
      refusal_of(kService + R"("profiles": ["light"], "request": {"body": "a", "body_file": "b"})"),
      "must not stand beside body"));
  CHECK(has(refusal_of(kService + R"("profiles": ["light"], "targets": {"p99": 1})"), "p99_ms"));
  CHECK(has(refusal_of(kService + R"("profiles": ["light"], "metrics": {"wall": {}})"),
            "a load has request_time"));
}
