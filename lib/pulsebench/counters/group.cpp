#include "pulsebench/counters/group.hpp"

#include <utility>

namespace pulsebench::counters {

Group::Group(Group&& other) noexcept
    : system_(other.system_), descriptors_(std::exchange(other.descriptors_, {})) {}

Group::~Group() {
  // The leader last: its siblings would continue without it.
  while (!descriptors_.empty()) {
    system_->close(descriptors_.back());
    descriptors_.pop_back();
  }
}

int Group::add(perf_event_attr event) {
  const bool leads = descriptors_.empty();
  event.disabled = leads ? 1 : 0;  // a sibling runs when its leader does
  const int descriptor = system_->open(event, leads ? -1 : descriptors_.front());
  if (descriptor < 0) return -descriptor;
  descriptors_.push_back(descriptor);
  return 0;
}

std::optional<Group::Reading> Group::read() const {
  // perf_event_open(2), PERF_FORMAT_GROUP: number, time enabled, time running, values.
  std::vector<std::uint64_t> words(3 + size());
  const auto bytes = static_cast<long>(words.size() * sizeof(std::uint64_t));
  const long got = system_->read(descriptors_.front(), words.data(), words.size() * 8);
  if (got != bytes || words[0] != size()) return std::nullopt;
  return Reading{
      .enabled_ns = words[1], .running_ns = words[2], .values = {words.begin() + 3, words.end()}};
}

std::optional<double> counted(const Group::Reading& before, const Group::Reading& after,
                              std::size_t i) {
  const auto enabled = static_cast<double>(after.enabled_ns - before.enabled_ns);
  const auto running = static_cast<double>(after.running_ns - before.running_ns);
  if (running <= 0.0) return std::nullopt;
  return static_cast<double>(after.values[i] - before.values[i]) * enabled / running;
}

}  // namespace pulsebench::counters
