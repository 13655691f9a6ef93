#include "pulsebench/json/parse.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::json {
namespace {

constexpr int kDeepest = 32;

std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - line_start);
}

const std::string& deep_nesting() {
  static const std::string kFact = "nested beyond " + std::to_string(kDeepest) + " levels";
  return kFact;
}

/// Stops the parser at a repeated key or too deep a nesting, which it would accept.
class Scrutiny {
 public:
  bool operator()(int depth, Value::parse_event_t event, const Value& parsed) {
    if (event == Value::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == Value::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == Value::parse_event_t::key && objection_.empty()) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) {
        objection_ = "the key '" + printable(key, 60) + "' comes twice in one object";
      }
    }
    const bool opens =
        event == Value::parse_event_t::object_start || event == Value::parse_event_t::array_start;
    if (opens && depth >= kDeepest && objection_.empty()) {
      objection_ = deep_nesting();
    }
    return true;
  }

  [[nodiscard]] const std::string& objection() const { return objection_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string objection_;
};

/// Returns true where braces and brackets outside of strings are deeper than `kDeepest`.
bool is_deep(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size() && depth <= kDeepest; ++at) {
    const char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return depth > kDeepest;
}

Failure refuse_text(std::string_view file_name, const std::string& fact) {
  return fail(ErrorCode::bad_input, printable(file_name) + ": " + fact);
}

/// Fences what throws in this room. `callback` may be empty.
Result<Value> parse_fenced(std::string_view text, std::string_view file_name,
                           const Value::parser_callback_t& callback) {
  try {
    return Value::parse(text, callback);
  } catch (const Value::parse_error& error) {
    return refuse_text(file_name, "torn or not JSON at " + place_of(text, error.byte));
  } catch (const Value::exception&) {
    return refuse_text(file_name, "not JSON: a number in it is out of range");
  }
}

}  // namespace

Result<Value> parse(std::string_view text, std::string_view file_name) {
  Scrutiny scrutiny;
  auto parsed = parse_fenced(text, file_name, std::ref(scrutiny));
  if (!parsed || scrutiny.objection().empty()) return parsed;
  return refuse_text(file_name, scrutiny.objection());
}

// Without a callback, whose parser takes a time that is quadratic in the length of a list.
Result<Value> parse_leniently(std::string_view text, std::string_view file_name) {
  if (is_deep(text)) return refuse_text(file_name, deep_nesting());
  return parse_fenced(text, file_name, nullptr);
}

std::string text_at(const Value& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace pulsebench::json
