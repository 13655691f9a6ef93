#include "pulsebench/report/baseline_list_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using fixtures::as_text;

namespace {

baseline::Document envelope() {
  auto document = fixtures::run();
  document.started = "2026-01-01T12:30:05Z";
  return document;
}

std::vector<baseline::Entry> entries() {
  std::vector<baseline::Entry> list;
  list.push_back({"main", "baselines/main.json", envelope()});
  auto other = envelope();
  other.machine.key = "0011223344556677";
  other.git.dirty = true;
  other.complete = false;
  list.push_back({"nightly/2026-01-01", "baselines/nightly/2026-01-01.json", other});
  list.push_back({"torn", "baselines/torn.json",
                  fail(ErrorCode::bad_input,
                       "baselines/torn.json ends in the middle of 'benchmarks'; "
                       "remove it with: pulsebench baseline rm torn")});
  return list;
}

}  // namespace

TEST_CASE("the list of baselines marks those of other machines and explains what is unreadable") {
  const std::string here = envelope().machine.key;
  fixtures::check_golden("baselines_80.txt", as_text(baseline_list_page(entries(), here), 80));
  fixtures::check_golden("baselines_120.txt", as_text(baseline_list_page(entries(), here), 120));
}

TEST_CASE("an empty list says how to begin") {
  CHECK(as_text(baseline_list_page({}, "")) ==
        "no baselines yet\nnext: save one: pulsebench run --save main\n");
}

TEST_CASE("an unreadable baseline is in the JSON with its error") {
  const auto json = nlohmann::json::parse(
      baseline_list_page(entries(), envelope().machine.key).json())["baselines"];
  REQUIRE(json.size() == 3);
  CHECK(json[0]["this_machine"] == true);
  CHECK(json[1]["this_machine"] == false);
  CHECK(json[2].contains("error"));
  CHECK_FALSE(json[2].contains("commit"));
}
