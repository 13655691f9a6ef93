#include "pulsebench/render/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::render {

Text& Text::add(std::string_view text, Tone tone) {
  if (!text.empty()) spans.push_back(Span{printable(text, kLongestText), tone});
  return *this;
}

Text& Text::add_verbatim(std::string_view text) {
  add(text);
  if (!text.empty()) spans.back().verbatim = true;
  return *this;
}

Text& Text::append(const Text& text) {
  spans.insert(spans.end(), text.spans.begin(), text.spans.end());
  return *this;
}

int Text::width() const {
  return std::accumulate(spans.begin(), spans.end(), 0,
                         [](int sum, const Span& span) { return sum + display_width(span.text); });
}

std::string Text::plain() const {
  std::string result;
  for (const Span& span : spans) result += span.text;
  return result;
}

std::string Text::drawn(const Style& style) const {
  std::string result;
  for (const Span& span : spans) result += painted(span.text, span.tone, style);
  return result;
}

Text in_charset(const Text& text, const Style& style) {
  if (style.unicode) return text;
  Text result = text;
  for (Span& span : result.spans) span.text = in_ascii(span.text);
  return result;
}

Text cut(const Text& text, int width, const Style& style) {
  if (text.width() <= width) return text;
  const std::string_view ellipsis = glyphs(style).ellipsis;
  Text result;
  int room = width - display_width(ellipsis);
  for (const Span& span : text.spans) {
    const int columns = display_width(span.text);
    if (columns > room) {
      return result.add(cut_end(span.text, room + display_width(ellipsis), ellipsis), span.tone);
    }
    result.spans.push_back(span);
    room -= columns;
  }
  return result;
}

Text cut_name(const Text& text, int width, const Style& style) {
  if (text.width() <= width) return text;
  Text result = text;
  Span& name = result.spans.back();
  const int room = width - (text.width() - display_width(name.text));
  if (room < 1) return cut(text, width, style);
  name.text = cut_middle(name.text, room, glyphs(style).ellipsis);
  return result;
}

namespace {

/// The bytes from `begin` to `end` of `text`, counted over all its spans.
Text slice(const Text& text, std::size_t begin, std::size_t end) {
  Text result;
  std::size_t at = 0;
  for (const Span& span : text.spans) {
    const std::size_t from = std::max(begin, at), to = std::min(end, at + span.text.size());
    if (from < to) result.spans.push_back({span.text.substr(from - at, to - from), span.tone});
    at += span.text.size();
  }
  return result;
}

/// How many bytes of `line` its first line of `width` columns takes: up to the last blank that
/// fits, else as many characters as fit, else one.
std::size_t first_line(std::string_view line, int width) {
  if (display_width(line) <= width) return line.size();
  const std::size_t fitting = cut_end(line, width, "").size();
  std::size_t blank = line.substr(0, fitting + 1).find_last_of(' ');
  if (blank != std::string_view::npos && line.substr(blank + 1).starts_with('%')) {
    blank = line.substr(0, blank).find_last_of(' ');  // "5 %" stays together
  }
  if (blank != std::string_view::npos && blank > 0) return blank;
  return std::max<std::size_t>(fitting, 1);
}

struct Character {
  std::size_t bytes;
  int columns;
};

/// The first character of `text`, which is not empty.
Character first_of(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return {1, 1};
  utf8proc_int32_t point = 0;
  const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (bytes <= 0) return {1, 1};
  return {static_cast<std::size_t>(bytes), utf8proc_charwidth(point)};
}

/// The longest beginning of `text` that fits `width` columns, with the marks that combine with its
/// last character.
std::string_view head(std::string_view text, int width) {
  std::size_t end = 0;
  while (end < text.size()) {
    const Character next = first_of(text.substr(end));
    if (next.columns > width) break;
    width -= next.columns;
    end += next.bytes;
  }
  return text.substr(0, end);
}

/// The longest end of `text` that fits `width` columns and begins with a character of its own.
std::string_view tail(std::string_view text, int width) {
  int excess = display_width(text) - width;
  while (!text.empty()) {
    const Character next = first_of(text);
    if (excess <= 0 && next.columns > 0) break;
    excess -= next.columns;
    text.remove_prefix(next.bytes);
  }
  return text;
}

}  // namespace

std::vector<Text> wrapped(const Text& text, int width) {
  const std::string flat = text.plain();
  std::vector<Text> lines;
  std::size_t at = 0;
  do {
    const std::size_t bytes = first_line(std::string_view{flat}.substr(at), width);
    lines.push_back(slice(text, at, at + bytes));
    at = std::min(flat.find_first_not_of(' ', at + bytes), flat.size());
  } while (at < flat.size());
  return lines;
}

std::string hanging(const Text& mark, const Text& text, const Style& style) {
  const int indent = mark.width() + 1;
  std::string result = mark.drawn(style) + " ";
  bool first = true;
  for (const Text& line : wrapped(text, style.width - indent)) {
    if (!first) result += std::string(static_cast<std::size_t>(indent), ' ');
    result += line.drawn(style) + "\n";
    first = false;
  }
  return result;
}

std::string flowed(const std::vector<Text>& items, const Text& separator, const Style& style) {
  std::vector<Text> lines;
  for (const Text& item : items) {
    if (item.empty()) continue;
    const int width = lines.empty() ? style.width : lines.back().width() + separator.width();
    if (width + item.width() <= style.width) {
      lines.back().append(separator).append(item);
      continue;
    }
    for (Text& line : wrapped(item, style.width)) lines.push_back(std::move(line));
  }
  std::string result;
  for (const Text& line : lines) result += line.drawn(style) + "\n";
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Character next = first_of(text);
    width += next.columns;
    text.remove_prefix(next.bytes);
  }
  return width;
}

std::string cut_end(std::string_view text, int width, std::string_view ellipsis) {
  if (display_width(text) <= width) return std::string{text};
  const int room = width - display_width(ellipsis);
  if (room < 0) return std::string{head(ellipsis, width)};
  return std::string{head(text, room)}.append(ellipsis);
}

std::string cut_middle(std::string_view text, int width, std::string_view ellipsis) {
  if (display_width(text) <= width) return std::string{text};
  const int room = width - display_width(ellipsis);
  if (room < 2) return cut_end(text, width, ellipsis);
  const std::string_view front = head(text, (room + 1) / 2);
  const std::string_view back = tail(text, room - display_width(front));
  return std::string{front}.append(ellipsis).append(back);
}

}  // namespace pulsebench::render
