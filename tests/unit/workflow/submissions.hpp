#pragma once

#include <doctest/doctest.h>

#include <string>

#include "pulsebench/os/temporary_folder.hpp"
#include "workflow/service.hpp"

namespace workflow {

/// A submission that is valid.
inline const std::string kSubmission =
    R"({"student":"A1234567","course":"TM112","assignment":"TMA02","answers":[)"
    R"({"question":1,"text":"Write to ada@example.org."},{"question":2,"text":"The second answer."}]})";

/// A store in a folder of its own.
class StoreFolder {
 public:
  [[nodiscard]] EventStore open(StoreOptions options = {.sync = false}) const {
    auto store = EventStore::open(folder_.path() / "db", options);
    REQUIRE(store.has_value());
    return *std::move(store);
  }

 private:
  pulsebench::os::TemporaryFolder folder_ = pulsebench::os::TemporaryFolder::make().value();
};

}  // namespace workflow
