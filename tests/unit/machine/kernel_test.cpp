#include "pulsebench/machine/kernel.hpp"

#include <doctest/doctest.h>

#include "pulsebench/machine/placement.hpp"

using namespace pulsebench::machine;

TEST_CASE("this thread can be pinned to each of its CPUs, and restored") {
  Kernel& kernel = this_kernel();
  const CpuList before = kernel.affinity().value();
  REQUIRE_FALSE(before.empty());
  for (const int cpu : before) {
    CHECK(pin_to({cpu}, kernel).has_value());
    CHECK(kernel.affinity().value() == CpuList{cpu});
  }
  CHECK(pin_to(before, kernel).has_value());
}

TEST_CASE("a CPU that does not exist is refused") {
  CHECK(this_kernel().set_affinity({kLastCpu}) != 0);
  CHECK_FALSE(this_kernel().spin(kLastCpu, std::chrono::milliseconds{1}).has_value());
}

TEST_CASE("spinning restores the affinity, and loses at most the observed time") {
  Kernel& kernel = this_kernel();
  const CpuList before = kernel.affinity().value();
  const auto gaps = kernel.spin(before.back(), std::chrono::milliseconds{5}).value();
  CHECK(kernel.affinity().value() == before);
  CHECK(gaps.watched >= std::chrono::milliseconds{5});
  CHECK(gaps.lost <= gaps.watched);
  CHECK(gaps.longest <= gaps.lost);
}

TEST_CASE("the queries of the kernel return values") {
  CHECK_FALSE(this_kernel().architecture().empty());
  CHECK(this_kernel().libc().rfind("glibc ", 0) == 0);
  CHECK(this_kernel().has_program("sh"));
  CHECK_FALSE(this_kernel().has_program("no-such-program-anywhere"));
  CHECK(this_kernel().has_library("libc.so.6"));
  CHECK_FALSE(this_kernel().has_library("libnone-of-this-name.so.1"));
}
