#include "pulsebench/report/machine_pages.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;
using fixtures::as_text;
using pulsebench::doctor::Check;
using State = pulsebench::doctor::CheckState;

namespace {

std::vector<Check> checks() {
  return {{"clocksource", State::ok, "tsc", "", ""},
          {"smt", State::warning, "the sibling of CPU 1 is online",
           "the other thread of the core takes cache and ports from the benchmark, so that figures "
           "differ by what runs there",
           "echo 0 | sudo tee /sys/devices/system/cpu/cpu3/online && echo 'undo it by writing 1'"},
          {"load", State::bad, "3.1 on 2 CPUs", "other programs take the measuring CPU away",
           "wait, or stop them: top -o %CPU"},
          {"governor", State::not_applicable, "no cpufreq (virtual machine)", "", ""},
          {"swap", State::ok, "off", "", ""}};
}

}  // namespace

TEST_CASE("doctor shows the worst first and folds what is fine") {
  fixtures::check_golden("doctor_80.txt", as_text(doctor_page(checks(), false), 80));
}

TEST_CASE("doctor lists everything where it is asked to") {
  fixtures::check_golden("doctor_all_80.txt", as_text(doctor_page(checks(), true), 80));
}

TEST_CASE("a command that fixes is never broken or cut") {
  const std::string text = as_text(doctor_page(checks(), false), 60);
  CHECK(text.find(checks()[1].fix) != std::string::npos);
}

TEST_CASE("a machine with everything wrong still fits a screen, worst first, the rest by name") {
  std::vector<Check> wrong;
  for (int i = 0; i < 20; ++i) {
    wrong.push_back({"check" + std::to_string(i), i < 15 ? State::warning : State::bad, "seen",
                     "consequence", "fix" + std::to_string(i)});
  }
  const std::string text = as_text(doctor_page(wrong, false), 80);
  CHECK(std::count(text.begin(), text.end(), '\n') <= 24);
  for (int bad = 15; bad < 20; ++bad) {
    CHECK(text.find("fix: fix" + std::to_string(bad)) != std::string::npos);
  }
  CHECK(text.find("fix: fix9\n") == std::string::npos);
  CHECK(text.find("also (--all shows them): ") != std::string::npos);
  CHECK(text.find("check9") != std::string::npos);
  const std::string all = as_text(doctor_page(wrong, true), 80);
  CHECK(all.find("fix: fix9\n") != std::string::npos);
}

TEST_CASE("a machine without findings is ready") {
  const std::vector<Check> fine{checks()[0], checks()[3]};
  CHECK(as_text(doctor_page(fine, false)) ==
        "ready to measure: 2 checks, no problem\n"
        "\n"
        "ok: clocksource\n"
        "not on this machine: governor\n");
}

TEST_CASE("doctor's JSON has every check, and the worst state as its verdict") {
  const auto json = nlohmann::json::parse(doctor_page(checks(), false).json());
  CHECK(json["verdict"] == "bad");
  REQUIRE(json["checks"].size() == 5);
  CHECK(json["checks"][3]["state"] == "not_applicable");
  const auto fine = nlohmann::json::parse(doctor_page({checks()[0], checks()[3]}, false).json());
  CHECK(fine["verdict"] == "ok");
}
