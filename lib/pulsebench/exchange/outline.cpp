#include "pulsebench/exchange/outline.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace pulsebench::exchange {
namespace {

constexpr std::size_t kDeepestKey = 5;  // objects and lists around a key: "a[].b[].c"
constexpr std::size_t kMostKeys = 1000;
constexpr std::size_t kLongestKey = 64;

/// Follows the braces, lists and strings of a text.
class OutlineScan {
 public:
  explicit OutlineScan(std::string_view text) : text_(text) {}

  std::set<std::string, std::less<>> keys() && {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      switch (text_[at]) {
        case '"':
          at = take_string(at);
          break;
        case '{':
        case '[':
          open(text_[at] == '[');
          break;
        case '}':
        case ']':
          close();
          break;
        case ',':
          if (is_followed() && around_.back().is_list) around_.back().first = false;
          break;
        default:
          break;
      }
    }
    return std::move(keys_);
  }

 private:
  struct Level {
    bool is_list = false;
    bool first = true;      ///< of a list: its first entry
    std::string path = {};  ///< of what is in it
  };

  /// Deeper levels are counted and nothing more.
  [[nodiscard]] bool is_followed() const { return !around_.empty() && deeper_ == 0; }

  void open(bool is_list) {
    const bool skipped = is_followed() && !around_.back().first;
    if (deeper_ > 0 || skipped || around_.size() == kDeepestKey) {
      ++deeper_;
      return;
    }
    const std::string above = around_.empty() ? "" : around_.back().path;
    const std::string own = around_.empty() || around_.back().is_list ? above : last_key_;
    around_.push_back({.is_list = is_list, .path = is_list ? own + "[]" : own});
  }

  void close() {
    if (deeper_ > 0) {
      --deeper_;
    } else if (!around_.empty()) {
      around_.pop_back();
    }
  }

  /// Returns where the string ends, and notes it where it is a key.
  std::size_t take_string(std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    end = std::min(end, text_.size());
    if (!is_followed() || around_.back().is_list || keys_.size() >= kMostKeys) return end;
    const std::size_t next = text_.find_first_not_of(" \t\r\n", end + 1);
    if (next == std::string_view::npos || text_[next] != ':') return end;
    const std::string& above = around_.back().path;
    last_key_ = above + (above.empty() ? "" : ".");
    last_key_ += text_.substr(begin + 1, std::min(end - begin - 1, kLongestKey));
    keys_.insert(last_key_);
    return end;
  }

  std::string_view text_;
  std::vector<Level> around_;
  std::size_t deeper_ = 0;
  std::string last_key_;
  std::set<std::string, std::less<>> keys_;
};

}  // namespace

Outline outline_of(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  const bool is_json =
      begin != std::string_view::npos && (text[begin] == '{' || text[begin] == '[');
  Outline outline{.text = text};
  if (is_json) outline.keys = OutlineScan{text}.keys();
  return outline;
}

}  // namespace pulsebench::exchange
