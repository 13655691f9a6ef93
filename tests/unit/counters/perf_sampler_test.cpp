#include "pulsebench/counters/perf_sampler.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>

#include "skip.hpp"

using namespace pulsebench::counters;
using std::chrono::steady_clock;

namespace {

void use_the_cpu(std::chrono::milliseconds time) {
  const auto begin = steady_clock::now();
  while (steady_clock::now() - begin < time) {
  }
}

}  // namespace

TEST_CASE("samples of the calling thread come with its registers and its stack") {
  auto sampler = PerfSampler::open({.stack_bytes = 512});
  if (!sampler) PULSEBENCH_SKIP("needs perf events: " << sampler.error().message);
  use_the_cpu(std::chrono::milliseconds{10});  // before the start nothing is sampled
  sampler->start(1'000'000);
  use_the_cpu(std::chrono::milliseconds{100});
  sampler->stop();
  use_the_cpu(std::chrono::milliseconds{10});
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  std::size_t seen = 0;
  sampler->drain([&](const StackSample& sample) {
    ++seen;
    CHECK(sample.stack.size() <= 512);
    CHECK(sample.registers[7] <= here);
    CHECK(here - sample.registers[7] < 100'000);
    CHECK(sample.registers[16] != 0);
  });
  CHECK(seen == sampler->counts().samples);
  // Of 100; a busy machine takes time away from the thread, and the kernel may lower the rate.
  CHECK(seen > 5);
  CHECK(seen < 130);
  sampler->drain([](const StackSample&) { CHECK(false); });
}

TEST_CASE("a thread that cannot be sampled is an error with a reason") {
  const auto sampler = PerfSampler::open({.process = 0x7ffffff0});
  REQUIRE_FALSE(sampler.has_value());
  CHECK_FALSE(sampler.error().message.empty());
}
