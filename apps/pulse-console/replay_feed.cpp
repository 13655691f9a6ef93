#include <algorithm>
#include <chrono>
#include <utility>

#include "feed.hpp"
#include "messages.hpp"
#include "pulsebench/os/file_io.hpp"

namespace pulsebench::console {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

class ReplayFeed final : public Feed {
 public:
  ReplayFeed(std::string text, bool at_once) : text_(std::move(text)), at_once_(at_once) {}

  Result<std::optional<std::string>> next() override {
    if (is_over()) return std::nullopt;
    const auto end = std::min(text_.find('\n', at_), text_.size());
    std::string line = text_.substr(at_, end - at_);
    if (!is_due(line)) return std::nullopt;
    at_ = end + 1;
    return line;
  }

  bool is_over() const override { return at_ >= text_.size(); }

  int wait_ms() const override {
    if (is_over()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_ - steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 10'000));
  }

 private:
  /// A line is due when so much time has passed since the first one as it did then. Other lines,
  /// and those that are not understood, are due at once.
  bool is_due(const std::string& line) {
    if (at_once_) return true;
    if (at_ != decoded_) {
      decoded_ = at_;
      due_ = steady_clock::now();
      const auto message = decode(line);
      const auto* const update = message ? std::get_if<Update>(&*message) : nullptr;
      if (update != nullptr) {
        if (!origin_) origin_ = due_ - update->watched;
        due_ = *origin_ + update->watched;
      }
    }
    return steady_clock::now() >= due_;
  }

  const std::string text_;
  const bool at_once_;
  std::size_t at_ = 0;                       ///< where the next line begins
  std::size_t decoded_ = std::string::npos;  ///< the line of which `due_` is known
  std::optional<steady_clock::time_point> origin_;
  steady_clock::time_point due_;
};

}  // namespace

Result<std::unique_ptr<Feed>> replay(const std::string& file, bool at_once) {
  auto text = os::read_file(file);
  if (!text) return Failure{text.error()};
  return std::make_unique<ReplayFeed>(std::move(*text), at_once);
}

}  // namespace pulsebench::console
