#include "pulsebench/json/wording.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include "pulsebench/vocabulary/nearest.hpp"

namespace pulsebench::json {
namespace {

/// The shortest text that reads back as `number`, in the given format if there is one.
template <class... Format>
std::string text_of(double number, Format... format) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, format...).ptr;
  return {text.data(), end};
}

std::string whole_text_of(double number) { return text_of(number, std::chars_format::fixed); }

std::string not_but(std::string_view found) { return ", not " + std::string{found}; }

/// "a, b" or, with quotes and another last separator, "\"a\" or \"b\"".
std::string list_of(std::span<const std::string_view> words, const char* quote, const char* last) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? last : ", ";
    list += quote + std::string{words[i]} + quote;
  }
  return list;
}

}  // namespace

std::string must_be_number(Bounds bounds, std::string_view found) {
  const std::string high = text_of(bounds.high);
  if (bounds.low == kAboveZero) return "must be a positive number up to " + high + not_but(found);
  return "must be a number from " + text_of(bounds.low) + " to " + high + not_but(found);
}

std::string must_be_whole(Bounds bounds, std::string_view found) {
  return "must be a whole number from " + whole_text_of(bounds.low) + " to " +
         whole_text_of(bounds.high) + not_but(found);
}

std::string must_be_one_of(std::span<const std::string_view> names, std::string_view found) {
  return "must be " + list_of(names, "\"", " or ") + not_but(found);
}

std::string unknown_key(std::string_view key, std::span<const std::string_view> known) {
  if (const auto near = nearest(key, known)) {
    return "is not known; did you mean '" + std::string{*near} + "'";
  }
  return "is not known; known here are " + list_of(known, "", ", ");
}

}  // namespace pulsebench::json
