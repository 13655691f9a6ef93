#include "pulsebench/session/renaming.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace pulsebench;
using namespace pulsebench::session;

namespace {

std::vector<BenchmarkId> ids(const std::vector<std::string>& texts) {
  std::vector<BenchmarkId> made;
  for (const std::string& text : texts) made.push_back(*BenchmarkId::parse(text));
  return made;
}

/// What the rule makes of an id; empty where it does not match.
std::string renamed(const std::string& rule, const std::string& id) {
  const auto parsed = Renaming::parse(rule);
  REQUIRE(parsed);
  return parsed->apply(id).value_or("");
}

std::string refusal(const std::string& rule) {
  const auto parsed = Renaming::parse(rule);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

Result<Renamed> all(const std::vector<std::string>& texts, const std::vector<std::string>& rules,
                    Meets meets = Meets::every_id) {
  std::vector<Renaming> parsed;
  for (const std::string& rule : rules) parsed.push_back(*Renaming::parse(rule));
  return rename_all(ids(texts), parsed, meets);
}

}  // namespace

TEST_CASE("a rule matches the whole id and fills the groups into the name") {
  CHECK(renamed("BM_UFlat/(.*)=BM_UFlat/$1/1", "BM_UFlat/0") == "BM_UFlat/0/1");
  CHECK(renamed("BM_(a|b)/(\\d+)=$2/$1", "BM_b/16") == "16/b");
  CHECK(renamed("x.*=[$&]", "x/y") == "[x/y]");
  CHECK(renamed("BM_UFlat/0=new", "BM_UFlat/01").empty());
}

TEST_CASE("an escaped = and that of a look-ahead belong to the expression") {
  CHECK(renamed("n\\=(\\d)=n:$1", "n=5") == "n:5");
  CHECK(renamed("a(?=b).*=c", "ab") == "c");
  CHECK(renamed("a=n=1", "a") == "n=1");
}

TEST_CASE("a rule that cannot be applied says why") {
  CHECK(refusal("no equals sign").find("as in 'BM_old/(.*)=BM_new/$1'") != std::string::npos);
  refusal("=x");
  refusal("x=");
  CHECK(refusal("(=x").find("'(' is not a valid regular expression") != std::string::npos);
  CHECK(refusal("(a)\\1=x").find("it has back references") != std::string::npos);
  CHECK(refusal("(a?){50000}=x").find("it is too large") != std::string::npos);
  CHECK(refusal(std::string(100'000, '(') + "=x").find("at most 1000 bytes") != std::string::npos);
  CHECK(refusal("(a)=$2").find("group 2, and the expression has 1") != std::string::npos);
}

TEST_CASE("an expression that backtracking would never finish takes no time") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(renamed("(a|a)*b=x", std::string(60, 'a')).empty());  // 2^60 ways
  CHECK(renamed("(a*)*b=x", std::string(900, 'a')).empty());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{20});
}

TEST_CASE("the first rule that matches gives the id, and unused rules are told") {
  const auto made = all({"a/1", "b/1", "c"}, {"a/(.*)=x/$1", "(a|b)/(.*)=y/$2", "nothing=z"});
  REQUIRE(made);
  CHECK(made->old_id(*BenchmarkId::parse("x/1")).text() == "a/1");
  CHECK(made->old_id(*BenchmarkId::parse("y/1")).text() == "b/1");
  CHECK(made->old_id(*BenchmarkId::parse("c")).text() == "c");
  CHECK(made->unused == std::vector<std::string>{"nothing=z"});
}

TEST_CASE("two benchmarks that would get one id are refused, both named") {
  const auto two = all({"a/1", "b/1"}, {"[ab]/(.*)=x/$1"});
  REQUIRE_FALSE(two);
  CHECK(two.error().message.find("'a/1' and 'b/1' of the old side would both be 'x/1'") == 0);
  CHECK_FALSE(all({"a", "b"}, {"a=b"}));
  CHECK(all({"a", "b"}, {"a=b", "b=a"}));  // they change places
  CHECK(all({"a", "b"}, {"a=b"}, Meets::renamed_ids));
}

TEST_CASE("what is not an id is refused") {
  CHECK_FALSE(all({"a"}, {"(b?)a=$1"}));
  CHECK(all({"a"}, {"(b?)a=$1"}).error().code == ErrorCode::bad_input);
}
