#pragma once

#include <cstdint>
#include <functional>

#include "workflow/result.hpp"
#include "workflow/service.hpp"

namespace workflow {

/// Serves `service` over HTTP/1.1 on `port` of 127.0.0.1 (0: any that is free) until SIGTERM or
/// SIGINT: then it takes no more connections, answers what it has received whole, and returns.
/// Calls `ready` with the port once it accepts connections. Fails where it cannot listen.
[[nodiscard]] Result<void> serve(Service& service, std::uint16_t port,
                                 const std::function<void(std::uint16_t port)>& ready);

}  // namespace workflow
