#include "pulsebench/config/fields.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::config {
namespace {

using nlohmann::json;

constexpr int kDeepest = 32;

std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", line, before.size() - line_start);
}

/// Stops the parser at a repeated key or too deep a nesting, which it would accept.
class Scrutiny {
 public:
  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == json::parse_event_t::key && objection_.empty()) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) {
        objection_ = fmt::format("the key '{}' comes twice in one object", printable(key, 60));
      }
    }
    if (depth > kDeepest && objection_.empty()) {
      objection_ = fmt::format("nested beyond {} levels", kDeepest);
    }
    return true;
  }

  [[nodiscard]] const std::string& objection() const { return objection_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string objection_;
};

std::string kind_of(const json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  return value.is_array() ? "a list" : "an object";
}

}  // namespace

void Problem::note(std::string_view path, const std::string& fact) {
  if (message_) return;
  message_ = path.empty()
                 ? fmt::format("{}: {}", printable(file_name_), fact)
                 : fmt::format("{}: '{}' {}", printable(file_name_), printable(path), fact);
}

Fields::Fields(const json& value, std::string path, std::initializer_list<std::string_view> known,
               Problem& problem)
    : value_(value), path_(std::move(path)), problem_(problem) {
  if (!value.is_object()) {
    problem_.note(path_, fmt::format("must be an object, not {}", kind_of(value)));
    return;
  }
  for (const auto& [key, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto near = nearest(key, {known.begin(), known.end()});
    problem_.note(path_of(key),
                  near ? fmt::format("is not known; did you mean '{}'", *near)
                       : fmt::format("is not known; known here are {}", fmt::join(known, ", ")));
  }
}

void Fields::read(const char* key, double& target, Bounds bounds) {
  const json* value = find(key);
  if (value == nullptr) return;
  const bool fits = value->is_number() && value->get<double>() >= bounds.low &&
                    value->get<double>() <= bounds.high;
  if (!fits) {
    problem_.note(path_of(key),
                  fmt::format("must be a number from {} to {}, not {}", bounds.low, bounds.high,
                              printable(value->dump(-1, ' ', true), 60)));
    return;
  }
  target = value->get<double>();
}

void Fields::read(const char* key, int& target, Bounds bounds) {
  const json* value = find(key);
  if (value == nullptr) return;
  const double number = value->is_number() ? value->get<double>() : std::nan("");
  const bool fits = number >= bounds.low && number <= bounds.high && number == std::floor(number);
  if (!fits) {
    problem_.note(path_of(key),
                  fmt::format("must be a whole number from {} to {}, not {}", bounds.low,
                              bounds.high, printable(value->dump(-1, ' ', true), 60)));
    return;
  }
  target = static_cast<int>(number);
}

void Fields::read(const char* key, std::string& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_string() || value->get_ref<const std::string&>().empty() ||
      !is_printable(value->get_ref<const std::string&>())) {
    problem_.note(path_of(key), "must be a printable text that is not empty");
    return;
  }
  target = value->get<std::string>();
}

void Fields::read(const char* key, std::vector<std::string>& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  const bool fits =
      value->is_array() && std::all_of(value->begin(), value->end(), [](const json& item) {
        return item.is_string() && !item.get_ref<const std::string&>().empty() &&
               is_printable(item.get_ref<const std::string&>());
      });
  if (!fits) {
    problem_.note(path_of(key), "must be a list of printable texts, none of them empty");
    return;
  }
  target = value->get<std::vector<std::string>>();
}

const json* Fields::find(const char* key) const {
  if (!value_.is_object()) return nullptr;
  const auto found = value_.find(key);
  return found == value_.end() ? nullptr : &*found;
}

const json* Fields::require(const char* key) {
  const json* found = find(key);
  if (found == nullptr) problem_.note(path_of(key), "is missing");
  return found;
}

std::string Fields::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
}

Result<json> parse_json(std::string_view text, std::string_view file_name) {
  const auto refuse = [&](const std::string& fact) {
    return fail(ErrorCode::bad_input, fmt::format("{}: {}", printable(file_name), fact));
  };
  Scrutiny scrutiny;
  json parsed;
  try {  // the only place of this room where something throws
    parsed = json::parse(text, std::ref(scrutiny));
  } catch (const json::parse_error& error) {
    return refuse(fmt::format("not JSON at {}", place_of(text, error.byte)));
  } catch (const json::exception&) {
    return refuse("not JSON: a number in it is out of range");
  }
  if (!scrutiny.objection().empty()) return refuse(scrutiny.objection());
  return parsed;
}

}  // namespace pulsebench::config
