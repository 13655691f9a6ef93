#include "pulsebench/compare/warnings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "pulsebench/config/load.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

using Reasons = std::vector<Reason>;

Reasons warnings(const baseline::Document& base, const baseline::Document& candidate) {
  return warnings_about(base, candidate, config::defaults());
}

}  // namespace

TEST_CASE("two full runs of one machine on one tree need no warning") {
  const auto document = document_of({result_of("a", near(10))});
  CHECK(warnings(document, document).empty());
}

TEST_CASE("fewer launches than the tiers ask for are one line for each side") {
  const auto base =
      document_of({result_of("a", near(10, 0.001, 8)), result_of("b", near(10, 0.001, 12)),
                   result_of("c", near(10, 0.001, 15), Tier::fast), result_of("d", near(10))});
  const auto candidate = document_of({result_of("a", near(10))});
  CHECK(warnings(base, candidate) == Reasons{{.code = ReasonCode::few_launches,
                                              .numbers = {8, 20, 0, 15, 16, 1},
                                              .side = Side::old_side}});
}

TEST_CASE("an incomplete run and uncommitted changes are told") {
  auto base = document_of({});
  base.complete = false;
  base.incomplete_because = "interrupted by SIGINT";
  auto candidate = document_of({});
  candidate.git.dirty = true;
  CHECK(warnings(base, candidate) ==
        Reasons{{.code = ReasonCode::incomplete,
                 .texts = {"interrupted by SIGINT"},
                 .side = Side::old_side},
                {.code = ReasonCode::uncommitted, .side = Side::new_side}});
}

TEST_CASE("an emulator is told once") {
  auto document = document_of({});
  document.machine.hashed = {{"emulator", "qemu-aarch64-static"}};
  CHECK(warnings(document, document) ==
        Reasons{{.code = ReasonCode::emulated, .texts = {"qemu-aarch64-static"}}});
}

TEST_CASE("facts that drifted are told, hashed ones or equal ones are not") {
  auto base = document_of({});
  auto candidate = document_of({});
  base.machine.shown = {{"kernel", "6.1"}, {"libc", "2.36"}};
  candidate.machine.shown = {{"libc", "2.36"}, {"kernel", "6.6"}};
  CHECK(warnings(base, candidate) ==
        Reasons{{.code = ReasonCode::fact_changed, .texts = {"kernel", "6.1", "6.6"}}});
}

TEST_CASE("the same binaries on both sides are told, and one that differs ends it") {
  auto base = document_of({});
  base.suites = {{"tier0", "aa", {}}, {"floors", "bb", {}}};
  auto candidate = base;
  CHECK(warnings(base, candidate) == Reasons{{.code = ReasonCode::same_binaries}});
  candidate.benchmarks = {result_of("a", near(10))};
  candidate.benchmarks[0].injected_percent = 15;
  CHECK(warnings(base, candidate).front().code == ReasonCode::same_binaries_injected);
  candidate.suites[1].sha256 = "cc";
  CHECK(warnings(base, candidate).empty());
  candidate.suites.clear();
  CHECK(warnings(base, candidate).empty());
}
