#include "pulsebench/render/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::render {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr int kBarColumns = 24;
constexpr auto kRedrawAtMostEvery = 100ms;
constexpr std::string_view kToLineStart = "\r";
constexpr std::string_view kEraseToLineEnd = "\x1b[K";  // ECMA-48, EL

double share_of(const ProgressState& state) {
  if (state.share) return std::clamp(*state.share, 0.0, 1.0);
  if (state.total <= 0) return 0.0;
  return std::clamp(static_cast<double>(state.done) / state.total, 0.0, 1.0);
}

std::string bar(double share, int columns, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  const int full = static_cast<int>(share * columns);
  std::string done, rest;
  for (int i = 0; i < full; ++i) done += glyph.bar_full;
  for (int i = full; i < columns; ++i) rest += glyph.bar_empty;
  return painted(done, Tone::good, style) + painted(rest, Tone::quiet, style);
}

std::string time_left(const ProgressState& state) {
  if (!state.remaining) return "";
  const auto seconds = std::max<std::int64_t>(1, state.remaining->count());
  if (seconds < 60) return fmt::format("{} s left", seconds);
  return format_duration(static_cast<double>(seconds)) + " left";
}

}  // namespace

std::string render(const ProgressState& state, const Style& style) {
  const int share = static_cast<int>(100.0 * share_of(state));
  std::string figures = fmt::format(" {:3} %  {}/{}", share, state.done, state.total);
  if (const std::string left = time_left(state); !left.empty()) figures += "  " + left;
  if (!state.known.empty()) figures += "  " + state.known;
  const int beside_bar = style.width - 1 - display_width(figures);
  if (beside_bar < 0) return cut_end(figures, std::max(style.width - 1, 0), "");
  const int bar_columns = std::clamp(beside_bar, 0, kBarColumns);
  const int room = std::max(beside_bar - bar_columns - 2, 0);
  std::string name = cut_middle(printable(state.current), room, glyphs(style).ellipsis);
  if (!name.empty()) name = "  " + painted(name, Tone::quiet, style);
  return bar(share_of(state), bar_columns, style) + figures + name;
}

std::string render_plain(const ProgressState& state) {
  const int share = static_cast<int>(100.0 * share_of(state));
  std::string line = fmt::format("{:3} %  {} of {} {}", share, state.done, state.total, state.unit);
  if (const std::string left = time_left(state); !left.empty()) line += ", about " + left;
  return state.known.empty() ? line : line + "; " + state.known;
}

Progress::Progress(const Style& style, bool is_terminal, Clock clock, Write write)
    : style_(style),
      is_terminal_(is_terminal),
      clock_(std::move(clock)),
      write_(std::move(write)) {}

void Progress::update(ProgressState state) {
  const auto now = clock_();
  if (!started_) {
    started_ = now;
    share_at_start_ = share_of(state);
  }
  const double done = share_of(state) - share_at_start_;
  if (!state.remaining && done > 0.0 && share_of(state) < 1.0) {
    const auto left = (now - *started_) * ((1.0 - share_of(state)) / done);
    state.remaining = std::chrono::round<std::chrono::seconds>(left);
  }
  if (!is_terminal_) {
    const int tenths = static_cast<int>(10.0 * share_of(state));
    if (tenths <= tenths_written_) return;
    tenths_written_ = tenths;
    write_(render_plain(state) + "\n");
    return;
  }
  if (drawn_ && now - *drawn_ < kRedrawAtMostEvery && state.done < state.total) return;
  drawn_ = now;
  visible_ = true;
  std::string frame{kToLineStart};
  frame += render(state, style_);
  frame += kEraseToLineEnd;
  write_(frame);
}

void Progress::clear() {
  if (!visible_) return;
  visible_ = false;
  drawn_.reset();
  std::string frame{kToLineStart};
  write_(frame.append(kEraseToLineEnd));
}

}  // namespace pulsebench::render
