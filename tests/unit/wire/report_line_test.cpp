#include "pulsebench/wire/report_line.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using wire::decode_report;

namespace {

std::string refusal_of(std::string_view line) {
  const auto report = decode_report(line);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().code == ErrorCode::child_failed);
  return report.error().message;
}

}  // namespace

TEST_CASE("a metric is a number or a list of numbers") {
  const auto report =
      decode_report(R"({"metrics": {"load": 117.04, "decode": [2.9, 3]}, "label": "random"})");
  REQUIRE(report.has_value());
  REQUIRE(report->metrics.size() == 2);
  CHECK(report->metrics[0].name == "decode");
  CHECK(report->metrics[0].values == std::vector{2.9, 3.0});
  CHECK(report->metrics[1].name == "load");
  CHECK(report->metrics[1].values == std::vector{117.04});
  CHECK(report->label == "random");
}

TEST_CASE("anything else is refused, and what is wrong with it is said") {
  CHECK(refusal_of("done in 3 s").starts_with("it: "));
  CHECK(refusal_of("{}").find("metrics") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": {}})").find("'metrics' is empty") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": 5})").find("metrics") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": {"a": []}})").find("metrics.a") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": {"a": "1"}})").find("finite number") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": {"a": null}})").find("finite number") != std::string::npos);
  CHECK(refusal_of(R"({"metrics": {"a": [1, 1e999]}})") != "");
  CHECK(refusal_of(R"({"metrics": {"a": 1}, "lable": ""})").find("label") != std::string::npos);
}
