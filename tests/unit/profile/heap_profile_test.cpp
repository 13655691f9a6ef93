#include "pulsebench/profile/heap_profile.hpp"

#include <doctest/doctest.h>

#include "heap_recordings.hpp"

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

constexpr std::uint32_t kAfter = wire::kAfterOperations;

/// Two operations of ten leave a block; `i` is the number of the operation.
struct Workload {
  RecordingWriter writer{100};
  std::vector<std::size_t> stacks;  ///< of the blocks: 0 temporary, 1 leaked, 2 kept, 3 replaced

  Workload() {
    std::uint64_t replaced = 0;
    for (std::uint32_t i = 0; i < 100; ++i) {
      take(0x1000, 48, i, 0);
      writer.freed(0x1000, i);
      if (i % 10 == 0) take(0x2000 + i * 0x100, 256, i, 1);
      if (i % 10 == 5) take(0x20000 + i * 0x100, 80, i, 2);
      if (replaced != 0) writer.freed(replaced, i);
      replaced = 0x90000 + (i % 2) * 0x100;
      take(replaced, 1000, i, 3);
    }
    for (std::uint32_t i = 5; i < 100; i += 10) writer.freed(0x20000 + i * 0x100, kAfter);
  }

  void take(std::uint64_t block, std::uint64_t size, std::uint32_t operation, std::size_t stack) {
    writer.allocated(block, size, operation);
    stacks.push_back(stack);
  }

  [[nodiscard]] HeapProfile profile() const {
    const HeapRecording recording = writer.recording();
    HeapStacks named{.stacks = std::vector<HeapStack>(4), .of_block = stacks};
    return summarize_heap(recording, blocks_of(recording), std::move(named));
  }
};

}  // namespace

TEST_CASE(
    "a leak is the slope of what nothing frees; what the end frees or the next one replaces is "
    "none") {
  const HeapProfile profile = Workload{}.profile();
  REQUIRE(profile.leaks.leaked.size() == 1);
  // One block of 256 bytes in ten operations.
  CHECK(profile.leaks.leaked[0].stack == 1);
  CHECK(profile.leaks.leaked[0].blocks_per_op == 0.1);
  CHECK(profile.leaks.leaked[0].bytes_per_op == 25.6);
  REQUIRE(profile.leaks.kept.size() == 1);
  CHECK(profile.leaks.kept[0].stack == 2);
  CHECK(profile.leaks.kept[0].bytes_per_op == 8.0);
}

TEST_CASE("allocations are counted in the second half of the operations") {
  const HeapProfile profile = Workload{}.profile();
  CHECK(profile.counted == 50);
  // 48 and 1000 bytes each time, 256 and 80 in one of ten.
  CHECK(profile.per_op(profile.allocations) == 2.2);
  CHECK(profile.per_op(profile.bytes) == 48 + 1000 + 25.6 + 8);
  REQUIRE(profile.spots.size() == 4);
  CHECK(profile.spots[0].allocations == 50);
  CHECK(profile.spots[0].died_at_once == 50);
  CHECK(profile.spots[1].died_at_once == 0);
}

TEST_CASE("lifetimes are in operations") {
  const Lifetimes lifetimes = Workload{}.profile().lifetimes;
  // Of the first 50 operations: 50 die at once, 50 in the next operation, 10 stay.
  CHECK(lifetimes.blocks == 110);
  CHECK(lifetimes.died_at_once == 50);
  CHECK(lifetimes.watched == 50);
  CHECK(lifetimes.p50 == 1);
  CHECK(lifetimes.p99 == 50);
}

TEST_CASE("the heap over the operations has a peak, and what was held then") {
  const HeapProfile profile = Workload{}.profile();
  CHECK(profile.curve.live_bytes.size() == kCurvePoints);
  // In the last operation: ten leaked, ten kept, and two of 1000 bytes? The old one is freed first.
  CHECK(profile.curve.live_bytes.back() == 10 * 256 + 10 * 80 + 1000);
  // The temporary block of the operation after the last one that leaves something.
  CHECK(profile.curve.peak_bytes == 10 * 256 + 10 * 80 + 1000 + 48);
  CHECK(profile.curve.peak_operation == 96);
  REQUIRE(profile.at_peak.size() == 4);
  CHECK(profile.at_peak[0].stack == 1);
  CHECK(profile.at_peak[0].blocks == 10);
  CHECK(profile.at_peak[0].bytes == 2560);
}

TEST_CASE("sizes are counted up to each power of two") {
  const HeapRecording recording = RecordingWriter{1}
                                      .allocated(0x10, 1, 0)
                                      .allocated(0x20, 16, 0)
                                      .allocated(0x30, 17, 0)
                                      .allocated(0x40, 1U << 30U, 0)
                                      .recording();
  const SizeHistogram sizes = size_histogram(blocks_of(recording), 1);
  CHECK(sizes.counts[0] == 2);
  CHECK(sizes.counts[1] == 1);
  CHECK(sizes.counts.back() == 1);
}

TEST_CASE(
    "an operation that does not fit the recording does not count, but what it frees is freed") {
  const HeapRecording recording = RecordingWriter{2}
                                      .allocated(0x10, 8, 0)
                                      .allocated(0x20, 8, 1)
                                      .allocated(0x30, 8, 2)
                                      .freed(0x10, 2)
                                      .freed(0x77, 2)
                                      .recording();
  const auto blocks = blocks_of(recording);
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].died == kAfter);
  CHECK(blocks[1].never_freed());
}

TEST_CASE("a recording that is cut, or of something else, is refused") {
  const std::string whole = RecordingWriter{2}.allocated(0x10, 8, 0).bytes();
  CHECK(read_heap_recording(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(read_heap_recording(whole.substr(0, size)).has_value());
  }
  std::string other = whole;
  other[0] = 'x';
  CHECK(read_heap_recording(other).error().message ==
        "the suite's recording of its heap is of another format");
  CHECK_FALSE(read_heap_recording(
                  RecordingWriter{2}.add({.kind = static_cast<wire::HeapEventKind>(7)}).bytes())
                  .has_value());
  CHECK_FALSE(read_heap_recording(
                  RecordingWriter{2}
                      .add({.kind = wire::HeapEventKind::allocated, .stack_bytes = 1U << 20U})
                      .bytes())
                  .has_value());
}
