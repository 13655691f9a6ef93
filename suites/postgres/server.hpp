#pragma once

#include <libpq-fe.h>
#include <sys/types.h>

#include <filesystem>
#include <fixtures/fixture_folder.hpp>
#include <memory>
#include <string>

#include "installation.hpp"

struct Disconnect {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Disconnect>;

/// A server of a cluster in the folder `data`, on a socket in that folder alone: it has no port.
/// Stopped when this object ends.
class RunningServer {
 public:
  RunningServer(const Installation& installation, const FixtureFolder& folder,
                std::filesystem::path data);
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  /// Waits until the server answers. Null where it does not, with the `reason`.
  [[nodiscard]] Connection connect(std::string& reason) const;

  /// Stops with a checkpoint, so that a copy of the cluster needs no recovery.
  void stop_cleanly();

 private:
  void stop(int signal);

  std::filesystem::path data_, log_;
  int socket_folder_;
  pid_t process_;
};

/// A server on a fresh copy of a cluster that was prepared once in this run, with a table
/// `accounts` of 10,000 rows.
class Server {
 public:
  static constexpr int kRows = 10'000;

  Server();
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Reason why there is no server; empty if there is one.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] PGconn* connection() const { return connection_.get(); }
  /// Version and place, for the label of a benchmark.
  [[nodiscard]] std::string label() const;

 private:
  Installation installation_;
  std::unique_ptr<FixtureFolder> folder_;
  std::filesystem::path copy_;
  std::unique_ptr<RunningServer> running_;
  Connection connection_;
  std::string problem_;
};
