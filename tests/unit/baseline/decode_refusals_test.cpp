#include <doctest/doctest.h>

#include <functional>

#include <nlohmann/json.hpp>

#include "documents.hpp"
#include "pulsebench/baseline/codec.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
using nlohmann::json;

namespace {

std::string refusal_of(const std::string& text, Detail detail = Detail::everything) {
  const auto document = decode(text, "x.json", detail);
  REQUIRE_MESSAGE(!document.has_value(), text.substr(0, 200));
  CHECK(document.error().code == ErrorCode::bad_input);
  CHECK(document.error().message.find('\n') == std::string::npos);
  CHECK(document.error().message.find("x.json: ") == 0);
  return document.error().message;
}

/// What is said of a sound document after `damage`.
std::string refusal_after(const std::function<void(json&)>& damage) {
  json document = json::parse(encode(sample_document()));
  damage(document);
  return refusal_of(document.dump());
}

bool has(const std::string& text, const std::string& part) {
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a document cut at any byte is refused") {
  Document document = sample_document();
  document.benchmarks[0].launches = {};
  document.benchmarks = {summarize(measured("a/b", 2, 2))};
  document.benchmarks[0].quantiles.resize(3);
  std::string text = encode(document);
  text.pop_back();  // the newline at the end may be missing
  for (const Detail detail : {Detail::everything, Detail::judgement, Detail::envelope}) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      CAPTURE(size);
      refusal_of(text.substr(0, size), detail);
    }
    CHECK(decode(text, "x.json", detail).has_value());
  }
}

TEST_CASE("files that are no result of ours say so") {
  CHECK(refusal_of("") == "x.json: it is empty");
  CHECK(has(refusal_of("\x7f\x45LF\xff\xff"), "not UTF-8"));
  CHECK(has(refusal_of("hello"), "not a"));
  CHECK(has(refusal_of("[1, 2]"), "not a JSON object"));
  CHECK(has(refusal_of("{}"), "no 'schema' that says 'pulsebench-result'"));
  CHECK(has(refusal_of(R"({"context": {}, "benchmarks": []})"), "not a result of pulsebench"));
  CHECK(has(refusal_of(R"({"schema": "pulsebench-targets", "schema_version": 1})"),
            "'schema' is 'pulsebench-targets', not 'pulsebench-result'"));
  CHECK(has(refusal_of(R"({"schema": "pulsebench-comparison"})"), "what 'ab' or 'compare' said"));
  CHECK(has(refusal_of(R"({"schema": "pulsebench-noise"})"), "what 'noise' said"));
  CHECK(has(refusal_of(R"({"schema": 3})"), "no 'schema'"));
}

TEST_CASE("a newer schema asks for a newer pulsebench") {
  CHECK(has(refusal_after([](json& d) { d["schema_version"] = 3; }),
            "'schema_version' is 3 and this pulsebench reads up to 2"));
  CHECK(has(refusal_after([](json& d) { d["schema_version"] = "1"; }), "'schema_version' must be"));
  CHECK(has(refusal_after([](json& d) { d["schema_version"] = 0; }), "'schema_version' must be"));
  CHECK(has(refusal_after([](json& d) { d.erase("schema_version"); }), "'schema_version'"));
}

TEST_CASE("a missing field is named with its place") {
  for (const char* key : {"run_id", "complete", "machine", "benchmarks"}) {
    CHECK(refusal_after([&](json& d) { d.erase(key); }) ==
          "x.json: '" + std::string(key) + "' is missing");
  }
  CHECK(refusal_after([](json& d) { d["machine"].erase("key"); }) ==
        "x.json: 'machine.key' is missing");
  for (const char* key :
       {"id", "tier", "role", "version", "threads", "status", "median_ns_per_op", "launches"}) {
    CHECK(refusal_after([&](json& d) { d["benchmarks"][1].erase(key); }) ==
          "x.json: 'benchmarks[1]." + std::string(key) + "' is missing");
  }
  CHECK(refusal_after([](json& d) { d["benchmarks"][2].erase("reason"); }) ==
        "x.json: 'benchmarks[2].reason' is missing");
}

TEST_CASE("a wrong type is named with its place") {
  CHECK(refusal_after([](json& d) { d["run_id"] = 5; }) == "x.json: 'run_id' must be a text");
  CHECK(refusal_after([](json& d) { d["complete"] = "yes"; }) ==
        "x.json: 'complete' must be true or false");
  CHECK(refusal_after([](json& d) { d["seed"] = -1; }) ==
        "x.json: 'seed' must be a whole number that is not negative");
  CHECK(refusal_after([](json& d) { d["benchmarks"] = json::object(); }) ==
        "x.json: 'benchmarks' must be a list");
  CHECK(refusal_after([](json& d) { d["benchmarks"][1] = 7; }) ==
        "x.json: 'benchmarks[1]' must be an object");
  CHECK(refusal_after([](json& d) {
          d["benchmarks"][0]["launches"]["p25_ns_per_op"][3] = "ten";
        }) == "x.json: 'benchmarks[0].launches.p25_ns_per_op[3]' must be a number");
  CHECK(refusal_after([](json& d) { d["machine"]["hashed"]["cores"] = 2; }) ==
        "x.json: 'machine.hashed.cores' must be a text");
}

