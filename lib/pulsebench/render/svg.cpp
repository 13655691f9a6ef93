#include "pulsebench/render/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "pulsebench/render/receiver_text.hpp"

namespace pulsebench::render {

std::string escaped_html(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (c == '\'') {
      result += "&#39;";
    } else {
      append_markup(c, result);
    }
  }
  return result;
}

Scale::Scale(double low, double high, int from, int to)
    : low_(low), high_(high), from_(from), to_(to) {
  if (high_ > low_) return;
  const double half = low_ == 0.0 ? 1.0 : 0.01 * std::abs(low_);
  low_ -= half;
  high_ += half;
}

int Scale::operator()(double value) const {
  const double part = (std::clamp(value, low_, high_) - low_) / (high_ - low_);
  return from_ + static_cast<int>(std::lround(part * (to_ - from_)));
}

std::string Ticks::label(double value) const { return fmt::format("{:.{}f}", value, decimals); }

Ticks ticks_between(double low, double high, int most) {
  Ticks ticks;
  if (!(high > low)) return ticks;
  const double least_step = (high - low) / most;
  const double power = std::pow(10.0, std::floor(std::log10(least_step)));
  double step = 10.0 * power;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (factor * power >= least_step) step = factor * power;
  }
  ticks.decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) {
    ticks.values.push_back(i == 0.0 ? 0.0 : i * step);
  }
  return ticks;
}

/// "3 4", "3-4": a minus sign parts two numbers.
void PathData::go_to(char command, int x, int y) {
  const int right = x - x_, down = y - y_;
  if (command != '\0') {
    data_ += command;
  } else if (right >= 0) {
    data_ += ' ';
  }
  fmt::format_to(std::back_inserter(data_), "{}{}{}", right, down < 0 ? "" : " ", down);
  x_ = x;
  y_ = y;
}

void PathData::dot(int x, int y) {
  go_to('m', x, y);
  data_ += "h0";
  in_line_ = false;
}

void PathData::horizontal(int x1, int x2, int y) {
  fmt::format_to(std::back_inserter(data_), "M{} {}H{}", x1, y, x2);
  x_ = x2;
  y_ = y;
  in_line_ = false;
}

void PathData::vertical(int x, int y1, int y2) {
  fmt::format_to(std::back_inserter(data_), "M{} {}V{}", x, y1, y2);
  x_ = x;
  y_ = y2;
  in_line_ = false;
}

void PathData::move(int x, int y) {
  go_to('m', x, y);
  in_line_ = false;
}

void PathData::line_to(int x, int y) {
  go_to(in_line_ ? '\0' : 'l', x, y);
  in_line_ = true;
}

std::string PathData::element(std::string_view css_class) const {
  return data_.empty() ? "" : fmt::format(R"(<path class="{}" d="{}"/>)", css_class, data_);
}

void Labels::add(Anchor anchor, int x, int y, std::string_view text) {
  texts_[static_cast<std::size_t>(anchor)] +=
      fmt::format(R"(<text x="{}" y="{}">{}</text>)", x, y, escaped_html(text));
}

std::string Labels::elements() const {
  constexpr std::array kAnchors{"", "middle", "end"};
  std::string html = texts_[0];
  for (std::size_t i = 1; i < texts_.size(); ++i) {
    if (texts_[i].empty()) continue;
    html += fmt::format(R"(<g text-anchor="{}">{}</g>)", kAnchors[i], texts_[i]);
  }
  return html;
}

std::string lines(const std::string& paths) {
  return R"(<g fill="none" stroke="currentColor">)" + paths + "</g>";
}

std::string svg(int height, const std::string& paths, const Labels& labels, int width) {
  return fmt::format(R"(<svg{} viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>)",
                     width > kFigureWidth ? R"( class="wide")" : "", width, height, lines(paths),
                     labels.elements());
}

}  // namespace pulsebench::render
