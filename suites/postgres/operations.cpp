#include "operations.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <pulsebench/harness/measure.hpp>
#include <string>

#include "server.hpp"

namespace {

constexpr int kInPipeline = 10;

/// Ends the process where the server fails in the middle of a measurement.
void check(bool done, PGconn* connection) {
  if (done) return;
  std::fprintf(stderr, "%s", PQerrorMessage(connection));
  _exit(1);
}

/// Statements with a random key, the same keys in every launch: xorshift64*, Vigna 2016.
class Client {
 public:
  explicit Client(PGconn* connection) : connection_(connection) {
    prepare("read", "select balance from accounts where id = $1::int");
    prepare("change", "update accounts set balance = balance + 1 where id = $1::int");
  }

  void execute(const char* statement, ExecStatusType expected) {
    const std::string key = next_key();
    const std::array<const char*, 1> values{key.c_str()};
    expect(PQexecPrepared(connection_, statement, 1, values.data(), nullptr, nullptr, 1), expected);
  }

  /// Ten statements, one synchronization, ten results and its answer.
  void execute_pipeline(const char* statement) {
    for (int i = 0; i < kInPipeline; ++i) {
      const std::string key = next_key();
      const std::array<const char*, 1> values{key.c_str()};
      check(PQsendQueryPrepared(connection_, statement, 1, values.data(), nullptr, nullptr, 1) == 1,
            connection_);
    }
    check(PQpipelineSync(connection_) == 1, connection_);
    for (int i = 0; i < kInPipeline; ++i) {
      expect(PQgetResult(connection_), PGRES_TUPLES_OK);
      check(PQgetResult(connection_) == nullptr, connection_);  // the end of one statement
    }
    expect(PQgetResult(connection_), PGRES_PIPELINE_SYNC);
  }

 private:
  void prepare(const char* name, const char* statement) {
    expect(PQprepare(connection_, name, statement, 1, nullptr), PGRES_COMMAND_OK);
  }
  void expect(PGresult* result, ExecStatusType expected) {
    check(PQresultStatus(result) == expected, connection_);
    PQclear(result);
  }
  std::string next_key() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return std::to_string((state_ * 0x2545F4914F6CDD1DU >> 32U) % Server::kRows + 1);
  }

  PGconn* connection_;
  std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

template <class Operation>
void measure_on_server(benchmark::State& state, const Operation& operation) {
  const Server server;
  if (!server.problem().empty()) {
    state.SkipWithError(server.problem().c_str());
    return;
  }
  Client client{server.connection()};
  operation(client, server.connection());
  state.SetLabel(server.label());
}

}  // namespace

void select_row(benchmark::State& state) {
  measure_on_server(state, [&state](Client& client, PGconn* /*connection*/) {
    pulsebench::measure_latency(state, [&client] { client.execute("read", PGRES_TUPLES_OK); });
    state.SetItemsProcessed(state.iterations());
  });
}

void select_in_pipeline(benchmark::State& state) {
  measure_on_server(state, [&state](Client& client, PGconn* connection) {
    check(PQenterPipelineMode(connection) == 1, connection);
    pulsebench::measure_latency(state, [&client] { client.execute_pipeline("read"); });
    state.SetItemsProcessed(std::int64_t{kInPipeline} * state.iterations());
  });
}

void update_row(benchmark::State& state) {
  measure_on_server(state, [&state](Client& client, PGconn* /*connection*/) {
    pulsebench::measure_latency(state, [&client] { client.execute("change", PGRES_COMMAND_OK); });
    state.SetItemsProcessed(state.iterations());
  });
}
