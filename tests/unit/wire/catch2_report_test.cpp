#include "pulsebench/wire/catch2_report.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using wire::decode_catch2;

namespace {

using Path = std::vector<std::string>;

// What a program with Catch2 2.13.10 wrote for `--reporter xml --benchmark-samples 12
// --benchmark-no-analysis`, less what its assertions say.
const std::string kReport = R"(<?xml version="1.0" encoding="UTF-8"?>
<Catch name="c2">
  <Group name="c2">
    <TestCase name="plain test" tags="[unit]" filename="c2.cpp" line="6">
      <OverallResult success="true"/>
    </TestCase>
    <TestCase name="multiply" tags="[bench]" filename="c2.cpp" line="7">
      <BenchmarkResults name="fifty" samples="12" resamples="100000" iterations="339" clockResolution="52.4871" estimatedDuration="630540">
        <!--All values in nano seconds-->
        <mean value="31.0361" lowerBound="31.0361" upperBound="31.0361" ci="0"/>
        <standardDeviation value="0" lowerBound="0" upperBound="0" ci="0"/>
        <outliers variance="0" lowMild="0" lowSevere="0" highMild="0" highSevere="0"/>
      </BenchmarkResults>
      <BenchmarkResults name="a, &quot;quoted&quot; &lt;name>" samples="12" resamples="100000" iterations="796" clockResolution="52.4871" estimatedDuration="620880">
        <!--All values in nano seconds-->
        <mean value="487.942" lowerBound="487.942" upperBound="487.942" ci="0"/>
        <standardDeviation value="0" lowerBound="0" upperBound="0" ci="0"/>
        <outliers variance="0" lowMild="0" lowSevere="0" highMild="0" highSevere="0"/>
      </BenchmarkResults>
      <Section name="inner" filename="c2.cpp" line="10">
        <BenchmarkResults name="in section" samples="12" resamples="100000" iterations="779" clockResolution="52.4871" estimatedDuration="626316">
          <!--All values in nano seconds-->
          <mean value="61.1749" lowerBound="61.1749" upperBound="61.1749" ci="0"/>
        </BenchmarkResults>
        <OverallResults successes="0" failures="0" expectedFailures="0"/>
      </Section>
      <OverallResult success="true"/>
    </TestCase>
    <TestCase name="advanced" filename="c2.cpp" line="13">
      <BenchmarkResults name="throws">
        <failed message="bad luck"/>
      </BenchmarkResults>
      <OverallResult success="true"/>
    </TestCase>
    <OverallResults successes="1" failures="0" expectedFailures="0"/>
  </Group>
</Catch>
)";

std::string why_not(const std::string& xml) {
  const auto decoded = decode_catch2(xml);
  REQUIRE(!decoded);
  CHECK(decoded.error().code == ErrorCode::child_failed);
  return decoded.error().message;
}

std::string report_of(const std::string& benchmark) {
  return "<Catch><TestCase name=\"t\">" + benchmark + "</TestCase></Catch>";
}

}  // namespace

TEST_CASE("the means of a report are read with their paths") {
  const auto found = decode_catch2(kReport);
  REQUIRE(found);
  REQUIRE(found->benchmarks.size() == 4);
  CHECK(found->benchmarks[0].path == Path{"multiply", "fifty"});
  CHECK(found->benchmarks[0].mean_ns == 31.0361);
  CHECK(found->benchmarks[0].operations == 12U * 339U);
  CHECK(found->benchmarks[1].path == Path{"multiply", "a, \"quoted\" <name>"});
  CHECK(found->benchmarks[2].path == Path{"multiply", "inner", "in section"});
  CHECK(found->benchmarks[2].mean_ns == 61.1749);
}

TEST_CASE("a benchmark that threw says why, and the others count") {
  const auto found = decode_catch2(kReport);
  REQUIRE(found);
  CHECK(found->benchmarks[3].path == Path{"advanced", "throws"});
  CHECK(found->benchmarks[3].failure == "it failed: bad luck");
  CHECK(found->benchmarks[0].failure.empty());
}

// As the XML reporter of Catch2 3.4 writes it: the same elements below another root.
TEST_CASE("a report of Catch2 3 is read too") {
  const auto found = decode_catch2(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<Catch2TestRun name="c" rng-seed="1" xml-format-version="2" catch2-version="3.4.0">
<TestCase name="t" filename="c.cpp" line="1"><BenchmarkResults name="b" samples="1" resamples="1" iterations="7" clockResolution="1" estimatedDuration="1"><mean value="2.5" lowerBound="2.5" upperBound="2.5" ci="0"/></BenchmarkResults></TestCase>
</Catch2TestRun>)");
  REQUIRE(found);
  REQUIRE(found->benchmarks.size() == 1);
  CHECK(found->benchmarks[0].mean_ns == 2.5);
  CHECK(found->version == "3.4.0");
}

TEST_CASE("a report without benchmarks is one with none") {
  const auto found = decode_catch2("<Catch name=\"c\"/>");
  REQUIRE(found);
  CHECK(found->benchmarks.empty());
}

TEST_CASE("a mean that is not a time is the failure of its benchmark") {
  for (const char* mean : {"0", "-1", "nan", "inf", "1e300", "", "12x"}) {
    const auto found =
        decode_catch2(report_of(std::string{"<BenchmarkResults name=\"b\"><mean value=\""} + mean +
                                "\"/></BenchmarkResults>"));
    REQUIRE(found);
    CHECK(found->benchmarks[0].failure == "its mean is not a time");
  }
  const auto found = decode_catch2(report_of("<BenchmarkResults name=\"b\"/>"));
  REQUIRE(found);
  CHECK(found->benchmarks[0].failure == "it has no mean");
}

TEST_CASE("a report that a crash cuts, or none at all, is refused") {
  CHECK(why_not(kReport.substr(0, kReport.size() / 2)).find("not usable") != std::string::npos);
  CHECK(why_not("").find("does not end") != std::string::npos);
  CHECK(why_not("<html></html>").find("another root") != std::string::npos);
  CHECK(why_not("<Catch></Catch><Catch>").find("two roots") != std::string::npos);
  CHECK(why_not("<Catch><a></Catch>").find("not nested") != std::string::npos);
  CHECK(why_not("</Catch>").find("not nested") != std::string::npos);
  CHECK(why_not("<Catch></b></Catch>").find("not nested") != std::string::npos);
  CHECK(why_not(report_of("<BenchmarkResults><BenchmarkResults/></BenchmarkResults>"))
            .find("inside another") != std::string::npos);
  CHECK(why_not("<Catch name=5/>").find("no quote") != std::string::npos);
  CHECK(why_not("<Catch name=\"5>").find("does not end") != std::string::npos);
}
