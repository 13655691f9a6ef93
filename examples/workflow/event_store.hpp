#pragma once

#include <lmdb.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/result.hpp"

namespace workflow {

using SubmissionId = std::uint64_t;  ///< from 1

enum class EventKind : std::uint8_t { received = 1, anonymised = 2, assessed = 3 };

[[nodiscard]] std::string_view name_of(EventKind kind);

/// Something that happened to a submission.
struct Event {
  EventKind kind;
  std::int64_t time_ms;  ///< since 1970, UTC
  std::string data;      ///< a JSON object
};

/// What happened to a submission, oldest first.
using History = std::vector<Event>;

struct StoreOptions {
  std::size_t most_bytes = std::size_t{16} << 30U;  ///< of the file, which grows as needed
  /// Whether a commit waits for the disk. Without that, a power cut may lose or damage the store.
  bool sync = true;
};

struct CloseEnvironment {
  bool sync = false;  ///< writes what commits did not wait for
  void operator()(MDB_env* environment) const;
};
using Environment = std::unique_ptr<MDB_env, CloseEnvironment>;

struct AbortTransaction {
  void operator()(MDB_txn* transaction) const { mdb_txn_abort(transaction); }
};
using Transaction = std::unique_ptr<MDB_txn, AbortTransaction>;

/// The events of all submissions in an LMDB file. Events are appended, never changed or removed.
/// For one thread; several processes may share a folder.
class EventStore {
 public:
  class Appender;

  /// Opens the store in `folder`, which is made if needed.
  [[nodiscard]] static Result<EventStore> open(const std::filesystem::path& folder,
                                               StoreOptions options = {});

  /// Begins a transaction, after that of another process has ended.
  /// Precondition: this store has no other one.
  [[nodiscard]] Result<Appender> begin_append();

  /// Returns the history of a submission: empty where there is no such submission.
  [[nodiscard]] Result<History> read(SubmissionId submission) const;

  [[nodiscard]] bool is_empty() const;

 private:
  EventStore(Environment environment, MDB_dbi events)
      : environment_(std::move(environment)), events_(events) {}

  Environment environment_;
  MDB_dbi events_;
};

/// A transaction that appends. Its events are stored by `commit`, all or none.
class EventStore::Appender {
 public:
  /// Returns the id of a new submission.
  [[nodiscard]] SubmissionId add_submission() { return ++last_submission_; }

  /// Precondition: `submission` has events, or is from `add_submission`.
  [[nodiscard]] Result<void> append(SubmissionId submission, const Event& event);

  /// The end of this object's use, whether it fails or not.
  [[nodiscard]] Result<void> commit();

 private:
  friend class EventStore;

  Appender(Transaction transaction, MDB_dbi events, SubmissionId last, std::uint64_t count)
      : transaction_(std::move(transaction)),
        events_(events),
        last_submission_(last),
        newest_(last),
        count_(count) {}

  Transaction transaction_;
  MDB_dbi events_;
  SubmissionId last_submission_;
  SubmissionId newest_;  ///< submission with the greatest key
  std::uint64_t count_;  ///< events in the store
};

}  // namespace workflow
