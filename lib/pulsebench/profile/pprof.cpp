#include "pulsebench/profile/pprof.hpp"

#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pulsebench::profile {
namespace {

/// A message of Protocol Buffers.
class Message {
 public:
  void number(std::uint32_t field, std::uint64_t value) {
    key(field, 0);
    varint(value);
  }
  void bytes(std::uint32_t field, std::string_view value) {
    key(field, 2);
    varint(value.size());
    text_ += value;
  }
  void numbers(std::uint32_t field, std::span<const std::uint64_t> values) {
    Message packed;
    for (const std::uint64_t value : values) packed.varint(value);
    bytes(field, packed.text_);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void key(std::uint32_t field, std::uint32_t type) { varint(field << 3U | type); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) text_ += static_cast<char>(value | 0x80U);
    text_ += static_cast<char>(value);
  }

  std::string text_;
};

/// Strings are numbers in the format; the first one is empty.
class StringTable {
 public:
  StringTable() { number_of(""); }
  std::uint64_t number_of(const std::string& text) {
    const auto [found, fresh] = numbers_.try_emplace(text, strings_.size());
    if (fresh) strings_.push_back(text);
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return strings_; }

 private:
  std::vector<std::string> strings_;
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

Message value_type(StringTable& strings, const char* type, const char* unit) {
  Message message;
  message.number(1, strings.number_of(type));
  message.number(2, strings.number_of(unit));
  return message;
}

/// Every frame is a location with one line of one function, all of the same number.
void add_frames(const FrameTable& frames, StringTable& strings, Message& whole) {
  std::uint64_t number = 0;
  for (const Frame& frame : frames.all()) {
    ++number;
    Message function, line, location;
    function.number(1, number);
    function.number(2, strings.number_of(frame.function));
    function.number(4, strings.number_of(frame.file));
    line.number(1, number);
    line.number(2, static_cast<std::uint64_t>(frame.line));
    location.number(1, number);
    location.bytes(4, line.text());
    whole.bytes(4, location.text());
    whole.bytes(5, function.text());
  }
}

void add_samples(const CpuProfile& profile, Message& whole) {
  std::map<FrameNumbers, std::uint64_t> stacks;
  for (const LaunchSamples& launch : profile.launches) {
    for (const auto& [stack, samples] : launch.stacks) stacks[stack] += samples;
  }
  const double picoseconds = 1000.0 * profile.cost().value;
  const auto all = static_cast<double>(profile.samples());
  for (const auto& [stack, samples] : stacks) {
    std::vector<std::uint64_t> locations;
    for (const std::uint32_t number : stack) locations.push_back(number + 1U);
    const double share = static_cast<double>(samples) / all;
    const std::uint64_t values[] = {samples,
                                    static_cast<std::uint64_t>(std::llround(share * picoseconds))};
    Message sample;
    sample.numbers(1, locations);
    sample.numbers(2, values);
    whole.bytes(2, sample.text());
  }
}

std::string gzip(const std::string& text) {
  constexpr int kGzip = 15 + 16;  // the largest window, and gzip's head
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // zlib does not write to its input.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

std::string pprof_of(const CpuProfile& profile) {
  StringTable strings;
  Message whole;
  whole.bytes(1, value_type(strings, "samples", "count").text());
  // Whole numbers of picoseconds: the format has no fractions, and knows no unit below nanoseconds.
  whole.bytes(1, value_type(strings, "picoseconds_per_operation", "count").text());
  add_samples(profile, whole);
  add_frames(profile.frames, strings, whole);
  whole.bytes(11, value_type(strings, "cpu", "nanoseconds").text());
  whole.number(12, static_cast<std::uint64_t>(profile.period_ns));
  whole.number(14, strings.number_of("samples"));
  for (const std::string& text : strings.all()) whole.bytes(6, text);
  return gzip(whole.text());
}

}  // namespace pulsebench::profile
