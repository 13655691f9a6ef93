#include "pulse/operation.hpp"

namespace pulse {
namespace {

constexpr auto kIndependent = std::memory_order_relaxed;  // counts, which publish nothing

}  // namespace

void Operation::begin(PollWatch& watch, std::uint64_t since, const char* kind, Location where) {
  if (watch.operations() == nullptr) return;
  watch_ = &watch;
  counts_ = &watch.operations()->at(kind, where);
  since_ = since;
  begun_ = watch.now();
  counts_->begun.fetch_add(1, kIndependent);
}

void Operation::finish(bool is_ended) noexcept {
  const PollWatch& watch = *std::exchange(watch_, nullptr);
  // That of an earlier watch was forgotten.
  if (watch.since() != since_) return;
  if (!is_ended) {
    counts_->given_up.fetch_add(1, kIndependent);
    return;
  }
  const std::uint64_t now = watch.now();
  const std::uint64_t time = now > begun_ ? now - begun_ : 0;  // another CPU's clock may be behind
  counts_->total.fetch_add(time, kIndependent);
  std::uint64_t longest = counts_->longest.load(kIndependent);
  while (longest < time && !counts_->longest.compare_exchange_weak(longest, time, kIndependent)) {
  }
  counts_->ended.fetch_add(1, kIndependent);
}

OperationSnapshot Operation::snapshot_of(const PollWatch& watch,
                                         const PlaceTable<OperationCounts>::Entry& entry) noexcept {
  const OperationCounts& counts = entry.counts;
  OperationSnapshot now{entry.kind, entry.where};
  now.ended = counts.ended.load(kIndependent);
  const std::uint64_t over = now.ended + counts.given_up.load(kIndependent);
  const std::uint64_t begun = counts.begun.load(kIndependent);
  now.waiting = begun > over ? begun - over : 0;  // one may end between the loads
  now.total = watch.time_of(counts.total.load(kIndependent));
  now.longest = watch.time_of(counts.longest.load(kIndependent));
  return now;
}

}  // namespace pulse
