#include "pulsebench/render/display_width.hpp"

#include <utf8proc.h>

#include <cstddef>

namespace pulsebench::render {
namespace {

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
