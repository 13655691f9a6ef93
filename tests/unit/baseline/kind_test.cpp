#include "pulsebench/baseline/kind.hpp"

#include <doctest/doctest.h>

#include "documents.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;

namespace {

std::string kind(const char* cpu_model, const char* key = "1a2b3c4d55667788") {
  return kind_of({.key = key, .hashed = {{"cpu_model", cpu_model}}, .shown = {}});
}

}  // namespace

TEST_CASE("a kind is the model of the CPU and the first digits of the key") {
  CHECK(kind("Intel(R) Xeon(R) CPU @ 2.80GHz") == "intel-xeon-2.80ghz@1a2b3c4d");
  CHECK(kind("AMD EPYC 7B13") == "amd-epyc-7b13@1a2b3c4d");
  CHECK(kind("0xd0c") == "0xd0c@1a2b3c4d");
}

TEST_CASE("whatever a machine calls itself, its kind can name a file and is short") {
  for (const char* model :
       {"", "../../etc/passwd", "...", "a\nb", "@@@", "\xff\xc3\xa4 CPU", "(R)", "Some CPU. v2.",
        "A processor with a name that is a good deal longer than any that is sold today"}) {
    CAPTURE(model);
    const std::string text = kind(model);
    CHECK(is_kind(text));
    CHECK(text.size() <= 49);
  }
  CHECK(kind("") == "unknown@1a2b3c4d");
  CHECK(kind("../../etc/passwd") == "etc-passwd@1a2b3c4d");
  CHECK(kind_of({.key = "1a2b3c4d", .hashed = {}, .shown = {}}) == "unknown@1a2b3c4d");
}

TEST_CASE("a machine without a key that a fingerprint made has no kind") {
  for (const char* key : {"", "imported:host", "1a2b3c4", "1A2B3C4D", "../../../x"}) {
    CAPTURE(key);
    CHECK(kind("Some CPU", key).empty());
  }
}

TEST_CASE("a kind is told from a name") {
  CHECK(is_kind("intel-xeon-2.80ghz@1a2b3c4d"));
  for (const char* text :
       {"", "main", "@1a2b3c4d", "xeon@", "xeon@1a2b3c4", "xeon@1a2b3c4d5", "xeon@1A2B3C4D",
        "Xeon@1a2b3c4d", ".x@1a2b3c4d", "a/b@1a2b3c4d", "a b@1a2b3c4d", "x@y@1a2b3c4d"}) {
    CAPTURE(text);
    CHECK_FALSE(is_kind(text));
  }
}
