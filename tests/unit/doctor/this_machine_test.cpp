#include <doctest/doctest.h>

#include "pulsebench/doctor/doctor.hpp"

using namespace pulsebench;

TEST_CASE("this machine can be examined, and keeps its affinity") {
  const machine::CpuList before = machine::this_kernel().affinity().value();
  const auto checks = doctor::examine(machine::Roots{}, machine::place(std::nullopt).value());
  CHECK(checks.size() >= 25);
  CHECK(machine::this_kernel().affinity().value() == before);
}
