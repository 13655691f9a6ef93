#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/wording.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::json {

/// The first thing that is wrong with a document; later ones are left to the next try.
class Problem {
 public:
  void note(std::string_view path, std::string_view fact);
  [[nodiscard]] bool noted() const { return !text_.empty(); }
  /// "'tiers.0.alpha' must be a number"; empty where nothing is wrong.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// `bad_input`: "<file>: <text>".
  [[nodiscard]] Failure in(std::string_view file_name) const;

 private:
  std::string text_;
};

/// What a text may be.
struct TextBounds {
  std::size_t least = 0, most = 4096;  ///< bytes
  bool printable = false;
};
inline constexpr TextBounds kPrintable{1, 1U << 20U, true};

/// Reads the fields of one JSON object into typed values, and notes the first that is wrong with
/// its path, so that a decoder is a list of fields with one check at its end. It is wrong too where
/// the value is no object.
///
/// `read` leaves its target as it was where the field is absent. The functions that return a value
/// take the absence of the field for a problem; what they return after a problem has no meaning.
class Reader {
 public:
  Reader(const Value& object, Problem& problem, std::string path = {});

  /// Notes a key that is not among `keys`.
  void know_only(std::initializer_list<std::string_view> keys);

  [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
  /// Returns the value at `key`, or nothing where it is absent.
  [[nodiscard]] const Value* find(const char* key) const;
  /// As above, and its absence is a problem.
  const Value* require(const char* key);
  /// Returns the object at `key`, or nothing where it is absent.
  [[nodiscard]] std::optional<Reader> child(const char* key);

  template <class Target, class Rule>
  void read(const char* key, Target& target, Rule rule) {
    if (const Value* value = find(key)) accept(key, *value, target, rule);
  }
  template <class Target>
  void read(const char* key, Target& target) {
    if (const Value* value = find(key)) accept(key, *value, target);
  }

  [[nodiscard]] double real(const char* key, double low, double high) {
    return required<double>(key, Bounds{low, high});
  }
  [[nodiscard]] std::uint64_t whole(const char* key, std::uint64_t low, std::uint64_t high) {
    return required<std::uint64_t>(key, bounds(low, high));
  }
  [[nodiscard]] int small(const char* key, int low, int high) {
    return required<int>(key, bounds(low, high));
  }
  [[nodiscard]] bool flag(const char* key) { return required<bool>(key); }
  [[nodiscard]] std::string text(const char* key, TextBounds rule = {}) {
    return required<std::string>(key, rule);
  }
  template <class Enum>
  [[nodiscard]] Enum named(const char* key) {
    return required<Enum>(key);
  }
  [[nodiscard]] std::vector<double> reals(const char* key, double low, double high) {
    return required<std::vector<double>>(key, Bounds{low, high});
  }
  [[nodiscard]] std::vector<std::uint64_t> wholes(const char* key, std::size_t most,
                                                  std::uint64_t high) {
    std::vector<std::uint64_t> numbers;
    for (const Value& item : list(key, most)) {
      accept(key, item, numbers.emplace_back(), Bounds{0.0, static_cast<double>(high)});
      if (problem_->noted()) break;
    }
    return numbers;
  }

  /// Returns the list at `key`, or an empty one after a problem.
  [[nodiscard]] const Value& list(const char* key, std::size_t most = 1'000'000);

  /// Calls `on_item` with a reader of each object in the list at `key`, up to the first problem.
  template <class OnItem>
  void each(const char* key, std::size_t most, OnItem on_item) {
    const Value& items = list(key, most);
    for (std::size_t i = 0; i < items.size() && !problem_->noted(); ++i) {
      Reader item{items[i], *problem_, path_of(key, i)};
      on_item(item);
    }
  }

  /// Notes a fact about the field at `key`.
  void note(std::string_view key, std::string_view fact) { problem_->note(path_of(key), fact); }
  [[nodiscard]] bool failed() const { return problem_->noted(); }
  [[nodiscard]] const Value& value() const { return *value_; }

 private:
  template <class Target, class... Rule>
  Target required(const char* key, Rule... rule) {
    Target target{};
    if (const Value* value = require(key)) accept(key, *value, target, rule...);
    return target;
  }
  template <class Whole>
  static Bounds bounds(Whole low, Whole high) {
    return {static_cast<double>(low), static_cast<double>(high)};
  }

  void accept(std::string_view key, const Value& value, double& target, Bounds bounds);
  void accept(std::string_view key, const Value& value, int& target, Bounds bounds);
  void accept(std::string_view key, const Value& value, std::uint64_t& target, Bounds bounds);
  void accept(std::string_view key, const Value& value, bool& target);
  void accept(std::string_view key, const Value& value, std::string& target, TextBounds rule);
  void accept(std::string_view key, const Value& value, std::vector<double>& target, Bounds bounds);
  void accept(std::string_view key, const Value& value, std::vector<std::string>& target,
              TextBounds rule);
  template <class Enum>
  void accept(std::string_view key, const Value& value, Enum& target) {
    const auto named =
        value.is_string() ? value_named<Enum>(value.get_ref<const std::string&>()) : std::nullopt;
    if (named) {
      target = *named;
    } else {
      note(key, must_be_one_of(names_of<Enum>(), shown(value)));
    }
  }

  [[nodiscard]] static std::string shown(const Value& value);
  [[nodiscard]] std::string path_of(std::string_view key) const;
  [[nodiscard]] std::string path_of(std::string_view key, std::size_t index) const;

  const Value* value_;
  Problem* problem_;
  std::string path_;
};

/// What a document says of its own format: "schema", and a version under a name of its own.
struct Format {
  std::string_view schema;
  const char* version_key;
  int newest;             ///< the newest version that can be read
  const char* otherwise;  ///< what a document of another schema is, as in "the file is no trend"
};

/// Notes where a document is of another schema than `format`, or newer.
void check_format(Reader& document, const Format& format);

/// The record that `read_fields(fields, record)` reads from a document of that format. The error is
/// the first problem that it noted.
template <class Record, class ReadFields>
[[nodiscard]] Result<Record> read_document(std::string_view text, std::string_view file_name,
                                           const Format& format, ReadFields read_fields) {
  const auto document = parse(text, file_name);
  if (!document) return Failure{document.error()};
  Problem problem;
  Reader fields{*document, problem};
  check_format(fields, format);
  Record record;
  if (!problem.noted()) read_fields(fields, record);
  if (problem.noted()) return problem.in(file_name);
  return record;
}

}  // namespace pulsebench::json
