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
      objection_ = "nested beyond " + std::to_string(kDeepest) + " levels";
    }
    return true;
  }

  [[nodiscard]] const std::string& objection() const { return objection_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string objection_;
};

}  // namespace

Result<Value> parse(std::string_view text, std::string_view file_name) {
  const auto refuse = [&](const std::string& fact) {
    return fail(ErrorCode::bad_input, printable(file_name) + ": " + fact);
  };
  Scrutiny scrutiny;
  Value parsed;
  try {  // the only place of this room where something throws
    parsed = Value::parse(text, std::ref(scrutiny));
  } catch (const Value::parse_error& error) {
    return refuse("torn or not JSON at " + place_of(text, error.byte));
  } catch (const Value::exception&) {
    return refuse("not JSON: a number in it is out of range");
  }
  if (!scrutiny.objection().empty()) return refuse(scrutiny.objection());
  return parsed;
}

}  // namespace pulsebench::json
