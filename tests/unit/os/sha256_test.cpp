#include "pulsebench/os/sha256.hpp"

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;
using namespace pulsebench::os;

// FIPS 180-4 examples as published by NIST (SHA256.pdf): one block, and the million-letter message.
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kMillion = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
constexpr const char* kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST_CASE("SHA-256 agrees with the standard's examples") {
  CHECK(sha256_of("abc") == kAbc);
  CHECK(sha256_of("") == kEmpty);
}

TEST_CASE("a file is hashed whole, also beyond one piece") {
  const FakeTree tree;
  tree.put("abc", "abc");
  tree.put("million", std::string(1'000'000, 'a'));
  tree.put("empty", "");
  CHECK(sha256_of_file(tree.top() / "abc").value() == kAbc);
  CHECK(sha256_of_file(tree.top() / "million").value() == kMillion);
  CHECK(sha256_of_file(tree.top() / "empty").value() == kEmpty);
}

TEST_CASE("a missing file and a folder have no hash, and the line names them") {
  const FakeTree tree;
  const auto missing = sha256_of_file(tree.top() / "missing");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().message.find("missing") != std::string::npos);
  const auto folder = sha256_of_file(tree.top());
  REQUIRE_FALSE(folder.has_value());
  CHECK(folder.error().code == ErrorCode::io);
}
