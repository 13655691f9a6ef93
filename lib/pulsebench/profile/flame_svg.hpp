#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pulsebench/profile/stack_tree.hpp"

namespace pulsebench::profile {

/// How a flame graph looks, beside its tree. Names are untrusted.
struct FlameStyle {
  std::string title = {};
  /// What a node weighs, behind its name: "1,204 samples, 12.3 %".
  std::function<std::string(const TreeNode&)> weight = {};
  /// A colour as SVG writes it; without it, colours tell neighbours apart.
  std::function<std::string(const TreeNode&)> fill = {};
  /// Whether the script stands in the picture. A page has its own copy.
  bool with_script = true;
};

/// Returns a flame graph as SVG, the outermost function at the bottom: widths are weights. A click
/// on a function makes it as wide as the picture, and "search" marks names. It loads nothing, and
/// is complete without its script. Functions narrower than half a unit are left out.
[[nodiscard]] std::string flame_svg(const StackTree& tree, const FlameStyle& style);

/// The script, for a page that contains flame graphs, and its SHA-256 in hexadecimal.
[[nodiscard]] std::string_view flame_script();
[[nodiscard]] std::string_view flame_script_sha256();

}  // namespace pulsebench::profile
