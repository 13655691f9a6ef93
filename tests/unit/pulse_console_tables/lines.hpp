#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "messages.hpp"

/// A task as a console sends it; `more` overrides fields, as in `"busy_ns":5,`.
inline std::string task_text(std::uint64_t id, const std::string& state, const std::string& more) {
  std::string fields = more;
  for (const char* key :
       {"polls", "age_ns", "busy_ns", "queued_ns", "longest_ns", "current_ns", "self_wakes"}) {
    if (more.find(fmt::format("\"{}\"", key)) == std::string::npos) {
      fields += fmt::format("\"{}\":0,", key);
    }
  }
  if (more.find("\"tier\"") == std::string::npos) fields += R"("tier":"monitor",)";
  if (more.find("\"poll_times\"") == std::string::npos) fields += R"("poll_times":[],)";
  return fmt::format(R"({{{}"id":{},"state":"{}","where":"main.cpp:{}"}})", fields, id, state,
                     id % 100);
}

inline std::string resource_text(const std::string& type, const std::string& where,
                                 std::uint64_t opened, std::uint64_t closed,
                                 std::uint64_t waiting) {
  return fmt::format(R"({{"type":"{}","where":"{}","opened":{},"closed":{},"waiting":{}}})", type,
                     where, opened, closed, waiting);
}

inline std::string operation_text(const std::string& type, const std::string& where,
                                  std::uint64_t ended, std::uint64_t waiting,
                                  std::uint64_t total_ns, std::uint64_t longest_ns) {
  return fmt::format(
      R"({{"type":"{}","where":"{}","ended":{},"waiting":{},"total_ns":{},"longest_ns":{}}})", type,
      where, ended, waiting, total_ns, longest_ns);
}

inline std::string counts_text() {
  return R"("counts":{"tasks":2,"polls":9,"violations":3,"promotions":2,"demotions":1,)"
         R"("yields":4,"isolations":5},)";
}

inline std::string everything_text(std::uint64_t watched_ns, const std::string& tasks) {
  return fmt::format(R"({{"everything":{{"watched_ns":{},{}"tasks":[{}]}}}})", watched_ns,
                     counts_text(), tasks);
}

inline std::string changes_text(std::uint64_t watched_ns, const std::string& tasks,
                                const std::string& ended) {
  return fmt::format(R"({{"changes":{{"watched_ns":{},{}"tasks":[{}],"ended":[{}]}}}})", watched_ns,
                     counts_text(), tasks, ended);
}

/// Changes of resources and operations alone.
inline std::string places_text(std::uint64_t watched_ns, const std::string& resources,
                               const std::string& operations) {
  return fmt::format(
      R"({{"changes":{{"watched_ns":{},{}"tasks":[],"resources":[{}],"operations":[{}],"ended":[]}}}})",
      watched_ns, counts_text(), resources, operations);
}

inline constexpr const char* kHello =
    R"({"hello":{"schema":"pulse.console","version":1,"program":"server","pid":47,"period_ms":250}})";

inline pulsebench::console::Message message_of(const std::string& line) {
  const auto message = pulsebench::console::decode(line);
  INFO(line);
  REQUIRE(message.has_value());
  return *message;
}
