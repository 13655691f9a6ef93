#include "pulsebench/harness/heap_recorder.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "pulsebench/harness/heap_calls.hpp"
#include "pulsebench/wire/heap_recording.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

struct Recorded {
  wire::HeapRecordingHead head;
  std::string maps;
  std::vector<wire::HeapEventHead> events;
  std::vector<wire::HeapRegisters> registers;  ///< of the allocations, in order
};

Recorded read_recording(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  Recorded recorded;
  REQUIRE(bytes.size() >= sizeof recorded.head);
  std::memcpy(&recorded.head, bytes.data(), sizeof recorded.head);
  std::size_t at = sizeof recorded.head;
  REQUIRE(bytes.size() == at + recorded.head.maps_bytes + recorded.head.events_bytes);
  recorded.maps = bytes.substr(at, recorded.head.maps_bytes);
  at += recorded.head.maps_bytes;
  while (at < bytes.size()) {
    wire::HeapEventHead& event = recorded.events.emplace_back();
    std::memcpy(&event, bytes.data() + at, sizeof event);
    at += sizeof event;
    if (event.kind != wire::HeapEventKind::allocated) continue;
    std::memcpy(&recorded.registers.emplace_back(), bytes.data() + at, sizeof(wire::HeapRegisters));
    at += sizeof(wire::HeapRegisters) + event.stack_bytes;
  }
  return recorded;
}

struct Scratch {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("heap_recorder_" + std::to_string(getpid()));
  Scratch() { std::filesystem::create_directory(folder); }
  ~Scratch() { std::filesystem::remove_all(folder); }
};

template <class Op, class Clean>
wire::Event record(const std::filesystem::path& file, Op op, Clean clean,
                   std::uint64_t operations = 10, std::uint64_t most_bytes = 1U << 20U) {
  HeapRecorder recorder{
      {.id = "a", .operations = operations, .most_bytes = most_bytes, .file = file.string()}};
  recorder.record(batch_of(op));
  clean();
  return recorder.finish();
}

void keep_block(void* block) { benchmark::DoNotOptimize(block); }

/// Under a sanitizer and on other processors than x86-64 nothing is recorded, and the answer says
/// so.
bool refused(const wire::Event& event) {
#if !defined(__x86_64__)
  REQUIRE(std::holds_alternative<wire::Failed>(event));
  CHECK(std::get<wire::Failed>(event).reason == "allocations are not recorded on this processor");
  return true;
#endif
  if (!sanitizer_owns_heap()) return false;
  REQUIRE(std::holds_alternative<wire::Failed>(event));
  CHECK(std::get<wire::Failed>(event).reason == "a sanitizer owns the allocator of this suite");
  return true;
}

long count_of(const Recorded& recorded, wire::HeapEventKind kind) {
  return std::count_if(recorded.events.begin(), recorded.events.end(),
                       [&](const auto& event) { return event.kind == kind; });
}

}  // namespace

TEST_CASE("each allocation and free is recorded with its operation") {
  const Scratch scratch;
  const auto file = scratch.folder / "heap";
  const auto event = record(
      file, [] { keep_block(std::make_unique<char[]>(100).get()); }, [] {}, 3);
  if (refused(event)) return;
  REQUIRE(std::holds_alternative<wire::HeapRecorded>(event));
  CHECK(std::get<wire::HeapRecorded>(event).operations == 3);
  const Recorded recorded = read_recording(file);
  CHECK(recorded.head.magic == wire::kHeapMagic);
  CHECK(recorded.head.operations == 3);
  CHECK(recorded.head.frees_lost == 0);
  CHECK(recorded.maps.find("harness_tests") != std::string::npos);
  REQUIRE(recorded.events.size() == 6);
  for (std::size_t i = 0; i < 6; i += 2) {
    CHECK(recorded.events[i].kind == wire::HeapEventKind::allocated);
    CHECK(recorded.events[i].size == 100);
    CHECK(recorded.events[i].operation == i / 2);
    CHECK(recorded.events[i].stack_bytes >= 100);
    CHECK(recorded.events[i + 1].kind == wire::HeapEventKind::freed);
    CHECK(recorded.events[i + 1].block == recorded.events[i].block);
    CHECK(recorded.registers[i / 2].rsp % 8 == 0);
  }
}

TEST_CASE("a block that the clean-up frees is seen to be freed, after the operations") {
  const Scratch scratch;
  const auto file = scratch.folder / "heap";
  std::vector<std::unique_ptr<char[]>> kept;
  kept.reserve(10);
  const auto event = record(
      file, [&] { kept.push_back(std::make_unique<char[]>(64)); }, [&] { kept.clear(); });
  if (refused(event)) return;
  REQUIRE(std::holds_alternative<wire::HeapRecorded>(event));
  const Recorded recorded = read_recording(file);
  CHECK(count_of(recorded, wire::HeapEventKind::allocated) == 10);
  REQUIRE(count_of(recorded, wire::HeapEventKind::freed) == 10);
  CHECK(recorded.events.back().operation == wire::kAfterOperations);
}

TEST_CASE("the recording ends with the last operation that fits, and its frees still fit") {
  const Scratch scratch;
  const auto file = scratch.folder / "heap";
  std::vector<std::unique_ptr<char[]>> kept;
  kept.reserve(1000);
  const auto event = record(
      file, [&] { kept.push_back(std::make_unique<char[]>(64)); }, [&] { kept.clear(); }, 1000,
      65'536);
  if (refused(event)) return;
  REQUIRE(std::holds_alternative<wire::HeapRecorded>(event));
  const auto whole = std::get<wire::HeapRecorded>(event).operations;
  CHECK(whole > 10);
  CHECK(whole < 1000);
  const Recorded recorded = read_recording(file);
  CHECK(static_cast<std::uint64_t>(count_of(recorded, wire::HeapEventKind::allocated)) == whole);
  CHECK(recorded.head.events_bytes <= 65'536);
  CHECK(recorded.head.frees_lost == 0);
}

TEST_CASE("a file that is there is not replaced, and the suite says so") {
  const Scratch scratch;
  const auto file = scratch.folder / "heap";
  std::ofstream{file} << "something";
  const auto event = record(
      file, [] {}, [] {});
  if (refused(event)) return;
  REQUIRE(std::holds_alternative<wire::Failed>(event));
  CHECK(std::get<wire::Failed>(event).reason == "the recording cannot be written: File exists");
}

TEST_CASE("without a file the operations run, and nothing is recorded") {
  int ran = 0;
  const auto event = record(
      "", [&] { ++ran; }, [] {}, 12);
  CHECK(ran == 12);
  CHECK(std::holds_alternative<wire::HeapRecorded>(event));
}
