#include "workflow/event_store.hpp"

#include <fstream>

#include "submissions.hpp"

using namespace workflow;

namespace {

Event event(EventKind kind, std::string data) { return {kind, 1234567890123, std::move(data)}; }

SubmissionId store_one(EventStore& store, const std::string& data) {
  auto appender = store.begin_append();
  REQUIRE(appender.has_value());
  const SubmissionId id = appender->add_submission();
  REQUIRE(appender->append(id, event(EventKind::received, data)).has_value());
  REQUIRE(appender->commit().has_value());
  return id;
}

std::vector<std::string> data_of(const EventStore& store, SubmissionId id) {
  const auto history = store.read(id);
  REQUIRE(history.has_value());
  std::vector<std::string> data;
  for (const Event& one : *history) data.push_back(one.data);
  return data;
}

}  // namespace

TEST_CASE("events are read as they were appended, in their order") {
  const StoreFolder folder;
  EventStore store = folder.open();
  CHECK(store.is_empty());
  auto appender = store.begin_append();
  REQUIRE(appender.has_value());
  const SubmissionId id = appender->add_submission();
  CHECK(id == 1);
  REQUIRE(appender->append(id, event(EventKind::received, "first")).has_value());
  REQUIRE(appender->append(id, event(EventKind::assessed, "")).has_value());
  REQUIRE(appender->commit().has_value());

  const auto history = store.read(id);
  REQUIRE(history.has_value());
  REQUIRE(history->size() == 2);
  CHECK((*history)[0].kind == EventKind::received);
  CHECK((*history)[0].time_ms == 1234567890123);
  CHECK((*history)[0].data == "first");
  CHECK((*history)[1].kind == EventKind::assessed);
  CHECK((*history)[1].data.empty());
  CHECK_FALSE(store.is_empty());
}

TEST_CASE("each submission has its own events, also those that come later") {
  const StoreFolder folder;
  EventStore store = folder.open();
  // 255, 256 and 257 differ in more than one byte of the key.
  for (int i = 1; i <= 257; ++i) CHECK(store_one(store, std::to_string(i)) == SubmissionId(i));
  auto appender = store.begin_append();
  REQUIRE(appender.has_value());
  REQUIRE(appender->append(256, event(EventKind::assessed, "later")).has_value());
  REQUIRE(appender->append(1, event(EventKind::assessed, "much later")).has_value());
  CHECK(appender->add_submission() == 258);
  REQUIRE(appender->append(258, event(EventKind::received, "new")).has_value());
  REQUIRE(appender->commit().has_value());
  CHECK(data_of(store, 255) == std::vector<std::string>{"255"});
  CHECK(data_of(store, 256) == std::vector<std::string>{"256", "later"});
  CHECK(data_of(store, 257) == std::vector<std::string>{"257"});
  CHECK(data_of(store, 1) == std::vector<std::string>{"1", "much later"});
  CHECK(data_of(store, 258) == std::vector<std::string>{"new"});
  CHECK(data_of(store, 259).empty());
}

TEST_CASE("what is not committed is not there") {
  const StoreFolder folder;
  EventStore store = folder.open();
  {
    auto appender = store.begin_append();
    REQUIRE(appender.has_value());
    const SubmissionId id = appender->add_submission();
    REQUIRE(appender->append(id, event(EventKind::received, "lost")).has_value());
  }
  CHECK(store.is_empty());
  CHECK(store_one(store, "kept") == 1);
  CHECK(data_of(store, 1) == std::vector<std::string>{"kept"});
}

TEST_CASE("a store that is opened again has its events") {
  const StoreFolder folder;
  for (const bool sync : {true, false}) {
    EventStore store = folder.open({.sync = sync});
    store_one(store, sync ? "with sync" : "without");
  }
  const EventStore store = folder.open();
  CHECK(data_of(store, 1) == std::vector<std::string>{"with sync"});
  CHECK(data_of(store, 2) == std::vector<std::string>{"without"});
}

TEST_CASE("a store without room says so, and still has what it had") {
  const StoreFolder folder;
  EventStore store = folder.open({.most_bytes = 65536, .sync = false});
  store_one(store, "small");
  {
    auto appender = store.begin_append();
    REQUIRE(appender.has_value());
    const std::string large(200'000, 'x');
    const auto appended =
        appender->append(appender->add_submission(), event(EventKind::received, large));
    REQUIRE_FALSE(appended.has_value());
    CHECK(appended.error().code == ErrorCode::full);
  }
  CHECK(data_of(store, 1) == std::vector<std::string>{"small"});
}

TEST_CASE("a folder that is no store is refused, and named") {
  const auto folder = pulsebench::os::TemporaryFolder::make().value();
  std::ofstream(folder.path() / "data.mdb") << std::string(8192, 'x');
  const auto store = EventStore::open(folder.path());
  REQUIRE_FALSE(store.has_value());
  CHECK(store.error().code == ErrorCode::io);
  CHECK(store.error().message.find(folder.path().string()) != std::string::npos);

  std::ofstream(folder.path() / "file") << "x";
  const auto file = EventStore::open(folder.path() / "file" / "db");
  REQUIRE_FALSE(file.has_value());
  CHECK(file.error().message.find("cannot make the folder") == 0);
}
