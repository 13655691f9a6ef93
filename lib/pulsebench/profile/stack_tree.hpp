#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pulsebench::profile {

/// A function as it was called by the functions above it.
struct TreeNode {
  std::string name = {};
  double self = 0.0;                   ///< weight of the stacks that end here
  double total = 0.0;                  ///< the same with that of the callees
  std::vector<TreeNode> callees = {};  ///< by name
};

/// Stacks with a weight each (samples, nanoseconds, bytes, allocations), merged from the outermost
/// function on. Weights are counts or of a common unit.
class StackTree {
 public:
  /// Adds a stack, the outermost function first.
  void add(std::span<const std::string_view> names, double weight);

  /// The root has no name, and the weight of all stacks.
  [[nodiscard]] const TreeNode& root() const { return root_; }
  /// Frames of the longest stack.
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  TreeNode root_;
  std::size_t depth_ = 0;
};

/// Returns one line a stack, `outermost;…;innermost weight`, as tools for flame graphs read it.
/// Weights are rounded to whole numbers; stacks of less than one half are left out.
[[nodiscard]] std::string folded(const StackTree& tree);

}  // namespace pulsebench::profile
