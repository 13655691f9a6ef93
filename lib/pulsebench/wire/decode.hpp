#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// What requests and events are read with.
namespace pulsebench::wire {

inline constexpr std::uint64_t kMaxOperations = 1ULL << 50U;
inline constexpr std::uint64_t kMaxNs = 1'000'000'000'000;
inline constexpr int kMaxSlices = 1'000'000;

/// A message by the name that its line has under a key, and how its fields are read.
template <class Message>
struct Kind {
  const char* name;
  Message (*read)(json::Reader&);
};

[[nodiscard]] inline Failure malformed(const std::string& what) {
  return fail(ErrorCode::child_failed, "not a message of the wire protocol: " + what);
}

template <class Message, std::size_t N>
[[nodiscard]] Result<Message> decode(std::string_view line, const char* key,
                                     const Kind<Message> (&kinds)[N]) {
  const auto object = json::Value::parse(line, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return malformed("'" + printable(line, 60) + "' is not JSON");
  json::Problem problem;
  json::Reader fields{object, problem};
  const std::string name = fields.text(key, {.most = 60});
  if (problem.noted()) return malformed(problem.text());
  for (const auto& kind : kinds) {
    if (name != kind.name) continue;
    Message message = kind.read(fields);
    if (problem.noted()) return malformed("in '" + name + "', " + problem.text());
    return message;
  }
  return malformed("unknown " + std::string{key} + " '" + printable(name) + "'");
}

}  // namespace pulsebench::wire
