#pragma once

#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/trend/review.hpp"

namespace pulsebench::report {

/// Adds to the page of a trend what `trend --since` shows beside the changes: drifts without an
/// alert, the slowest operations against their targets, noise that grew, benchmarks that never
/// moved. It is no verdict, and no part of the document; its Markdown is made for an issue. Each
/// table ends after 10 rows unless `all`.
void add_review(render::Page& page, const std::vector<trend::Review>& reviews, bool all);

}  // namespace pulsebench::report
