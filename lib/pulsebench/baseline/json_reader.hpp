#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <simdjson.h>

#include "pulsebench/baseline/field_names.hpp"
#include "pulsebench/json/wording.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// A field of an object: its key, what it is read into, and for numbers what it may be.
template <class T>
struct Field {
  std::string_view key;
  T& target;
  Bounds bounds;
};

template <class T>
[[nodiscard]] Field<T> field(std::string_view key, T& target, Bounds bounds = kCount) {
  return {key, target, bounds};
}

/// Reads typed values of one JSON text, in the order in which they come, and keeps the first thing
/// that is wrong with them together with its place. Every function says whether it succeeded; after
/// a failure the caller returns at once, all the way up. The verbs and sentences are those of
/// `json::Reader`; this one is for documents of many megabytes.
class JsonReader {
 public:
  using Value = simdjson::ondemand::value;

  explicit JsonReader(std::string_view file_name) : file_name_(file_name) {}

  /// Notes `fact` about the field being read, or about the file where none is.
  bool refuse(const std::string& fact);
  bool refuse_torn();
  bool refuse_missing(std::string_view key);

  bool read(Value value, double& target, Bounds bounds);
  bool read(Value value, int& target, Bounds bounds = kCount);
  bool read(Value value, std::uint64_t& target);
  bool read(Value value, bool& target);
  bool read(Value value, std::string& target);
  template <class Enum>
  bool read_named(Value value, Enum& target);
  template <class Number>
  requires std::is_arithmetic_v<Number>
  bool read(Value value, std::vector<Number>& column, Bounds bounds);
  bool read(Value value, std::vector<std::string>& texts);
  bool read(Value value, NamedFacts& facts);
  /// Into a number or a unit that holds one.
  template <class Unit>
  bool read(Value value, std::optional<Unit>& target, Bounds bounds);

  /// Reads the known fields of an object and leaves the others.
  template <class... Targets>
  bool read_record(Value value, const Field<Targets>&... fields);

  /// Calls `on_field(key, value)` for each field of an object; it reads the fields that it knows
  /// and leaves the others.
  template <class OnField>
  bool read_object(Value value, OnField on_field);

  /// Calls `on_item(value)` for each item of a list.
  template <class OnItem>
  bool read_list(Value value, OnItem on_item);

  template <class OnField>
  bool read_fields(simdjson::simdjson_result<simdjson::ondemand::object>&& object,
                   OnField on_field);

  [[nodiscard]] bool failed() const { return message_.has_value(); }
  [[nodiscard]] Failure failure() const { return fail(ErrorCode::bad_input, *message_); }

 private:
  [[nodiscard]] std::string path() const;
  [[nodiscard]] static std::string quoted(std::string_view text);
  bool refuse_type(simdjson::error_code error, const char* allowed);
  /// Refuses a key that comes twice among those from `first` on, and forgets them.
  bool check_keys(std::size_t first);

  std::string file_name_;
  std::vector<std::variant<std::string_view, std::size_t>> path_;  ///< outermost first
  std::vector<std::string_view> keys_;  ///< of the objects being read, outermost first
  /// Of the list being read, so that what it is read into has the memory for it and no more.
  std::tuple<std::vector<int>, std::vector<double>, std::vector<std::uint64_t>> items_;
  std::optional<std::string> message_;
};

template <class OnField>
bool JsonReader::read_fields(simdjson::simdjson_result<simdjson::ondemand::object>&& object,
                             OnField on_field) {
  simdjson::ondemand::object fields;
  const std::size_t above = keys_.size();
  // NOLINTNEXTLINE(performance-move-const-arg): get() can be called on an rvalue only
  if (const auto error = std::move(object).get(fields)) return refuse_type(error, "an object");
  for (auto field : fields) {
    std::string_view key;
    Value value;
    if (field.unescaped_key().get(key) || field.value().get(value)) return refuse_torn();
    path_.emplace_back(key);
    keys_.push_back(key);
    if (!on_field(key, value)) return false;
    path_.pop_back();
  }
  return check_keys(above);
}

template <class Enum>
bool JsonReader::read_named(Value value, Enum& target) {
  std::string text;
  if (!read(value, text)) return false;
  const auto named = value_named<Enum>(text);
  if (named) target = *named;
  return named || refuse(json::must_be_one_of(names_of<Enum>(), quoted(text)));
}

template <class Number>
requires std::is_arithmetic_v<Number>
bool JsonReader::read(Value value, std::vector<Number>& column, Bounds bounds) {
  auto& items = std::get<std::vector<Number>>(items_);
  items.clear();
  if (!read_list(value, [&](Value item) { return read(item, items.emplace_back(), bounds); })) {
    return false;
  }
  column.assign(items.begin(), items.end());
  return true;
}

template <class Unit>
bool JsonReader::read(Value value, std::optional<Unit>& target, Bounds bounds) {
  double number = 0.0;
  if (!read(value, number, bounds)) return false;
  target = Unit{number};
  return true;
}

template <class... Targets>
bool JsonReader::read_record(Value value, const Field<Targets>&... fields) {
  return read_object(value, [&](std::string_view key, Value item) {
    bool good = true;
    const auto take = [&](const auto& field) {
      if constexpr (requires { read(item, field.target, field.bounds); }) {
        good = read(item, field.target, field.bounds);
      } else {
        good = read(item, field.target);
      }
      return true;
    };
    static_cast<void>(((key == fields.key && take(fields)) || ...));
    return good;
  });
}

template <class OnField>
bool JsonReader::read_object(Value value, OnField on_field) {
  return read_fields(value.get_object(), on_field);
}

template <class OnItem>
bool JsonReader::read_list(Value value, OnItem on_item) {
  simdjson::ondemand::array items;
  if (const auto error = value.get_array().get(items)) return refuse_type(error, "a list");
  path_.emplace_back(std::size_t{0});
  for (auto item : items) {
    Value element;
    if (item.get(element)) return refuse_torn();
    if (!on_item(element)) return false;
    ++std::get<std::size_t>(path_.back());
  }
  path_.pop_back();
  return true;
}

}  // namespace pulsebench::baseline
