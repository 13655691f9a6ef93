#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::wire {

/// Reads the fields of one JSON object and remembers the first that is missing or wrong, so that a
/// decoder is a list of fields with one check at its end.
class Fields {
 public:
  explicit Fields(const nlohmann::json& object) : object_(object) {
    if (!object.is_object()) wrong("", "is not an object");
  }

  /// Whether there is a field of that name, for one that may be absent.
  [[nodiscard]] bool has(const char* key) const {
    return object_.is_object() && object_.contains(key);
  }

  [[nodiscard]] std::string text(const char* key, std::size_t max_bytes = 4096) {
    const auto* value = find(key);
    if (value == nullptr) return {};
    if (!value->is_string()) return wrong(key, "is not a string"), std::string{};
    const auto& text = value->get_ref<const std::string&>();
    if (text.size() > max_bytes) return wrong(key, "is too long"), std::string{};
    return text;
  }

  [[nodiscard]] bool flag(const char* key) {
    const auto* value = find(key);
    if (value == nullptr) return false;
    if (!value->is_boolean()) return wrong(key, "is not true or false"), false;
    return value->get<bool>();
  }

  [[nodiscard]] std::uint64_t whole(const char* key, std::uint64_t low, std::uint64_t high) {
    const auto* value = find(key);
    if (value == nullptr) return low;
    if (!value->is_number_unsigned()) return wrong(key, "is not a whole number"), low;
    const auto number = value->get<std::uint64_t>();
    if (number < low || number > high) return wrong(key, "is out of range"), low;
    return number;
  }

  [[nodiscard]] int small(const char* key, int low, int high) {
    return static_cast<int>(
        whole(key, static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high)));
  }

  [[nodiscard]] double real(const char* key, double low, double high) {
    const auto* value = find(key);
    return value == nullptr ? low : checked(key, *value, low, high);
  }

  [[nodiscard]] std::vector<double> reals(const char* key, double low, double high) {
    std::vector<double> numbers;
    for (const auto& element : array(key)) numbers.push_back(checked(key, element, low, high));
    return numbers;
  }

  /// The array at `key`, or an empty one.
  [[nodiscard]] const nlohmann::json& array(const char* key, std::size_t max_size = 1'000'000) {
    static const nlohmann::json kEmpty = nlohmann::json::array();
    const auto* value = find(key);
    if (value == nullptr) return kEmpty;
    if (!value->is_array()) return wrong(key, "is not an array"), kEmpty;
    if (value->size() > max_size) return wrong(key, "is too long"), kEmpty;
    return *value;
  }

  /// Whole numbers at `key`, which may be absent.
  [[nodiscard]] std::vector<std::uint64_t> optional_wholes(const char* key, std::size_t max_size,
                                                           std::uint64_t high) {
    std::vector<std::uint64_t> numbers;
    if (!has(key)) return numbers;
    for (const auto& element : array(key, max_size)) {
      const bool whole = element.is_number_unsigned() && element.get<std::uint64_t>() <= high;
      if (!whole) return wrong(key, "is not a list of whole numbers in range"), numbers;
      numbers.push_back(element.get<std::uint64_t>());
    }
    return numbers;
  }

  void wrong(const std::string& key, const std::string& fact) {
    if (error_.empty()) error_ = key.empty() ? fact : "'" + key + "' " + fact;
  }

  /// Empty where every field read so far was there and right.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  const nlohmann::json* find(const char* key) {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) return wrong(key, "is missing"), nullptr;
    return &*found;
  }

  double checked(const char* key, const nlohmann::json& value, double low, double high) {
    if (!value.is_number()) return wrong(key, "is not a number"), low;
    const double number = value.get<double>();
    if (!std::isfinite(number)) return wrong(key, "is not finite"), low;
    if (number < low) return wrong(key, number < 0 ? "is negative" : "is too small"), low;
    if (number > high) return wrong(key, "is larger than any clock can measure"), low;
    return number;
  }

  const nlohmann::json& object_;
  std::string error_;
};

}  // namespace pulsebench::wire
