#include "workflow/event_store.hpp"

#include <algorithm>
#include <boost/endian/arithmetic.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

namespace workflow {
namespace {

namespace fs = std::filesystem;

/// LMDB orders keys by their bytes: big-endian numbers keep the events of a submission together.
/// `number` counts all events of the store, so that it ascends within each submission, too.
struct Key {
  boost::endian::big_uint64_t submission;
  boost::endian::big_uint64_t number;
};
static_assert(sizeof(Key) == 16 && alignof(Key) == 1);

/// Stands before the data of an event.
struct Header {
  EventKind kind;
  boost::endian::little_int64_t time_ms;
};
static_assert(sizeof(Header) == 9 && alignof(Header) == 1);

Failure failure(std::string_view what, int code) {
  const bool is_full = code == MDB_MAP_FULL || code == ENOSPC || code == EDQUOT;
  return fail(is_full ? ErrorCode::full : ErrorCode::io,
              fmt::format("cannot {} the event store: {}", what, mdb_strerror(code)));
}

Result<Transaction> begin(MDB_env* environment, unsigned flags) {
  MDB_txn* transaction = nullptr;
  const int code = mdb_txn_begin(environment, nullptr, flags, &transaction);
  if (code != 0) return failure("use", code);
  return Transaction{transaction};
}

struct CloseCursor {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};
using Cursor = std::unique_ptr<MDB_cursor, CloseCursor>;

Result<Cursor> open_cursor(const Transaction& transaction, MDB_dbi events) {
  MDB_cursor* cursor = nullptr;
  const int code = mdb_cursor_open(transaction.get(), events, &cursor);
  if (code != 0) return failure("use", code);
  return Cursor{cursor};
}

Result<Key> decode_key(const MDB_val& stored) {
  Key key{};
  if (stored.mv_size != sizeof key) return fail(ErrorCode::io, "this is no event store");
  std::memcpy(&key, stored.mv_data, sizeof key);
  return key;
}

Result<Event> decode_event(const MDB_val& stored) {
  Header header{};
  if (stored.mv_size < sizeof header) return fail(ErrorCode::io, "a stored event is cut");
  std::memcpy(&header, stored.mv_data, sizeof header);
  const std::string_view bytes{static_cast<const char*>(stored.mv_data), stored.mv_size};
  return Event{header.kind, header.time_ms, std::string{bytes.substr(sizeof header)}};
}

/// Returns the last submission of the store; 0: it is empty.
Result<SubmissionId> last_submission(const Transaction& transaction, MDB_dbi events) {
  const auto cursor = open_cursor(transaction, events);
  if (!cursor) return Failure{cursor.error()};
  MDB_val key{};
  MDB_val value{};
  const int code = mdb_cursor_get(cursor->get(), &key, &value, MDB_LAST);
  if (code == MDB_NOTFOUND) return 0;
  if (code != 0) return failure("read", code);
  return decode_key(key).map([](const Key& last) { return SubmissionId{last.submission}; });
}

}  // namespace

std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::received:
      return "received";
    case EventKind::anonymised:
      return "anonymised";
    case EventKind::assessed:
      return "assessed";
  }
  return "unknown";
}

void CloseEnvironment::operator()(MDB_env* environment) const {
  if (sync) mdb_env_sync(environment, 1);
  mdb_env_close(environment);
}

Result<EventStore> EventStore::open(const fs::path& folder, StoreOptions options) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::io,
                fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
  }
  MDB_env* created = nullptr;
  int code = mdb_env_create(&created);
  if (code != 0) return failure("make", code);
  Environment environment{created};
  code = mdb_env_set_mapsize(created, options.most_bytes);
  if (code == 0) code = mdb_env_open(created, folder.c_str(), options.sync ? 0 : MDB_NOSYNC, 0600);
  if (code != 0) return failure(fmt::format("open {} as", folder.string()), code);
  environment.get_deleter().sync = !options.sync;

  auto transaction = begin(created, MDB_RDONLY);
  if (!transaction) return Failure{transaction.error()};
  MDB_dbi events = 0;
  code = mdb_dbi_open(transaction->get(), nullptr, 0, &events);
  if (code != 0) return failure("open", code);
  return EventStore{std::move(environment), events};
}

bool EventStore::is_empty() const {
  MDB_stat facts{};
  mdb_env_stat(environment_.get(), &facts);
  return facts.ms_entries == 0;
}

Result<EventStore::Appender> EventStore::begin_append() {
  auto transaction = begin(environment_.get(), 0);
  if (!transaction) return Failure{transaction.error()};
  MDB_stat facts{};
  const int code = mdb_stat(transaction->get(), events_, &facts);
  if (code != 0) return failure("read", code);
  const auto last = last_submission(*transaction, events_);
  if (!last) return Failure{last.error()};
  return Appender{*std::move(transaction), events_, *last, facts.ms_entries};
}

Result<void> EventStore::Appender::append(SubmissionId submission, const Event& event) {
  Key key{submission, count_ + 1};
  const Header header{event.kind, event.time_ms};
  MDB_val stored_key{sizeof key, &key};
  MDB_val stored{sizeof header + event.data.size(), nullptr};
  // LMDB fills its pages when it knows that a key comes last.
  const unsigned order = submission >= newest_ ? MDB_APPEND : MDB_NOOVERWRITE;
  const int code = mdb_put(transaction_.get(), events_, &stored_key, &stored, order | MDB_RESERVE);
  if (code != 0) return failure("append to", code);
  auto* const bytes = static_cast<char*>(stored.mv_data);
  std::memcpy(bytes, &header, sizeof header);
  event.data.copy(bytes + sizeof header, event.data.size());
  newest_ = std::max(newest_, submission);
  ++count_;
  return {};
}

Result<void> EventStore::Appender::commit() {
  const int code = mdb_txn_commit(transaction_.release());
  if (code != 0) return failure("write", code);
  return {};
}

Result<History> EventStore::read(SubmissionId submission) const {
  const auto transaction = begin(environment_.get(), MDB_RDONLY);
  if (!transaction) return Failure{transaction.error()};
  const auto cursor = open_cursor(*transaction, events_);
  if (!cursor) return Failure{cursor.error()};

  History history;
  Key first{submission, 0};
  MDB_val stored_key{sizeof first, &first};
  MDB_val stored{};
  int code = mdb_cursor_get(cursor->get(), &stored_key, &stored, MDB_SET_RANGE);
  for (; code == 0; code = mdb_cursor_get(cursor->get(), &stored_key, &stored, MDB_NEXT)) {
    const auto key = decode_key(stored_key);
    if (!key) return Failure{key.error()};
    if (key->submission != submission) return history;
    auto event = decode_event(stored);
    if (!event) return Failure{event.error()};
    history.push_back(*std::move(event));
  }
  if (code != MDB_NOTFOUND) return failure("read", code);
  return history;
}

}  // namespace workflow
