#include <cstdio>
#include <string_view>

#include "pulsebench/load/serve.hpp"
#include "pulsebench/wire/line_channel.hpp"
#include "pulsebench/wire/messages.hpp"

/// The load generator, which pulsebench starts as a process of its own. It serves requests as a
/// suite does; docs/wire.md has the messages.
int main(int argc, char** argv) {
  using namespace pulsebench;
  const std::string_view argument = argc == 2 ? argv[1] : "";
  if (argument.substr(0, wire::kWireFlag.size()) == wire::kWireFlag) {
    const auto channel = wire::parse_channel(argument.substr(wire::kWireFlag.size()));
    if (channel) return load::serve(channel->requests, channel->events);
  }
  std::fprintf(stderr, "pulsebench-load is started by pulsebench with %s<R>,<W>\n",
               wire::kWireFlag.data());
  return 2;
}
