#include "pulsebench/profile/stack_reader.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include "profile/here.hpp"
#include "pulsebench/profile/unwinder.hpp"
#include "pulsebench/wire/sample_recording.hpp"

#if defined(__x86_64__)

using namespace pulsebench::profile;

namespace benchmark {
class State;
}

namespace {

constexpr std::size_t kStackBytes = 3000 & ~std::size_t{7};

/// Its memory stands above the frames that are sampled, so that so much of the stack can be copied.
struct Sampled {
  std::string bytes;
  char room[kStackBytes] = {};
};

__attribute__((noinline)) void sample_here(Sampled& sampled) {
  ucontext_t context;
  getcontext(&context);
  pulsebench::wire::SampleHead head;
  head.registers = registers_of(context);
  head.stack_bytes = kStackBytes;
  sampled.bytes.append(reinterpret_cast<const char*>(&head), sizeof head);
  const auto stack = copy_of_stack(head.registers[kStackPointer], head.stack_bytes);
  sampled.bytes.append(stack.begin(), stack.end());
}

/// Looks like a benchmark of Google Benchmark to a reader of stacks.
__attribute__((noinline)) int some_benchmark(benchmark::State& state, Sampled& sampled) {
  static_cast<void>(state);
  sample_here(sampled);
  return static_cast<int>(sampled.bytes.size());
}

}  // namespace

TEST_CASE("stacks of each side are numbered by the side's own table") {
  Sampled sampled;
  alignas(16) char state[16];
  REQUIRE(some_benchmark(reinterpret_cast<benchmark::State&>(state), sampled) > 0);
  auto reader = StackReader::make();
  REQUIRE(reader.has_value());
  FrameTable one, other;
  REQUIRE(other.number_of({"something else"}) == 0);
  for (FrameTable* table : {&one, &other}) {
    const auto recording = Recording::of(sampled.bytes, own_modules());
    const LaunchSamples launch = reader->read(recording, *table);
    REQUIRE(launch.samples == 1);
    const FrameNumbers& stack = launch.stacks.begin()->first;
    REQUIRE(stack.size() == 2);
    CHECK((*table)[stack[0]].function.find("::sample_here(") != std::string::npos);
    CHECK((*table)[stack[1]].function.find("::some_benchmark(benchmark::State&") !=
          std::string::npos);
  }
}

TEST_CASE("a stack without a benchmark is outside, and a torn file is an error") {
  Sampled sampled;
  sample_here(sampled);
  auto reader = StackReader::make();
  REQUIRE(reader.has_value());
  FrameTable frames;
  const LaunchSamples launch = reader->read(Recording::of(sampled.bytes, own_modules()), frames);
  CHECK(launch.samples == 0);
  CHECK(launch.outside == 1);
  CHECK_FALSE(Recording::read("/proc/self/exe").has_value());
  CHECK_FALSE(Recording::read("/dev/null").has_value());
  CHECK_FALSE(Recording::read("/nowhere").has_value());
}

TEST_CASE("a whole stack is kept, and what is missing of it is named") {
  Sampled sampled;
  sample_here(sampled);
  auto reader = StackReader::make();
  REQUIRE(reader.has_value());
  FrameTable frames;
  const LaunchSamples launch =
      reader->read(Recording::of(sampled.bytes, own_modules()), frames, StackPart::whole);
  REQUIRE(launch.samples == 1);
  CHECK(launch.outside == 0);
  const FrameNumbers& stack = launch.stacks.begin()->first;
  CHECK(frames[stack.front()].function.find("::sample_here(") != std::string::npos);
  const bool ends_early = frames[stack.back()].function == "[callers unknown]";
  CHECK(launch.truncated == (ends_early ? 1 : 0));
}

#endif
