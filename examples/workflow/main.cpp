// workflowd: a service that takes submissions of assignments, and comments on them.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>

#include "workflow/server.hpp"

namespace {

using workflow::ErrorCode;
using workflow::Failure;
using workflow::Result;

struct Options {
  std::uint16_t port = 0;
  std::string folder;
  std::string preload;
  bool no_sync = false;
};

/// Stores the batch of submissions in `file`.
Result<void> preload(workflow::Service& service, const std::string& file) {
  std::ifstream stream{file};
  const std::string json{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream) return workflow::fail(ErrorCode::io, "cannot read " + file);
  if (const auto ids = service.submit_batch(json); !ids) {
    return workflow::fail(ids.error().code, file + ": " + ids.error().message);
  }
  return {};
}

void announce(std::uint16_t port) {
  std::printf("workflowd listens on http://127.0.0.1:%d\n", int{port});
  std::fflush(stdout);
}

Result<void> run(const Options& options) {
  auto store = workflow::EventStore::open(options.folder, {.sync = !options.no_sync});
  if (!store) return Failure{store.error()};
  workflow::Service service{*std::move(store)};
  if (!options.preload.empty() && service.is_empty()) {
    if (auto stored = preload(service, options.preload); !stored) return stored;
  }
  return workflow::serve(service, options.port, announce);
}

int serve(int argc, char** argv) {
  Options options;
  CLI::App app{"Takes submissions of assignments over HTTP, and comments on them."};
  app.add_option("--port", options.port, "port of 127.0.0.1; 0: any that is free")->required();
  app.add_option("--db", options.folder, "folder of the event store; made if needed")->required();
  app.add_option("--preload", options.preload, "file with a batch to store if the store is empty");
  app.add_flag("--no-sync", options.no_sync,
               "do not wait for the disk: a power cut may damage the store");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto served = run(options);
  if (served) return 0;
  std::fprintf(stderr, "workflowd: %s\n", served.error().message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return serve(argc, argv);
  } catch (const std::exception& error) {  // such as no memory
    std::fprintf(stderr, "workflowd: internal error: %s\n", error.what());
    return 70;
  }
}
