#include "pulsebench/profile/stack_tree.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

using namespace std::string_view_literals;
using pulsebench::profile::folded;
using pulsebench::profile::StackTree;
using pulsebench::profile::TreeNode;

TEST_CASE("stacks are merged from the outermost function on") {
  StackTree tree;
  tree.add(std::array{"main"sv, "beta"sv}, 20);
  tree.add(std::array{"main"sv, "alpha"sv}, 45);
  tree.add(std::array{"main"sv, "alpha"sv, "leaf"sv}, 30);
  tree.add(std::array{"main"sv, "alpha"sv}, 5);
  CHECK(tree.root().total == 100);
  CHECK(tree.depth() == 3);
  REQUIRE(tree.root().callees.size() == 1);
  const TreeNode& main = tree.root().callees[0];
  CHECK(main.self == 0);
  CHECK(main.total == 100);
  REQUIRE(main.callees.size() == 2);
  CHECK(main.callees[0].name == "alpha");
  CHECK(main.callees[0].self == 50);
  CHECK(main.callees[0].total == 80);
  CHECK(main.callees[1].name == "beta");
}

TEST_CASE("a recursive function is a frame in itself") {
  StackTree tree;
  tree.add(std::array{"f"sv, "f"sv, "f"sv}, 1);
  CHECK(folded(tree) == "f;f;f 1\n");
}

TEST_CASE("the folded form has a line for each stack that has a weight") {
  StackTree tree;
  tree.add(std::array{"main"sv, "a;b\nc"sv}, 2);
  tree.add(std::array{"main"sv}, 1);
  tree.add(std::array{"main"sv, "rare"sv}, 0.4);
  CHECK(folded(tree) == "main 1\nmain;a:b c 2\n");
  CHECK(folded(StackTree{}).empty());
}
