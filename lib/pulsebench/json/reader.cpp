#include "pulsebench/json/reader.hpp"

#include <cmath>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::json {
namespace {

const char* kind_of(const Value& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  return value.is_array() ? "a list" : "an object";
}

bool is_within(const Value& value, Bounds bounds) {
  if (!value.is_number()) return false;
  const double number = value.get<double>();
  return number >= bounds.low && number <= bounds.high;
}

bool is_whole_within(const Value& value, Bounds bounds) {
  return is_within(value, bounds) &&
         (value.is_number_integer() || value.get<double>() == std::floor(value.get<double>()));
}

/// What is wrong with `value` as a text; empty where nothing is.
std::string fault_of_text(const Value& value, TextBounds rule) {
  const auto* text = value.get_ptr<const std::string*>();
  const bool fits = text != nullptr && text->size() >= rule.least && text->size() <= rule.most;
  if (fits && (!rule.printable || is_printable(*text))) return "";
  if (rule.printable) return "must be a printable text that is not empty";
  if (text == nullptr) return "must be a text";
  if (text->size() < rule.least) return "is empty";
  return "is longer than " + std::to_string(rule.most) + " bytes";
}

}  // namespace

void Problem::note(std::string_view path, std::string_view fact) {
  if (noted()) return;
  if (!path.empty()) text_ = "'" + printable(path) + "' ";
  text_ += fact;
}

Failure Problem::in(std::string_view file_name) const {
  return fail(ErrorCode::bad_input, printable(file_name) + ": " + text_);
}

Reader::Reader(const Value& object, Problem& problem, std::string path)
    : value_(&object), problem_(&problem), path_(std::move(path)) {
  if (!object.is_object()) {
    problem_->note(path_, std::string{"must be an object, not "} + kind_of(object));
  }
}

void Reader::know_only(std::initializer_list<std::string_view> keys) {
  if (!value_->is_object()) return;
  for (const auto& [key, unused] : value_->items()) {
    bool known = false;
    for (const std::string_view one : keys) known = known || one == key;
    if (!known) note(key, unknown_key(key, {keys.begin(), keys.size()}));
  }
}

const Value* Reader::find(const char* key) const {
  if (!value_->is_object()) return nullptr;
  const auto found = value_->find(key);
  return found == value_->end() ? nullptr : &*found;
}

const Value* Reader::require(const char* key) {
  const Value* found = find(key);
  if (found == nullptr) note(key, "is missing");
  return found;
}

std::optional<Reader> Reader::child(const char* key) {
  const Value* found = find(key);
  if (found == nullptr) return std::nullopt;
  return Reader{*found, *problem_, path_of(key)};
}

const Value& Reader::list(const char* key, std::size_t most) {
  static const Value kEmpty = Value::array();
  const Value* value = require(key);
  if (value == nullptr) return kEmpty;
  if (value->is_array() && value->size() <= most) return *value;
  note(key,
       value->is_array() ? "has more than " + std::to_string(most) + " entries" : "must be a list");
  return kEmpty;
}

void Reader::accept(std::string_view key, const Value& value, double& target, Bounds bounds) {
  if (!is_within(value, bounds)) return note(key, must_be_number(bounds, shown(value)));
  target = value.get<double>();
}

void Reader::accept(std::string_view key, const Value& value, int& target, Bounds bounds) {
  if (!is_whole_within(value, bounds)) return note(key, must_be_whole(bounds, shown(value)));
  target = static_cast<int>(value.get<double>());
}

void Reader::accept(std::string_view key, const Value& value, std::uint64_t& target,
                    Bounds bounds) {
  if (!value.is_number_unsigned() || !is_within(value, bounds)) {
    return note(key, must_be_whole(bounds, shown(value)));
  }
  target = value.get<std::uint64_t>();
}

void Reader::accept(std::string_view key, const Value& value, bool& target) {
  if (!value.is_boolean()) return note(key, "must be true or false");
  target = value.get<bool>();
}

void Reader::accept(std::string_view key, const Value& value, std::string& target,
                    TextBounds rule) {
  if (const auto fault = fault_of_text(value, rule); !fault.empty()) return note(key, fault);
  target = value.get<std::string>();
}

void Reader::accept(std::string_view key, const Value& value, std::vector<double>& target,
                    Bounds bounds) {
  if (!value.is_array()) return note(key, "must be a list");
  target.clear();
  target.reserve(value.size());
  for (const Value& item : value) {
    if (!is_within(item, bounds)) {
      return problem_->note(path_of(key, target.size()), must_be_number(bounds, shown(item)));
    }
    target.push_back(item.get<double>());
  }
}

void Reader::accept(std::string_view key, const Value& value, std::vector<std::string>& target,
                    TextBounds rule) {
  if (!value.is_array()) return note(key, "must be a list");
  target.clear();
  for (const Value& item : value) {
    if (const auto fault = fault_of_text(item, rule); !fault.empty()) {
      return problem_->note(path_of(key, target.size()), fault);
    }
    target.push_back(item.get<std::string>());
  }
}

std::string Reader::shown(const Value& value) {
  return printable(value.dump(-1, ' ', true, Value::error_handler_t::replace), 60);
}

std::string Reader::path_of(std::string_view key) const {
  if (path_.empty() || key.empty()) return path_ + std::string{key};
  return path_ + "." + std::string{key};
}

std::string Reader::path_of(std::string_view key, std::size_t index) const {
  return path_of(key) + "[" + std::to_string(index) + "]";
}

void check_format(Reader& document, const Format& format) {
  const Value* schema = document.find("schema");
  if (schema == nullptr || *schema != format.schema) {
    document.note("schema", "must be \"" + std::string{format.schema} + "\": " + format.otherwise);
  }
  const int version = document.small(format.version_key, 1, 1'000'000);
  if (version > format.newest) {
    document.note(format.version_key,
                  "is " + std::to_string(version) + ", and this pulsebench reads up to " +
                      std::to_string(format.newest) + "; use a newer pulsebench");
  }
}

}  // namespace pulsebench::json
