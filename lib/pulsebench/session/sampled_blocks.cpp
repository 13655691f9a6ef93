#include "pulsebench/session/sampled_blocks.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <utility>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr int kLeastBlocks = 6;  // with fewer the tests of functions are not what they promise
constexpr std::size_t kFirstLook = 8;     // blocks; then at twice as many, and so on
constexpr double kEnoughExplained = 0.8;  // of the operation's change
/// An early look may end the measurement, so it is stricter than the last one: the looks together
/// stay near the last one's false discovery rate.
constexpr double kEarlyRate = 0.01;

class BlockSampling {
 public:
  BlockSampling(SampledLaunches& sampled, const SampledSides& sides, profile::CpuProfile& old_side,
                profile::CpuProfile& new_side)
      : sampled_(sampled), sides_(sides), old_side_(old_side), new_side_(new_side) {}

  /// One batch for both sides, so that their slices hold the same operations.
  Result<void> calibrate() {
    PB_TRY(batching_, sampled_.calibrate(sides_.new_source, sides_.id.text()));
    return {};
  }

  Result<void> add_block(int number) {
    const bool new_first = (bits_() & 1U) != 0;
    for (const bool first : {true, false}) {
      const bool is_new = first == new_first;
      PB_CHECK(sampled_.add(is_new ? sides_.new_source : sides_.old_source, sides_.id.text(),
                            batching_, number, is_new ? new_side_ : old_side_));
    }
    return {};
  }

  /// A block counts as a whole: where it was interrupted, neither side has it.
  void drop_half_block() {
    const std::size_t whole = std::min(old_side_.launches.size(), new_side_.launches.size());
    old_side_.launches.resize(whole);
    new_side_.launches.resize(whole);
  }

  [[nodiscard]] bool is_explained() const {
    const auto change = profile::change_of(old_side_, new_side_, sides_.by, kEarlyRate);
    return change.operation.p <= kEarlyRate && change.explained >= kEnoughExplained;
  }

 private:
  SampledLaunches& sampled_;
  const SampledSides& sides_;
  profile::CpuProfile &old_side_, &new_side_;
  Batching batching_{};
  std::mt19937_64 bits_{std::random_device{}()};
};

}  // namespace

Result<void> sample_blocks(const Session& session, run::Launcher& launcher,
                           const run::Interrupt& interrupt, const SampledSides& sides,
                           profile::CpuProfile& old_side, profile::CpuProfile& new_side) {
  PB_TRY(auto sampled, SampledLaunches::make(
                           launcher, {.cpus = sides.cpus,
                                      .launch_seconds = kBlockSeconds,
                                      .rate = sides.rate,
                                      .by_timer = chooses_timer(session, sides.by_timer, sides.rate,
                                                                sides.new_source)}));
  BlockSampling sampling{sampled, sides, old_side, new_side};
  PB_CHECK(sampling.calibrate());
  const auto start = std::chrono::steady_clock::now();
  const auto progress = session.progress("seconds");
  std::size_t next_look = kFirstLook;
  for (int number = 0; interrupt.signal() == 0; ++number) {
    const double passed = os::seconds_since(start);
    if (number >= kLeastBlocks && passed >= sides.seconds) break;
    progress({static_cast<std::size_t>(passed), static_cast<std::size_t>(sides.seconds),
              sides.id.text()});
    auto added = sampling.add_block(number);
    if (interrupt.signal() != 0) break;
    if (!added) return tl::unexpected{std::move(added).error()};
    if (new_side.launches.size() != next_look) continue;
    if (sampling.is_explained()) break;
    next_look *= 2;
  }
  sampling.drop_half_block();
  return {};
}

}  // namespace pulsebench::session
