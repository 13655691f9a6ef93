#include "pulsebench/json/write.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench::json;
using Json = nlohmann::ordered_json;

TEST_CASE("a document has a line a field, and a list of numbers has one line") {
  const Json json = {{"b", "x\xFF"},
                     {"a", Json::array({{{"pairs", {{0.5, -0.25}, {1.0, 2.0}}}}})},
                     {"words", {"one", "two"}},
                     {"none", Json::array()},
                     {"nothing", nullptr}};
  CHECK(document_text(json) ==
        "{\n"
        "  \"b\": \"x\xEF\xBF\xBD\",\n"
        "  \"a\": [\n"
        "    {\n"
        "      \"pairs\": [[0.5,-0.25],[1.0,2.0]]\n"
        "    }\n"
        "  ],\n"
        "  \"words\": [\n"
        "    \"one\",\n"
        "    \"two\"\n"
        "  ],\n"
        "  \"none\": [],\n"
        "  \"nothing\": null\n"
        "}\n");
  CHECK(Json::parse(document_text(Json::object())).empty());
}

TEST_CASE("a rounded number has the digits that were asked for") {
  CHECK(line_text(Json(rounded(0.012345678, 4))) == "0.01235");
  CHECK(line_text(Json(rounded(-1234567.0, 4))) == "-1235000.0");
  CHECK(line_text(Json(rounded(0.0, 4))) == "0.0");
}
