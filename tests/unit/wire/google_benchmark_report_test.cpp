#include "pulsebench/wire/google_benchmark_report.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using pulsebench::wire::decode_google_benchmark;

namespace {

std::string run(const std::string& more) {
  return R"({"name":"sort/8","run_name":"sort/8","run_type":"iteration","iterations":1000,)"
         R"("cpu_time":4.5,)" +
         more + "}";
}

std::string report(const std::string& runs) {
  return R"({"context":{"library_build_type":"release"},"benchmarks":[)" + runs + "]}";
}

std::string reason_for(const std::string& json) {
  const auto visit = decode_google_benchmark(json);
  REQUIRE_FALSE(visit.has_value());
  return visit.error().message;
}

}  // namespace

// The texts are cut from what 1.7.1 writes, and 1.8.3 where it says so.
TEST_CASE("repetitions become slices in nanoseconds, aggregates are left out") {
  const auto visit = decode_google_benchmark(
      report(run(R"("real_time":5.0,"time_unit":"us")") + "," +
             run(R"("real_time":6.0,"time_unit":"us")") +
             R"(,{"name":"sort/8_mean","run_name":"sort/8","run_type":"aggregate",)"
             R"("real_time":5.5,"cpu_time":4.5,"iterations":2,"time_unit":"us"})"));
  REQUIRE(visit.has_value());
  CHECK(visit->operations == 1000);
  REQUIRE(visit->slices.size() == 2);
  CHECK(visit->slices[0].ns_per_op == 5000.0);
  CHECK(visit->slices[0].cpu_ns_per_op == 4500.0);
}

TEST_CASE("an error is told in the benchmark's words, by 1.7.1 and by 1.8") {
  CHECK(
      reason_for(report(R"({"run_name":"a","error_occurred":true,"error_message":"no device"})")) ==
      "it skipped: no device");
  CHECK(reason_for(report(R"({"run_name":"a","skipped":true,"skip_message":"not here"})")) ==
        "it skipped: not here");
}

TEST_CASE("a report that is cut, has NaN, two benchmarks or no time is refused") {
  CHECK(reason_for(R"({"context":{},"benchmarks":[)").find("not JSON") != std::string::npos);
  CHECK(reason_for(report(run(R"("real_time":nan,"time_unit":"ns")"))).find("'real_time'") !=
        std::string::npos);
  CHECK(reason_for(report(run(R"("real_time":0.0,"time_unit":"ns")"))).find("is zero") !=
        std::string::npos);
  CHECK(reason_for(report(run(R"("real_time":1.0,"time_unit":"fortnight")"))).find("time_unit") !=
        std::string::npos);
  CHECK(reason_for(report("")).find("neither repetitions") != std::string::npos);
  CHECK(reason_for(report(run(R"("real_time":1.0,"time_unit":"ns")") +
                          R"(,{"run_name":"other","iterations":1,"real_time":1.0,"cpu_time":1.0,)"
                          R"("time_unit":"ns"})"))
            .find("more than one") != std::string::npos);
}

TEST_CASE("bytes and items of an operation come from the rates and the CPU time beside them") {
  // By hand: 4.5 us at 2e8 bytes a second are 900 bytes.
  const auto visit = decode_google_benchmark(report(
      run(R"("real_time":5.0,"time_unit":"us","bytes_per_second":2e8,"items_per_second":1e6)")));
  REQUIRE(visit.has_value());
  CHECK(visit->processed.bytes.value() == doctest::Approx(900.0));
  CHECK(visit->processed.items.value() == doctest::Approx(4.5));
  const auto plain = decode_google_benchmark(report(run(R"("real_time":5.0,"time_unit":"us")")));
  CHECK_FALSE(plain->processed.any());
}

TEST_CASE("a report of 1.9 says its version, and a rate that is no number costs nothing else") {
  const std::string shared = R"({"context":{"library_version":"v1.9.1"},"benchmarks":[)" +
                             run(R"("real_time":5.0,"time_unit":"us","threads":3,)"
                                 R"("bytes_per_second":2e8,"items_per_second":"many")") +
                             "]}";
  const auto visit = decode_google_benchmark(shared);
  REQUIRE(visit.has_value());
  CHECK(visit->processed.bytes.value() == doctest::Approx(900.0));
  CHECK_FALSE(visit->processed.items);
  CHECK(visit->slices[0].ns_per_op == doctest::Approx(5000.0));
}

