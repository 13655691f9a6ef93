// A message as bytes and back, in one process: what a channel costs beside the channel. Source:
// docs/suites.md, "message serialization".
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>
#include <string_view>

namespace {

using Json = nlohmann::json;

/// 74 bytes as a line.
Json request() {
  return {{"id", 17},
          {"method", "tools/call"},
          {"params", {{"name", "calculate"}, {"a", 5}, {"b", 3}}}};
}

/// No exception: a line that is not JSON is a discarded value.
Json parsed(std::string_view line) {
  return Json::parse(line, nullptr, /*allow_exceptions=*/false);
}

void serialize(benchmark::State& state) {
  const Json message = request();
  pulsebench::measure(state, [&message] {
    const std::string line = message.dump();
    pulsebench::consume(line.data());
  });
}
BENCHMARK(serialize)->Name("ipc/message/serialize_json");

void parse(benchmark::State& state) {
  const std::string line = request().dump();
  pulsebench::measure(state, [&line] {
    const Json message = parsed(std::string_view{pulsebench::opaque(line.data()), line.size()});
    pulsebench::consume(message.size());
  });
}
BENCHMARK(parse)->Name("ipc/message/parse_json");

// A line of JSON is written to a buffer, found by its end and read.
void json_line(benchmark::State& state) {
  const Json message = request();
  std::string buffer;
  pulsebench::measure(state, [&message, &buffer] {
    buffer = message.dump();
    buffer += '\n';
    const std::string_view received{pulsebench::opaque(buffer.data()), buffer.size()};
    const Json read = parsed(received.substr(0, received.find('\n')));
    pulsebench::consume(read["params"]["a"].get<int>());
  });
}
BENCHMARK(json_line)->Name("ipc/framing/json_line");

/// The same message as a struct.
struct Request {
  std::uint32_t id = 17, a = 5, b = 3;
  std::array<char, 16> method{"tools/call"}, name{"calculate"};
};

// The length and the struct are copied to a buffer, and back once the length is known to fit.
void length_prefix(benchmark::State& state) {
  const Request message{};
  std::array<char, sizeof(std::uint32_t) + sizeof(Request)> buffer{};
  pulsebench::measure(state, [&message, &buffer] {
    const std::uint32_t length = sizeof message;
    std::memcpy(buffer.data(), &length, sizeof length);
    std::memcpy(buffer.data() + sizeof length, pulsebench::opaque(&message), sizeof message);
    const char* const received = pulsebench::opaque(buffer.data());
    std::uint32_t announced = 0;
    Request read;
    std::memcpy(&announced, received, sizeof announced);
    if (announced == sizeof read) std::memcpy(&read, received + sizeof announced, sizeof read);
    pulsebench::consume(read.a);
  });
}
BENCHMARK(length_prefix)->Name("ipc/framing/length_prefix");

}  // namespace
