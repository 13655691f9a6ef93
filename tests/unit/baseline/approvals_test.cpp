#include "pulsebench/baseline/approvals.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::baseline;
using doctest::Approx;

namespace {

Approval approval_of(const char* id, const char* base_run = "run-1") {
  return {.id = *BenchmarkId::parse(id),
          .base_run = base_run,
          .change = Percent{15.25},
          .up_to = Percent{21.02},
          .reason = "worth it",
          .by = "A. N.",
          .on = "2026-01-31",
          .until = "2026-02-28",
          .base_commit = "abc",
          .candidate_commit = "def"};
}

std::vector<std::string> ids_of(const std::vector<Approval>& approvals) {
  std::vector<std::string> ids;
  for (const Approval& one : approvals) ids.push_back(one.id.text() + " " + one.base_run);
  return ids;
}

}  // namespace

TEST_CASE("what is approved leaves room for one threshold, which is no regression, and no more") {
  CHECK(ceiling_of(Percent{15}, Percent{5}).value == Approx(20.75));  // 1.15 * 1.05
  CHECK(ceiling_of(Percent{100}, Percent{10}).value == Approx(120));
  CHECK(ceiling_of(Percent{6.001}, Percent{5}).value == Approx(11.31));  // 11.30105, rounded up
  CHECK(ceiling_of(Percent{-3}, Percent{5}).value == Approx(5));
}

TEST_CASE("a day is one of the calendar") {
  for (const char* day : {"2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"}) {
    CHECK_MESSAGE(is_day(day), day);
  }
  for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-31", "26-01-31",
                           "2026/01/31", "2026-01-32", "0000-01-01", "2026-01-31 ", "-026-01-31"}) {
    CHECK_MESSAGE(!is_day(text), text);
  }
}

TEST_CASE("an approval takes the place of that of the same benchmark and baseline, in order") {
  std::vector<Approval> all;
  for (const auto& [id, run] :
       {std::pair{"b", "run-1"}, {"a", "run-2"}, {"a", "run-1"}, {"b", "run-1"}}) {
    all = with_approval(std::move(all), approval_of(id, run));
  }
  CHECK(ids_of(all) == std::vector<std::string>{"a run-1", "a run-2", "b run-1"});
}

TEST_CASE("approvals are read as they were written") {
  auto endless = approval_of("b");
  endless.until.clear();
  endless.reason = "\"quoted\" \\ ü";
  const std::string text = encode_approvals({approval_of("a"), endless});
  const auto read = decode_approvals(text, "f");
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  const Approval& one = read->front();
  CHECK(one.id.text() == "a");
  CHECK(one.benchmark_version == 1);
  CHECK(one.base_run == "run-1");
  CHECK(one.change == Percent{15.25});
  CHECK(one.up_to == Percent{21.02});
  CHECK(one.by == "A. N.");
  CHECK(one.on == "2026-01-31");
  CHECK(one.until == "2026-02-28");
  CHECK(one.base_commit == "abc");
  CHECK(one.candidate_commit == "def");
  CHECK(read->back().until.empty());
  CHECK(read->back().reason == endless.reason);
  CHECK(encode_approvals(*read) == text);
  CHECK(decode_approvals(encode_approvals({}), "f")->empty());
}

TEST_CASE("every truncation of an approvals file is refused") {
  const std::string text = encode_approvals({approval_of("a")});
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    const auto read = decode_approvals(text.substr(0, size), "baselines/approved.json");
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::bad_input);
    CHECK(read.error().message.starts_with("baselines/approved.json: "));
  }
}

TEST_CASE("a limit beyond what the largest threshold allows is refused") {
  auto approval = approval_of("a");
  approval.change = Percent{1};
  approval.up_to = Percent{1011};  // 1.01 * 11, and no threshold is above 1000 %
  CHECK(decode_approvals(encode_approvals({approval}), "x.json"));
  approval.up_to = Percent{1e6};
  const auto refused = decode_approvals(encode_approvals({approval}), "x.json");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("up_to_percent") != std::string::npos);
}