// Before 1.9.0 the time is divided by the threads: 5 us of three threads are 15 us of each.
TEST_CASE("the time of an operation is what a thread sees, whatever the version") {
  const auto visit =
      decode_google_benchmark(report(run(R"("real_time":5.0,"time_unit":"us","threads":3)")));
  REQUIRE(visit.has_value());
  CHECK(visit->slices[0].ns_per_op == doctest::Approx(15000.0));
  CHECK(visit->slices[0].cpu_ns_per_op == doctest::Approx(4500.0));
}

TEST_CASE("counters that are no number and labels of any bytes cost nothing") {
  const std::string more = R"("real_time":5.0,"time_unit":"us","a":NaN,"b":-NaN,"c":Infinity,)"
                           R"("d":-Infinity,"e":1e+06,"f":1E-3,"label":")";
  for (const std::string& label :
       {std::string{"\xff\xfe"}, std::string{"\x1b[31m"}, std::string{"\0", 1},
        std::string{R"(a\"b\\)"}, std::string{"ü"}}) {
    CAPTURE(label);
    const auto visit = decode_google_benchmark(report(run(more + label + "\"")));
    REQUIRE(visit.has_value());
    CHECK(visit->slices[0].ns_per_op == 5000.0);
  }
  CHECK_FALSE(decode_google_benchmark(report(run(R"("real_time":NaN,"time_unit":"us")"))));
}

TEST_CASE("a benchmark that reports aggregates only is its median") {
  const auto aggregate = [](const char* name, const char* time) {
    return std::string{R"({"name":"a","run_name":"a","run_type":"aggregate","aggregate_name":")"} +
           name + R"(","iterations":12,"cpu_time":1.0,"time_unit":"ns","real_time":)" + time + "}";
  };
  const auto visit = decode_google_benchmark(report(
      aggregate("mean", "9.0") + "," + aggregate("median", "7.0") + "," + aggregate("cv", "NaN")));
  REQUIRE(visit.has_value());
  REQUIRE(visit->slices.size() == 1);
  CHECK(visit->slices[0].ns_per_op == 7.0);
}

TEST_CASE("two benchmarks of one name are not one, by their registration") {
  const auto registered = [](const char* family) {
    return run(R"("real_time":5.0,"time_unit":"us","per_family_instance_index":0,"family_index":)" +
               std::string{family});
  };
  CHECK(decode_google_benchmark(report(registered("3") + "," + registered("3"))).has_value());
  const auto twins = decode_google_benchmark(report(registered("3") + "," + registered("4")));
  REQUIRE_FALSE(twins.has_value());
  CHECK(twins.error().message.ends_with("it holds two benchmarks of one name"));
}

TEST_CASE("an aggregate that does not say its registration is no second benchmark") {
  const auto visit = decode_google_benchmark(report(
      run(R"("real_time":5.0,"time_unit":"us","family_index":0,"per_family_instance_index":0)") +
      R"(,{"name":"sort/8_mean","run_name":"sort/8","run_type":"aggregate",)"
      R"("aggregate_name":"mean","real_time":5.0,"cpu_time":4.5,"iterations":1,)"
      R"("time_unit":"us"})"));
  REQUIRE(visit.has_value());
  CHECK(visit->slices.size() == 1);
}

TEST_CASE("a report of several benchmarks has each with its rows, in order") {
  const auto row = [](const char* name, const char* more) {
    return std::string{R"({"run_name":")"} + name + R"(","run_type":"iteration","iterations":9,)" +
           R"("cpu_time":1.0,"time_unit":"ns",)" + more + "}";
  };
  const auto decoded = pulsebench::wire::decode_google_benchmark_report(
      R"({"context":{"host_name":"h","date":"d","library_version":"v1.9.4"},"benchmarks":[)" +
      row("b", R"("real_time":1.0,"label":"x")") + "," + row("a", R"("real_time":2.0)") + "," +
      row("b", R"("real_time":3.0)") + "," + row("c", R"("real_time":NaN)") + "," +
      R"({"run_name":"a","run_type":"aggregate","aggregate_name":"BigO","time_unit":"ns"}]})");
  REQUIRE(decoded.has_value());
  CHECK(decoded->host == "h");
  CHECK(decoded->date == "d");
  CHECK(decoded->library_version == "v1.9.4");
  REQUIRE(decoded->benchmarks.size() == 3);
  CHECK(decoded->benchmarks[0].name == "b");
  CHECK(decoded->benchmarks[0].visit.slices.size() == 2);
  CHECK(decoded->benchmarks[0].label == "x");
  CHECK(decoded->benchmarks[0].median_of == 0);
  CHECK(decoded->benchmarks[1].visit.slices.size() == 1);
  CHECK(decoded->benchmarks[2].outcome.status == Status::failed);
}
