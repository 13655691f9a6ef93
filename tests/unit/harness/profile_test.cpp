#include "pulsebench/harness/profile.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "pulsebench/wire/sample_recording.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

struct Chain {
  std::uint64_t x = 1;
  void operator()() {
    for (int i = 0; i < 50; ++i) {
      x = x * 6364136223846793005U + 1442695040888963407U;
      asm volatile("" : "+r"(x));
    }
  }
};

struct ScratchFile {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("profile_test_" + std::to_string(getpid()));
  ScratchFile() { std::filesystem::remove(path); }
  ~ScratchFile() { std::filesystem::remove(path); }
};

wire::TakeProfile ask(const std::filesystem::path& file, bool by_timer) {
  return {.id = "a",
          .batching = {.operations = 2000, .slices = 20},
          .rounds = 4,
          .sampled_slices = 200,
          .period_ns = 500'000,
          .stack_bytes = 4096,
          .by_timer = by_timer,
          .file = file.string()};
}

}  // namespace

TEST_CASE("a profile has samples of the batch alone, and costs with and without them") {
  for (const bool by_timer : {false, true}) {
    CAPTURE(by_timer);
    const ScratchFile scratch;
    Chain chain;
    const Batch batch = batch_of(chain);
    const auto event = take_profile(ask(scratch.path, by_timer), batch, TickClock{});
    const auto* const profiled = std::get_if<wire::Profiled>(&event);
    REQUIRE(profiled != nullptr);
    if (by_timer) CHECK(profiled->by == "timer");
    CHECK(profiled->samples > 0);
    CHECK(profiled->lost == 0);
    CHECK(profiled->p25_ns_per_op > 0.0);
    CHECK(profiled->sampled_seconds > 0.0);

    std::ifstream in{scratch.path, std::ios::binary};
    const std::string content{std::istreambuf_iterator<char>{in}, {}};
    wire::SampleRecordingHead head;
    REQUIRE(content.size() > sizeof head);
    std::memcpy(&head, content.data(), sizeof head);
    CHECK(head.magic == wire::kSamplesMagic);
    CHECK(head.batch == reinterpret_cast<std::uintptr_t>(batch.run));
    CHECK(content.size() == sizeof head + head.samples_bytes + head.maps_bytes);
    std::uint64_t samples = 0;
    for (std::size_t at = sizeof head; at < sizeof head + head.samples_bytes; ++samples) {
      wire::SampleHead sample;
      std::memcpy(&sample, content.data() + at, sizeof sample);
      CHECK(sample.stack_bytes <= 4096);
      CHECK(sample.stack_bytes % 8 == 0);
      at += sizeof sample + sample.stack_bytes;
    }
    CHECK(samples == profiled->samples);
  }
}

TEST_CASE("a file that exists is not overwritten, and the reason is given") {
  const ScratchFile scratch;
  std::ofstream{scratch.path} << "mine";
  Chain chain;
  const auto event = take_profile(ask(scratch.path, true), batch_of(chain), TickClock{});
  const auto* const failed = std::get_if<wire::Failed>(&event);
  REQUIRE(failed != nullptr);
  CHECK(failed->reason.find("File exists") != std::string::npos);
}
