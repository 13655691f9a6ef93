#include "server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "server_process.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kPause{2};

/// Waits for the end of a process; false after `kPatience`.
bool wait_for(pid_t process, int& status) {
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    const pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process || (ended < 0 && errno != EINTR)) return true;
    if (Clock::now() > deadline) return false;
    std::this_thread::sleep_for(kPause);
  }
}

/// Runs a program to its end. Returns an empty text, or its last line.
std::string run(const Start& program) {
  const pid_t process = start(program);
  int status = 0;
  if (process > 0 && wait_for(process, status)) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return program.command[0] + " failed: " + last_line(program.log);
  }
  if (process > 0) ::kill(process, SIGKILL);
  return program.command[0] + " did not end";
}

std::vector<std::string> command_of(const Installation& installation, const fs::path& data) {
  std::vector<std::string> command{installation.programs / "postgres", "-D", data};
  // A server of its own for a minute: no port, no shared memory with a name, no work of its own
  // while it is measured. All else is the default: a commit waits for the disk.
  for (const char* setting :
       {"listen_addresses=", "unix_socket_directories=.", "dynamic_shared_memory_type=mmap",
        "autovacuum=off", "checkpoint_timeout=1h", "shared_buffers=32MB", "max_connections=10"}) {
    command.insert(command.end(), {"-c", setting});
  }
  return command;
}

std::string fill_table(PGconn* connection) {
  const std::string rows = std::to_string(Server::kRows);
  for (const std::string& statement :
       {std::string{"create table accounts (id int primary key, balance int not null, filler "
                    "char(84) not null)"},
        "insert into accounts select i, 0, '' from generate_series(1, " + rows + ") i",
        std::string{"vacuum (freeze, analyze) accounts"},
        // Two of three databases go: every launch copies their 600 files.
        std::string{"update pg_database set datistemplate = false where datname = 'template0'"},
        std::string{"drop database template0"}, std::string{"drop database postgres"}}) {
    PGresult* const result = PQexec(connection, statement.c_str());
    const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!done) return std::string{"cannot prepare the table: "} + PQerrorMessage(connection);
  }
  return {};
}

std::string make_cluster(const Installation& installation, const FixtureFolder& folder,
                         const fs::path& data) {
  std::string reason = run({.command = {installation.programs / "initdb", "-D", data, "-A", "trust",
                                        "-U", "bench", "--no-sync", "--locale=C", "-E", "UTF8"},
                            .log = folder.path() / "initdb.log",
                            .installation = &installation,
                            .kept = folder.used()});
  if (!reason.empty()) return reason;
  RunningServer server{installation, folder, data};
  if (const Connection connection = server.connect(reason)) reason = fill_table(connection.get());
  server.stop_cleanly();
  return reason;
}

}  // namespace

RunningServer::RunningServer(const Installation& installation, const FixtureFolder& folder,
                             fs::path data)
    : data_(std::move(data)),
      log_(data_ / "server.log"),
      socket_folder_(::open(data_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      process_(start({.command = command_of(installation, data_),
                      .log = log_,
                      .installation = &installation,
                      .kept = folder.used()})) {}

RunningServer::~RunningServer() {
  stop(SIGQUIT);  // at once: what a crash would need is of no use to anybody
  if (socket_folder_ >= 0) ::close(socket_folder_);
}

void RunningServer::stop_cleanly() { stop(SIGINT); }

void RunningServer::stop(int signal) {
  if (process_ <= 0) return;
  int status = 0;
  ::kill(process_, signal);
  if (!wait_for(process_, status)) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, &status, 0);
  }
  process_ = -1;
}

Connection RunningServer::connect(std::string& reason) const {
  // The path of a socket is at most 107 bytes long, and the folder's own may be longer.
  const std::string where = "host=/proc/self/fd/" + std::to_string(socket_folder_) +
                            " user=bench dbname=template1 connect_timeout=10";
  const auto deadline = Clock::now() + kPatience;
  for (;;) {
    Connection connection{PQconnectdb(where.c_str())};
    if (PQstatus(connection.get()) == CONNECTION_OK) return connection;
    int status = 0;
    if (process_ <= 0 || ::waitpid(process_, &status, WNOHANG) == process_) {
      reason = "the server ended: " + last_line(log_);
      return nullptr;
    }
    if (Clock::now() > deadline) {
      reason = std::string{"the server does not answer: "} + PQerrorMessage(connection.get());
      return nullptr;
    }
    std::this_thread::sleep_for(kPause);
  }
}

Server::Server() : installation_(find_installation()), problem_(installation_.problem) {
  if (!problem_.empty()) return;
  folder_ = std::make_unique<FixtureFolder>("postgres" + installation_.version + "-1",
                                            installation_.account);
  problem_ = folder_->problem();
  if (!problem_.empty()) return;
  problem_ = folder_->prepare("cluster", [this](const fs::path& path) {
    return make_cluster(installation_, *folder_, path);
  });
  if (!problem_.empty()) return;
  copy_ = folder_->path() / ("launch-" + std::to_string(::getpid()));
  problem_ =
      run({.command = {"/bin/cp", "-a", "--reflink=auto", folder_->path() / "cluster", copy_},
           .log = folder_->path() / "cp.log",
           .installation = &installation_,
           .kept = folder_->used()});
  if (!problem_.empty()) return;
  running_ = std::make_unique<RunningServer>(installation_, *folder_, copy_);
  connection_ = running_->connect(problem_);
}

Server::~Server() {
  connection_.reset();
  running_.reset();
  std::error_code ignored;
  if (!copy_.empty()) fs::remove_all(copy_, ignored);
}

std::string Server::label() const {
  return std::string{"PostgreSQL "} + PQparameterStatus(connection(), "server_version") + ", " +
         folder_->file_system();
}
