#pragma once

#include <string>
#include <vector>

#include "pulsebench/session/session.hpp"
#include "pulsebench/trend/review.hpp"

namespace pulsebench::session {

/// What to look at of these trends since the day `since`, YYYY-MM-DD. Targets are those of this
/// machine's class of hardware.
[[nodiscard]] std::vector<trend::Review> reviews(const Session& session,
                                                 const std::vector<trend::Trend>& trends,
                                                 const std::string& since);

}  // namespace pulsebench::session
