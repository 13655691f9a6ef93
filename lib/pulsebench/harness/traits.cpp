#include "pulsebench/harness/traits.hpp"

#include <map>

namespace pulsebench {
namespace {

std::map<std::string_view, Traits::Values>& registry() {
  static std::map<std::string_view, Traits::Values> values;
  return values;
}

}  // namespace

Traits::Traits(std::string_view id, Values values) { registry()[id] = values; }

Traits::Values Traits::of(std::string_view id) {
  const auto found = registry().find(id);
  return found == registry().end() ? Values{} : found->second;
}

}  // namespace pulsebench