TEST_CASE("a number that no clock can show is named with its place") {
  const auto with_p25 = [](const json& value) {
    return refusal_after(
        [&](json& d) { d["benchmarks"][0]["launches"]["p25_ns_per_op"][3] = value; });
  };
  const std::string place = "'benchmarks[0].launches.p25_ns_per_op[3]' must be";
  CHECK(has(with_p25(-1.5), place + " a number from 1e-09 to 1e+18, not -1.5"));
  CHECK(has(with_p25(0), place));
  CHECK(has(with_p25(1e300), place));
  CHECK(has(with_p25(nullptr), place));  // what some writers make of NaN
  std::string text = encode(sample_document());
  text.replace(text.find("\"median_ns_per_op\":") + 19, 1, "NaN,");
  CHECK(has(refusal_of(text), "median_ns_per_op"));
  CHECK(has(refusal_after([](json& d) { d["benchmarks"][0]["tier"] = 4; }),
            "'benchmarks[0].tier' must be a whole number from 0 to 3, not 4"));
  CHECK(has(refusal_after([](json& d) { d["benchmarks"][0]["threads"] = 1.5; }),
            "'benchmarks[0].threads' must be a whole number"));
  CHECK(has(refusal_after([](json& d) { d["benchmarks"][0]["launches"]["disturbed"][0] = 51; }),
            "51 disturbed slices of 50"));
}

TEST_CASE("columns of different lengths are refused") {
  CHECK(refusal_after([](json& d) { d["benchmarks"][0]["launches"]["slices"].erase(0); }) ==
        "x.json: 'benchmarks[0].launches' has 19 values of slices for 20 of launch");
  CHECK(
      has(refusal_after([](json& d) { d["benchmarks"][0]["launches"]["launch"] = json::array(); }),
          "'benchmarks[0].launches' has no 'launch' or an empty one"));
  CHECK(has(refusal_after([](json& d) { d["benchmarks"][0]["launches"]["launch"][1] = 0; }),
            "has launch 0 twice"));
}

TEST_CASE("an id that comes twice or steers a terminal is refused") {
  CHECK(refusal_after([](json& d) { d["benchmarks"][2]["id"] = "budget/consume"; }) ==
        "x.json: 'benchmarks[2]' has the id 'budget/consume', which came before");
  const std::string message =
      refusal_after([](json& d) { d["benchmarks"][0]["id"] = "a\x1b[31m"; });
  CHECK(has(message, "'benchmarks[0].id' is unusable"));
  CHECK(message.find('\x1b') == std::string::npos);
}

TEST_CASE("an unknown state of a benchmark is refused with the known ones") {
  CHECK(has(refusal_after([](json& d) { d["benchmarks"][0]["status"] = "fine"; }),
            "'benchmarks[0].status' must be \"ok\", \"measured_nothing\", \"skipped\""));
}

TEST_CASE("text behind the document and a tower of brackets are refused") {
  const std::string sound = encode(sample_document());
  refusal_of(sound + "{}");
  refusal_of(sound.substr(0, sound.size() - 2) + "}]");
  const std::string tower(1'000'000, '[');
  refusal_of(tower);
  refusal_of(R"({"schema": "pulsebench-result", "schema_version": 1, "x": )" + tower);
  refusal_of(R"({"schema": "pulsebench-result", "schema_version": 1, "run_id": )" + tower +
             std::string(1'000'000, ']') + "}");
}

TEST_CASE("a key that comes twice is refused, at any depth") {
  const std::string text = encode(sample_document());
  const auto twice = [&](const std::string& key) {
    const auto at = text.find(key);
    REQUIRE(at != std::string::npos);
    return refusal_of(text.substr(0, at) + "\"extra\": \"a\", \"extra\": \"b\", " +
                      text.substr(at));
  };
  CHECK(has(twice("\"benchmarks\""), "has the key 'extra' twice"));
  CHECK(has(twice("\"cpu_model\""), "'machine.hashed' has the key 'extra' twice"));
  CHECK(has(twice("\"tier\""), "'benchmarks[0]' has the key 'extra' twice"));
}

TEST_CASE("a time of the reference loop that is none is refused") {
  for (const double ns : {5e-324, 1e-12}) {
    CHECK(
        has(refusal_after([&](json& d) { d["benchmarks"][0]["launches"]["reference_ns"][1] = ns; }),
            "reference_ns"));
  }
}

TEST_CASE("what is not a result of ours is pointed to the import") {
  CHECK(has(refusal_of(R"({"context": {"date": "x"}, "benchmarks": []})"), "pulsebench import"));
  CHECK(has(refusal_of(R"({"benchmarks": []})"), "no 'schema'"));
}

TEST_CASE("an imported result without its origin is refused") {
  CHECK(has(refusal_after([](json& d) { d["kind"] = "imported"; }), "imported_from"));
  CHECK(has(refusal_after([](json& d) { d["imported_from"] = {{"format", "go"}}; }), "tool"));
}

TEST_CASE("an aggregate stands for launches, and needs a value and a figure") {
  const auto aggregate = [](json& d, json of) {
    d["benchmarks"][0].erase("launches");
    d["benchmarks"][0]["aggregate_of"] = std::move(of);
  };
  CHECK(has(refusal_after([&](json& d) { aggregate(d, {{"count", 3}}); }), "figure"));
  CHECK(has(refusal_after([&](json& d) {
              aggregate(d, {{"figure", "mean"}});
              d["benchmarks"][0].erase("median_ns_per_op");
            }),
            "median_ns_per_op"));
}
