#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::config {

/// The first thing that is wrong with a file, as one line; later ones are left to the next try.
class Problem {
 public:
  explicit Problem(std::string_view file_name) : file_name_(file_name) {}

  void note(std::string_view path, const std::string& fact);
  [[nodiscard]] bool noted() const { return message_.has_value(); }
  [[nodiscard]] Failure failure() const { return fail(ErrorCode::bad_input, *message_); }

 private:
  std::string file_name_;
  std::optional<std::string> message_;
};

/// What a number may be, both ends included.
struct Bounds {
  double low;
  double high;
};

/// The fields of one JSON object. Noted as problems: a value that is no object, a key that is not
/// among `known`, and whatever a read finds. A field that is absent leaves its target as it was.
class Fields {
 public:
  Fields(const nlohmann::json& value, std::string path,
         std::initializer_list<std::string_view> known, Problem& problem);

  void read(const char* key, double& target, Bounds bounds);
  void read(const char* key, int& target, Bounds bounds);
  void read(const char* key, std::string& target);
  void read(const char* key, std::vector<std::string>& target);

  /// The value at `key`, or nothing where it is absent.
  [[nodiscard]] const nlohmann::json* find(const char* key) const;
  /// As above, and its absence is a problem.
  [[nodiscard]] const nlohmann::json* require(const char* key);

  [[nodiscard]] std::string path_of(std::string_view key) const;

 private:
  const nlohmann::json& value_;
  std::string path_;
  Problem& problem_;
};

/// The JSON document in `text`. `bad_input`, with line and column, where it is none, where an
/// object has a key twice, or where it nests beyond 32 levels.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text, std::string_view file_name);

}  // namespace pulsebench::config
