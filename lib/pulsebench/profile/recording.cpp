#include "pulsebench/profile/recording.hpp"

#include <cstring>
#include <string_view>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::profile {
namespace {

template <class T>
T read_at(const std::string& content, std::size_t at) {
  T value{};
  std::memcpy(&value, content.data() + at, sizeof value);
  return value;
}

/// Whether the samples fill their part of the file, as a suite that ended early would not.
bool are_whole(const std::string& content, std::size_t begin, std::size_t end) {
  while (end - begin >= sizeof(wire::SampleHead)) {
    const auto bytes = read_at<wire::SampleHead>(content, begin).stack_bytes;
    begin += sizeof(wire::SampleHead);
    if (bytes > end - begin) return false;
    begin += bytes;
  }
  return begin == end;
}

}  // namespace

Result<Recording> Recording::read(const std::filesystem::path& file) {
  Recording recording;
  PB_TRY(recording.content_, os::read_file(file));
  const std::string& content = recording.content_;
  const auto torn = [] { return fail(ErrorCode::child_failed, "the samples are not whole"); };
  if (content.size() < sizeof(wire::SampleRecordingHead)) return torn();
  const auto head = read_at<wire::SampleRecordingHead>(content, 0);
  const std::size_t left = content.size() - sizeof head;
  if (head.magic != wire::kSamplesMagic || head.samples_bytes > left ||
      head.maps_bytes != left - head.samples_bytes) {
    return torn();
  }
  recording.samples_begin_ = sizeof head;
  recording.samples_end_ = sizeof head + head.samples_bytes;
  if (!are_whole(content, recording.samples_begin_, recording.samples_end_)) return torn();
  recording.batch_ = head.batch;
  recording.modules_ = ModuleMap::parse(std::string_view{content}.substr(recording.samples_end_));
  return recording;
}

Recording Recording::of(std::string samples, ModuleMap modules) {
  Recording recording;
  recording.samples_end_ = samples.size();
  recording.content_ = std::move(samples);
  recording.modules_ = std::move(modules);
  return recording;
}

void Recording::each(const std::function<void(const ThreadState&)>& on_sample) const {
  for (std::size_t at = samples_begin_; at < samples_end_;) {
    const auto head = read_at<wire::SampleHead>(content_, at);
    at += sizeof head;
    on_sample({.registers = head.registers,
               .stack_start = head.registers[kStackPointer],
               .stack = {content_.data() + at, head.stack_bytes}});
    at += head.stack_bytes;
  }
}

}  // namespace pulsebench::profile
