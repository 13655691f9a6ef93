#include "arguments.hpp"

#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace pulsebench;
using namespace pulsebench::app;

namespace {

Invocation accepted(const std::string& line) {
  const Parsed result = parsed(line);
  INFO("pulsebench " << line << ": " << (result ? "" : result.error().message));
  REQUIRE(result);
  REQUIRE(std::holds_alternative<Invocation>(*result));
  return std::get<Invocation>(*result);
}

std::string refused(const std::string& line) {
  const Parsed result = parsed(line);
  INFO("pulsebench " << line);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::bad_input);
  CHECK(result.error().message.find('\n') == std::string::npos);
  return result.error().message;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every option is accepted with a value of its kind") {
  for (const char* line : {
           "run",
           "run --tier 0,1 --filter ^a --preset quick --save main --like main --list",
           "run --dry-run --cpus 1-2 --no-tune --exe a --exe b --inject a=5 --inject b=7.5",
           "run --seed 18446744073709551615 --time-budget 60s --counters none --instructions",
           "run --counters page-faults,context-switches --allocations --enforce-targets",
           "run --reason nightly --format json -o out.json",
           "run --output=out --format=markdown",
           "run --export json=a.json --export markdown=- --explain",
           "compare main pr --threshold 0=5,1=10 --fail-on 0,1 --strict --allow-missing",
           "compare main - --on-mismatch warn --no-confirm --time-budget 500ms --cpus 1 --no-tune",
           "compare run noise",
           "compare main pr --only-changed --all --format text -o -",
           "ab old new --tier 0 --filter a --family-alpha 0.05 --max-blocks 4 --time-budget 2m",
           "ab old new --seed 1 --cpus 1 --no-tune --inject a=5 --threshold 7 --fail-on 1",
           "ab old new --strict --allow-missing --only-changed --all --format json -o x",
           "noise --tier 0 --filter a --family-alpha 0.05 --max-blocks 10000 --time-budget 1h",
           "noise --seed 1 --cpus 1 --no-tune --exe a --inject 7 --rounds 100000 --threshold 7",
           "noise --strict --format markdown -o x",
           "baseline save main --force",
           "baseline list --here --format json",
           "baseline show main --format markdown",
           "baseline rm main",
           "baseline approve a --reason b --until 2027-01-31 --base main --new last",
           "baseline approve --list",
           "import bench.json --from google-benchmark --save main --format json -o x",
           "export last --to bencher -o x",
           "baseline approve a --remove",
           "trend a b --since 7d --filter ^a --machine all --all --fail-on 0,1 --format github",
           "trend accept a --at 2026-08-09 --reason b",
           "trend reset a --reason b",
           "doctor --strict --all --cpus 1 --format json",
           "tune show --cpus 1 --format json",
           "tune apply --cpus 1 --format json",
           "tune restore --format json",
           "counters list --all --format json",
       }) {
    CHECK(accepted(line).execute);
  }
}

TEST_CASE("a value that cannot be is refused, and its option is named") {
  for (const auto& row : std::vector<std::pair<const char*, const char*>>{
           {"run --tier 7", "--tier"},
           {"run --tier", "--tier"},
           {"run --tier 0 --tier 1", "--tier"},
           {"run --inject a", "--inject"},
           {"run --inject a=lots", "--inject"},
           {"run --seed first", "--seed"},
           {"run --seed -1", "--seed"},
           {"run --time-budget soon", "--time-budget"},
           {"run --counters no-such-event", "--counters"},
           {"run --reason boredom", "--reason"},
           {"run --format xml", "--format"},
           {"run --export json", "--export"},
           {"run --export xml=a", "--export"},
           {"run --color mauve", "--color"},
           {"--color mauve run", "--color"},
           {"import", "FILE"},
           {"export main", "--to"},
           {"compare", "BASE"},
           {"compare main pr --threshold 0", "--threshold"},
           {"compare main pr --fail-on x", "--fail-on"},
           {"compare main pr --on-mismatch cry", "--on-mismatch"},
           {"ab old --rival x", "--rival"},
           {"compare main --map (=x", "--map"},
           {"run --strict", "--compare"},
           {"ab old new --family-alpha 1", "--family-alpha"},
           {"ab old new --max-blocks 3", "--max-blocks"},
           {"noise --inject a=5", "--inject"},
           {"noise --inject 5 --rounds 0", "--rounds"},
           {"noise --rounds 5", "--rounds"},
           {"baseline save", "NAME"},
           {"baseline rm", "NAME"},
           {"doctor --format xml", "--format"},
       }) {
    const auto& [line, option] = row;
    const std::string words = line;  // clang 14 captures no binding
    CHECK_MESSAGE(contains(refused(words), option), words);
  }
}

TEST_CASE("options that every command has stand before or behind it") {
  for (const char* line :
       {"--root x --color never run --tier 0", "run --root x --color=never",
        "--root=x run --color never --tier 0", "--color never baseline --root x list",
        "baseline list --root x --color never"}) {
    const Invocation invocation = accepted(line);
    CHECK(invocation.root == "x");
    CHECK(invocation.color == render::ColorChoice::never);
  }
  CHECK_FALSE(accepted("run").root);
  CHECK(accepted("run").color == render::ColorChoice::automatic);
}

TEST_CASE("an option of a command is not taken before it, and the message says where it belongs") {
  const std::string message = refused("--tier 0 run");
  CHECK(contains(message, "--tier"));
  CHECK(contains(message, "behind pulsebench run"));
}

TEST_CASE("an unknown word suggests only what is near") {
  for (const auto& row : std::vector<std::pair<const char*, const char*>>{
           {"rnu", "run"},
           {"comapre main pr", "compare"},
           {"baseline sav main", "save"},
           {"help baselin", "baseline"},
           {"run --teir 0", "--tier"},
           {"run --svae main", "--save"},
           {"run --time-buget=60s", "--time-budget"},
           {"run --cpu 1", "--cpus"},
           {"compare main pr --only-chnged", "--only-changed"},
           {"run --rot x", "--root"},
           {"run --json", "--format json"},
       }) {
    const auto& [line, meant] = row;
    const std::string words = line;  // clang 14 captures no binding
    CHECK_MESSAGE(contains(refused(words), std::string{"; did you mean "} + meant + "?"), words);
  }
  for (const char* line : {"walk", "run --xml", "baseline rm --json", "run --zzzzzzzz", "run -x",
                           "-", "profile", "compare a b c", "baseline keep main"}) {
    CHECK_MESSAGE(!contains(refused(line), "did you mean"), line);
    CHECK(contains(refused(line), "--help"));
  }
}

TEST_CASE("an unknown word is called what it is") {
  CHECK(contains(refused("walk"), "unknown command 'walk'"));
  CHECK(contains(refused("baseline walk"), "unknown command 'walk'"));
  CHECK(contains(refused("run walk"), "unexpected argument 'walk'"));
  CHECK(contains(refused("run --walk"), "unknown option '--walk'"));
}

TEST_CASE("a name that only begins others is no command") {
  for (const char* line : {"", "baseline", "tune", "counters", "--root x"}) {
    CHECK(contains(refused(line), "no command given"));
  }
}

TEST_CASE("control characters of a word do not reach the message") {
  CHECK_FALSE(contains(refused("\x1b[31mred"), "\x1b"));
  CHECK_FALSE(contains(refused("run --reason \x1b[31m"), "\x1b"));
}
