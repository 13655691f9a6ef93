#include "pulsebench/wire/benchmark_name.hpp"

#include <regex.h>

#include <regex>
#include <string>

#include <doctest/doctest.h>

using namespace pulsebench::wire;

TEST_CASE("an id keeps the arguments and the threads, and drops what only configures the run") {
  CHECK(id_of("hooks/before_poll/no_hooks") == "hooks/before_poll/no_hooks");
  CHECK(id_of("sort/1024/min_time:0.100/real_time/threads:4") == "sort/1024/threads:4");
  CHECK(id_of("f/iterations:10/repeats:3/process_time") == "f");
}

TEST_CASE("a filter selects a name alone, whatever is in it") {
  CHECK(filter_for("a/b") == "^a/b$");
  CHECK(filter_for("f<int>(x.y)[1]") == R"(^f<int>\(x\.y\)\[1]$)");
  for (const std::string name : {"a[1]{2}(3)", R"(\^$.|?*+)", "}]", "a b"}) {
    CAPTURE(name);
    // Google Benchmark is built with one or the other.
    CHECK(std::regex_match(name, std::regex{filter_for(name), std::regex::extended}));
    regex_t posix;
    REQUIRE(regcomp(&posix, filter_for(name).c_str(), REG_EXTENDED | REG_NOSUB) == 0);
    CHECK(regexec(&posix, name.c_str(), 0, nullptr, 0) == 0);
    regfree(&posix);
  }
}

TEST_CASE("threads are what the id says, and one where it says nothing usable") {
  CHECK(threads_of("f/8/threads:16") == 16);
  CHECK(threads_of("f/8") == 1);
  CHECK(threads_of("f/threads:x") == 1);
  CHECK(min_time_of("f/8/min_time:0.500/threads:2") == 0.5);
  CHECK(min_time_of("f/8") == 0.0);
  CHECK(min_time_of("f/min_time:x") == 0.0);
  CHECK(min_time_of("f/min_time:-1") == 0.0);
}

TEST_CASE("a benchmark that sets its time by hand says so in its name") {
  CHECK(is_timed_by_hand("sort/8/manual_time"));
  CHECK(is_timed_by_hand("sort/8/iterations:7/manual_time/threads:2"));
  CHECK_FALSE(is_timed_by_hand("sort/8/real_time"));
  CHECK_FALSE(is_timed_by_hand("manual_time_queue/push"));
}

TEST_CASE("the repetitions that a name sets are read from it") {
  CHECK(repetitions_of("f/repeats:30") == 30);
  CHECK(repetitions_of("f/repeats:30/real_time") == 30);
  CHECK(repetitions_of("f") == 0);
  CHECK(repetitions_of("f/repeats:-3") == 0);
}
