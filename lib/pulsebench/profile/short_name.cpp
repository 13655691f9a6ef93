#include "pulsebench/profile/short_name.hpp"

#include <algorithm>
#include <vector>

namespace pulsebench::profile {
namespace {

constexpr std::string_view kAnonymous = "(anonymous namespace)";

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Length of `operator<<` and the like at the start of `text`; 0 where none is there.
std::size_t operator_length(std::string_view text) {
  constexpr std::string_view kOperator = "operator";
  if (!text.starts_with(kOperator)) return 0;
  const std::string_view symbol = text.substr(kOperator.size());
  for (const std::string_view known :
       {"()", "<=>", "<<=", ">>=", "->*", "<<", ">>", "<=", ">=", "->", "<", ">"}) {
    if (symbol.starts_with(known)) return kOperator.size() + known.size();
  }
  return 0;
}

/// Copies a name and leaves out what stands in more than `depth` brackets.
class Elision {
 public:
  Elision(std::size_t depth, std::string_view mark) : depth_(depth), mark_(mark) {}

  std::string of(std::string_view name) {
    for (std::size_t i = 0; i < name.size();) {
      const std::size_t length = length_at(name, i);
      copy(name.substr(i, length));
      i += length;
    }
    return std::move(shortened_);
  }

 private:
  /// What is copied at once, since its brackets and `>` enclose nothing.
  static std::size_t length_at(std::string_view name, std::size_t at) {
    const std::string_view rest = name.substr(at);
    if (rest.starts_with(kAnonymous)) return kAnonymous.size();
    if (rest.starts_with("->")) return 2;
    const bool begins_word = at == 0 || !is_word(name[at - 1]);
    return std::max<std::size_t>(begins_word ? operator_length(rest) : 0, 1);
  }

  void copy(std::string_view part) {
    if (part == ">" || part == ")") close(part == ">" ? '<' : '(');
    if (open_.size() <= depth_) {
      shortened_ += part;
      marked_ = false;
    } else if (!marked_) {
      shortened_ += mark_;
      marked_ = true;
    }
    if (part == "<" || part == "(") open_.push_back(part.front());
  }

  void close(char bracket) {
    const auto place = std::find(open_.rbegin(), open_.rend(), bracket);
    if (place == open_.rend()) return;
    if (bracket == '<' && place != open_.rbegin()) return;  // inside of parentheses it compares
    open_.erase(std::prev(place.base()), open_.end());
  }

  std::size_t depth_;
  std::string_view mark_;
  std::vector<char> open_;
  bool marked_ = false;  // the mark stands for what is left out of these brackets
  std::string shortened_;
};

void erase_all(std::string& text, std::string_view what) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos;) {
    text.erase(at, what.size());
  }
}

}  // namespace

std::string short_name(std::string_view function) {
  std::string whole{function};
  erase_all(whole, "(anonymous namespace)::");
  if (whole.size() <= kLongestShortName) return whole;
  std::string name = Elision{1, "…"}.of(whole);
  return name.size() <= kLongestShortName ? name : Elision{0, "…"}.of(whole);
}

std::string matching_name(std::string_view function) {
  // `foo [clone .isra.0]` of a demangled name, `foo.isra.0` of one that is not of C++.
  for (const std::string_view clone : {" [clone", ".constprop.", ".isra.", ".part.", ".cold"}) {
    function = function.substr(0, function.find(clone));
  }
  std::string name = Elision{0, ""}.of(function);
  erase_all(name, "<>");
  for (std::size_t at = 0; (at = name.find('#', at)) != std::string::npos; ++at) {
    const std::size_t end = name.find_first_not_of("0123456789", at + 1);
    name.erase(at + 1, end == std::string::npos ? end : end - at - 1);
  }
  if (const auto list = name.rfind("()");
      list != std::string::npos && !name.ends_with("operator()")) {
    name.erase(list, 2);
  }
  return name;
}

}  // namespace pulsebench::profile
