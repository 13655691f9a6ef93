#include "pulsebench/report/machine_pages.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "golden.hpp"

using namespace pulsebench::report;

namespace {

const std::vector<pulsebench::tune::KnobReport> kKnobs{
    {"governor", "powersave", "performance", "performance", pulsebench::tune::KnobOutcome::set, ""},
    {"turbo", "on", "off", "on", pulsebench::tune::KnobOutcome::not_permitted, "run as root"},
    {"cpuset", "", "", "", pulsebench::tune::KnobOutcome::absent, ""}};

}  // namespace

TEST_CASE("tune shows what it did to each setting, and names those that are not there") {
  fixtures::check_golden(
      "tune_80.txt",
      fixtures::as_text(tune_page(kKnobs, Knobs::changed, "1 setting changed", "pulsebench run"),
                        80));
}

TEST_CASE("tune's JSON has every setting") {
  const auto json =
      nlohmann::json::parse(tune_page(kKnobs, Knobs::changed, "1 setting changed", "").json());
  REQUIRE(json["knobs"].size() == 3);
  CHECK(json["knobs"][1]["reason"] == "run as root");
  CHECK(json["verdict"] == "1 setting changed");
}
