#include "pulse/operation.hpp"

namespace pulse {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;  // independent counts, which publish nothing

}  // namespace

void Operation::begin(PollWatch& watch, std::uint64_t since, const char* kind, Location where) {
  if (watch.operations() == nullptr) return;
  watch_ = &watch;
  counts_ = &watch.operations()->at(kind, where);
  since_ = since;
  begun_ = watch.now();
  counts_->begun.fetch_add(1, kRelaxed);
}

void Operation::finish(bool is_ended) noexcept {
  const PollWatch& watch = *std::exchange(watch_, nullptr);
  // That of an earlier watch was forgotten.
  if (watch.since() != since_) return;
  if (!is_ended) {
    counts_->given_up.fetch_add(1, kRelaxed);
    return;
  }
  const std::uint64_t now = watch.now();
  const std::uint64_t time = now > begun_ ? now - begun_ : 0;  // another CPU's clock may be behind
  counts_->total.fetch_add(time, kRelaxed);
  std::uint64_t longest = counts_->longest.load(kRelaxed);
  while (longest < time && !counts_->longest.compare_exchange_weak(longest, time, kRelaxed)) {
  }
  counts_->ended.fetch_add(1, kRelaxed);
}

OperationSnapshot Operation::snapshot_of(const PollWatch& watch,
                                         const PlaceTable<OperationCounts>::Entry& entry) noexcept {
  const OperationCounts& counts = entry.counts;
  OperationSnapshot now{entry.kind, entry.where};
  now.ended = counts.ended.load(kRelaxed);
  const std::uint64_t over = now.ended + counts.given_up.load(kRelaxed);
  const std::uint64_t begun = counts.begun.load(kRelaxed);
  now.waiting = begun > over ? begun - over : 0;  // one may end between the loads
  now.total = watch.time_of(counts.total.load(kRelaxed));
  now.longest = watch.time_of(counts.longest.load(kRelaxed));
  return now;
}

}  // namespace pulse
