#include <unistd.h>

#include <algorithm>

#include "pulsebench/os/exec.hpp"

namespace pulsebench::os {
namespace {

std::string name_of(const std::string& variable) { return variable.substr(0, variable.find('=')); }

}  // namespace

std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string name = name_of(*variable);
    const bool changed = std::any_of(changes.begin(), changes.end(),
                                     [&](const auto& change) { return name_of(change) == name; });
    if (!changed) variables.emplace_back(*variable);
  }
  for (const auto& change : changes) {
    if (change.find('=') != std::string::npos) variables.push_back(change);
  }
  return variables;
}

}  // namespace pulsebench::os
