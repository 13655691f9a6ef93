#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulsebench::wire {

/// Cuts a byte stream into lines. A peer that sends no newline for `max_line` bytes floods.
class LineBuffer {
 public:
  explicit LineBuffer(std::size_t max_line = std::size_t{16} << 20U) : max_line_(max_line) {}

  void append(std::string_view bytes) {
    if (taken_ > 0) buffer_.erase(0, taken_);
    taken_ = 0;
    buffer_ += bytes;
  }

  /// The next whole line without its newline, or nothing yet.
  [[nodiscard]] std::optional<std::string> next() {
    const auto end = buffer_.find('\n', taken_);
    if (end == std::string::npos) return std::nullopt;
    std::string line = buffer_.substr(taken_, end - taken_);
    taken_ = end + 1;
    return line;
  }

  /// Call after `next()` returned nothing.
  [[nodiscard]] bool flooded() const { return buffer_.size() - taken_ > max_line_; }

 private:
  std::size_t max_line_;
  std::string buffer_;
  std::size_t taken_ = 0;
};

}  // namespace pulsebench::wire
