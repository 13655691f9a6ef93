#include "pulsebench/session/build_cache.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::session;
namespace fs = std::filesystem;

namespace {

std::string commit(char digit) { return std::string(40, digit); }

std::string contents(const fs::path& folder) {
  std::string names;
  for (const auto& entry : fs::directory_iterator{folder}) {
    names += entry.path().filename().string() + '\n';
  }
  return names;
}

}  // namespace

TEST_CASE("a kept build is found under its commit and facts alone") {
  const FakeTree tree;
  tree.put("out/suite", "program");
  fs::permissions(tree.top() / "out/suite", fs::perms::owner_all);
  const BuildCache cache{tree.top(), "command make\n"};
  const std::string name = cache.name_of(commit('a'));
  CHECK_FALSE(cache.find(name));
  REQUIRE(cache.keep(name, tree.top(), {{tree.top() / "out/suite"}}));
  CHECK(cache.find(name) == cache.folder() / name);
  CHECK(fs::is_regular_file(cache.folder() / name / "out/suite"));
  CHECK(contents(cache.folder()) == name + "\n");
  const BuildCache other{tree.top(), "command ninja\n"};
  CHECK_FALSE(other.find(other.name_of(commit('a'))));
  CHECK_FALSE(cache.find(cache.name_of(commit('b'))));
}

TEST_CASE("a program outside the folder that was built is not kept") {
  const FakeTree tree;
  tree.put("elsewhere/suite", "program");
  const BuildCache cache{tree.top(), "command make\n"};
  const std::string name = cache.name_of(commit('a'));
  const auto kept = cache.keep(name, tree.top() / "tree", {{tree.top() / "elsewhere/suite"}});
  REQUIRE_FALSE(kept);
  CHECK(kept.error().code == ErrorCode::bad_input);
  CHECK_FALSE(cache.find(name));
}

TEST_CASE("the facts tell command, place, variables and compilers") {
  REQUIRE(::setenv("CXXFLAGS", "-O1", 1) == 0);
  config::Config config;
  config.build = {.command = "make", .suites = "out"};
  const std::string before = build_facts(config, "key");
  REQUIRE(::setenv("CXXFLAGS", "-O3", 1) == 0);
  const std::string after = build_facts(config, "key");
  ::unsetenv("CXXFLAGS");
  CHECK(before != after);
  CHECK(before.find("command make\nprogram out\n") == 0);
  CHECK(before.find("variable CXXFLAGS=-O1\n") != std::string::npos);
  CHECK(before.find("compiler /usr/bin/") != std::string::npos);
  config.build.suites = "bin";
  CHECK(before != build_facts(config, "key"));
  config.build.suites.clear();
  config.suites = {{.path = "build/bench"}};
  CHECK(build_facts(config, "key").find("command make\nprogram build/bench\nmachine key\n") == 0);
}

TEST_CASE("old builds are pruned; young ones, and what is not a build, stay") {
  const FakeTree tree;
  tree.put("out/suite", "program");
  fs::permissions(tree.top() / "out/suite", fs::perms::owner_all);
  const BuildCache cache{tree.top(), "facts\n"};
  const auto now = fs::file_time_type::clock::now();
  for (const char digit : {'1', '2', '3', '4'}) {
    const std::string name = cache.name_of(commit(digit));
    REQUIRE(cache.keep(name, tree.top(), {{tree.top() / "out/suite"}}));
    tree.put(".pulsebench/builds/" + name + ".log", "built\n");
    fs::last_write_time(cache.folder() / name, now - std::chrono::hours{10 * (digit - '0')});
  }
  // The name of a build, without what a build has.
  tree.put(".pulsebench/builds/" + cache.name_of(commit('5')) + "/precious", "precious");
  tree.put("elsewhere/facts.txt", "precious");
  fs::create_directory_symlink(tree.top() / "elsewhere",
                               cache.folder() / cache.name_of(commit('6')));
  cache.prune(1, std::chrono::hours{24});
  const auto is_there = [&](char digit) {
    return fs::exists(cache.folder() / cache.name_of(commit(digit)));
  };
  CHECK(is_there('1'));
  CHECK(is_there('2'));  // younger than a day
  CHECK_FALSE(is_there('3'));
  CHECK_FALSE(is_there('4'));
  CHECK_FALSE(fs::exists(cache.log_of(cache.name_of(commit('4')))));
  CHECK(is_there('5'));
  CHECK(fs::exists(tree.top() / "elsewhere/facts.txt"));
}
