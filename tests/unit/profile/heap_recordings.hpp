#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "pulsebench/profile/heap_events.hpp"

namespace pulsebench::profile {

/// Writes recordings as a suite does, without stacks.
class RecordingWriter {
 public:
  explicit RecordingWriter(std::uint64_t operations) : operations_(operations) {}

  RecordingWriter& allocated(std::uint64_t block, std::uint64_t size, std::uint32_t operation) {
    return add({.block = block,
                .size = size,
                .operation = operation,
                .kind = wire::HeapEventKind::allocated_elsewhere});
  }
  RecordingWriter& freed(std::uint64_t block, std::uint32_t operation) {
    return add({.block = block, .operation = operation});
  }
  RecordingWriter& add(const wire::HeapEventHead& event) {
    events_.append(reinterpret_cast<const char*>(&event), sizeof event);
    return *this;
  }

  [[nodiscard]] std::string bytes() const {
    const std::string maps = "7f0000000000-7f0000001000 r-xp 00000000 08:01 1 /bin/x\n";
    const wire::HeapRecordingHead head{
        .operations = operations_, .maps_bytes = maps.size(), .events_bytes = events_.size()};
    return std::string{reinterpret_cast<const char*>(&head), sizeof head} + maps + events_;
  }
  [[nodiscard]] HeapRecording recording() const { return *read_heap_recording(bytes()); }

 private:
  std::uint64_t operations_;
  std::string events_;
};

}  // namespace pulsebench::profile
