#include "pulsebench/baseline/json_reader.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::baseline {
namespace {

/// A ratio of two numbers that are zero or beyond it, and below 1e18, is finite.
constexpr double kTiny = 1e-200;

}  // namespace

std::string JsonReader::path() const {
  std::string text;
  for (const auto& part : path_) {
    if (const auto* index = std::get_if<std::size_t>(&part)) {
      text += fmt::format("[{}]", *index);
    } else {
      text += (text.empty() ? "" : ".") + printable(std::get<std::string_view>(part), 60);
    }
  }
  return text;
}

std::string JsonReader::quoted(std::string_view text) {
  return fmt::format("\"{}\"", printable(text, 40));
}

bool JsonReader::refuse(const std::string& fact) {
  if (!message_) {
    message_ = path_.empty() ? fmt::format("{}: {}", printable(file_name_), fact)
                             : fmt::format("{}: '{}' {}", printable(file_name_), path(), fact);
  }
  return false;
}

bool JsonReader::refuse_missing(std::string_view key) {
  path_.emplace_back(key);
  return refuse("is missing");
}

bool JsonReader::refuse_torn() {
  const std::string place = path();
  path_.clear();
  return refuse(place.empty() ? "torn or not JSON"
                              : fmt::format("torn: its JSON breaks off in '{}'", place));
}

bool JsonReader::refuse_type(simdjson::error_code error, const char* allowed) {
  if (error == simdjson::INCORRECT_TYPE || error == simdjson::NUMBER_ERROR ||
      error == simdjson::NUMBER_OUT_OF_RANGE || error == simdjson::N_ATOM_ERROR ||
      error == simdjson::T_ATOM_ERROR || error == simdjson::F_ATOM_ERROR) {
    return refuse(fmt::format("must be {}", allowed));
  }
  return refuse_torn();
}

bool JsonReader::check_keys(std::size_t first) {
  const auto keys = std::span{keys_}.subspan(first);
  std::ranges::sort(keys);
  const auto twice = std::ranges::adjacent_find(keys);
  const std::string key{twice == keys.end() ? "" : *twice};
  const bool once = twice == keys.end();
  keys_.resize(first);
  return once || refuse(fmt::format("has the key '{}' twice", printable(key, 60)));
}

bool JsonReader::read(Value value, double& target, Bounds bounds) {
  double number = 0.0;
  if (const auto error = value.get_double().get(number)) return refuse_type(error, "a number");
  const bool is_tiny = number != 0.0 && std::abs(number) < kTiny;
  if (!(number >= bounds.low && number <= bounds.high) || is_tiny) {
    return refuse(json::must_be_number(bounds, fmt::to_string(number)));
  }
  target = number;
  return true;
}

bool JsonReader::read(Value value, int& target, Bounds bounds) {
  std::int64_t number = 0;
  if (const auto error = value.get_int64().get(number)) {
    return refuse_type(error, "a whole number");
  }
  if (!(static_cast<double>(number) >= bounds.low && static_cast<double>(number) <= bounds.high)) {
    return refuse(json::must_be_whole(bounds, fmt::to_string(number)));
  }
  target = static_cast<int>(number);
  return true;
}

bool JsonReader::read(Value value, std::uint64_t& target) {
  if (const auto error = value.get_uint64().get(target)) {
    return refuse_type(error, "a whole number that is not negative");
  }
  return true;
}

bool JsonReader::read(Value value, bool& target) {
  if (const auto error = value.get_bool().get(target)) return refuse_type(error, "true or false");
  return true;
}

bool JsonReader::read(Value value, std::string& target) {
  std::string_view text;
  if (const auto error = value.get_string().get(text)) return refuse_type(error, "a text");
  target = text;
  return true;
}

bool JsonReader::read(Value value, std::vector<std::string>& texts) {
  texts.clear();
  return read_list(value, [&](Value item) { return read(item, texts.emplace_back()); });
}

bool JsonReader::read(Value value, NamedFacts& facts) {
  facts.clear();
  return read_object(value, [&](std::string_view key, Value fact) {
    return read(fact, facts.emplace_back(key, std::string{}).second);
  });
}

}  // namespace pulsebench::baseline
