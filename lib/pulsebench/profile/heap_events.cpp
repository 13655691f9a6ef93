#include "pulsebench/profile/heap_events.hpp"

#include <cstring>
#include <unordered_map>

namespace pulsebench::profile {
namespace {

Failure broken_recording(const char* what) {
  return fail(ErrorCode::child_failed, std::string{"the suite's recording of its heap "} + what);
}

template <class Number>
Number read_at(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

bool is_whole(const wire::HeapEventHead& head) {
  const bool with_stack = head.kind == wire::HeapEventKind::allocated;
  return head.kind <= wire::HeapEventKind::allocated_elsewhere &&
         head.stack_bytes <= wire::kMaxHeapStack && head.stack_bytes % 8 == 0 &&
         (with_stack || head.stack_bytes == 0);
}

}  // namespace

wire::HeapRegisters HeapRecording::registers_of(const HeapEvent& event) const {
  return read_at<wire::HeapRegisters>(bytes, event.stack_at);
}

std::string_view HeapRecording::stack_of(const HeapEvent& event) const {
  return std::string_view{bytes}.substr(event.stack_at + sizeof(wire::HeapRegisters),
                                        event.head.stack_bytes);
}

Result<HeapRecording> read_heap_recording(std::string bytes) {
  HeapRecording recording;
  recording.bytes = std::move(bytes);
  const std::string_view all = recording.bytes;
  if (all.size() < sizeof(wire::HeapRecordingHead)) return broken_recording("is cut");
  const auto head = read_at<wire::HeapRecordingHead>(all, 0);
  if (head.magic != wire::kHeapMagic) return broken_recording("is of another format");
  if (head.operations == 0 || head.operations > wire::kMaxHeapOperations) {
    return broken_recording("has an impossible number of operations");
  }
  std::size_t at = sizeof head;
  if (head.maps_bytes > all.size() - at) return broken_recording("is cut");
  recording.maps = all.substr(at, head.maps_bytes);
  at += head.maps_bytes;
  if (head.events_bytes != all.size() - at) return broken_recording("is cut");
  recording.operations = head.operations;
  recording.frees_lost = head.frees_lost;
  while (at < all.size()) {
    if (all.size() - at < sizeof(wire::HeapEventHead)) return broken_recording("is cut");
    HeapEvent event{.head = read_at<wire::HeapEventHead>(all, at)};
    at += sizeof(wire::HeapEventHead);
    if (!is_whole(event.head)) return broken_recording("has an impossible event");
    if (event.head.kind == wire::HeapEventKind::allocated) {
      event.stack_at = at;
      const std::size_t follows = sizeof(wire::HeapRegisters) + event.head.stack_bytes;
      if (all.size() - at < follows) return broken_recording("is cut");
      at += follows;
    }
    recording.events.push_back(event);
  }
  return recording;
}

std::vector<HeapBlock> blocks_of(const HeapRecording& recording) {
  std::vector<HeapBlock> blocks;
  std::unordered_map<std::uint64_t, std::size_t> live;  // address, index of its block
  const auto& events = recording.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const wire::HeapEventHead& head = events[i].head;
    if (head.kind == wire::HeapEventKind::freed) {
      const auto found = live.find(head.block);
      if (found == live.end()) continue;  // from before the recording
      HeapBlock& block = blocks[found->second];
      block.freed_by = i;
      block.died = head.operation < recording.operations ? head.operation : wire::kAfterOperations;
      live.erase(found);
    } else if (head.operation < recording.operations) {
      live[head.block] = blocks.size();
      blocks.push_back({.size = head.size,
                        .allocated_by = i,
                        .freed_by = events.size(),
                        .born = head.operation});
    } else {
      live.erase(head.block);
    }
  }
  return blocks;
}

std::uint32_t first_counted(std::uint64_t operations) {
  return static_cast<std::uint32_t>(operations / 2);
}

}  // namespace pulsebench::profile
