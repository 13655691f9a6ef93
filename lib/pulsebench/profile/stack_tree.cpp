#include "pulsebench/profile/stack_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace pulsebench::profile {
namespace {

TreeNode& callee(TreeNode& caller, std::string_view name) {
  const auto place = std::lower_bound(
      caller.callees.begin(), caller.callees.end(), name,
      [](const TreeNode& node, std::string_view wanted) { return node.name < wanted; });
  if (place != caller.callees.end() && place->name == name) return *place;
  return *caller.callees.insert(place, TreeNode{std::string{name}});
}

/// What separates names in the format, and what ends a line, cannot be part of a name.
std::string folded_name(std::string_view name) {
  std::string text{name};
  std::replace(text.begin(), text.end(), ';', ':');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

void append_lines(const TreeNode& node, const std::string& prefix, std::string& text) {
  for (const TreeNode& called : node.callees) {
    const std::string path = prefix + folded_name(called.name);
    if (const double weight = std::round(called.self); weight >= 1.0) {
      fmt::format_to(std::back_inserter(text), "{} {:.0f}\n", path, weight);
    }
    append_lines(called, path + ';', text);
  }
}

}  // namespace

void StackTree::add(std::span<const std::string_view> names, double weight) {
  TreeNode* node = &root_;
  node->total += weight;
  for (const std::string_view name : names) {
    node = &callee(*node, name);
    node->total += weight;
  }
  node->self += weight;
  depth_ = std::max(depth_, names.size());
}

std::string folded(const StackTree& tree) {
  std::string text;
  append_lines(tree.root(), "", text);
  return text;
}

}  // namespace pulsebench::profile
