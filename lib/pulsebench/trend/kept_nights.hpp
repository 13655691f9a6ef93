#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>

#include "pulsebench/trend/trend.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::trend {

/// Why the full result of a night is kept. The first that holds counts.
enum class KeptFor { newest, epoch, change, sunday };

/// The days whose full results are worth keeping, each with the reason: the `newest` nights, the
/// first of each epoch of each benchmark, the night of each change with the two before and the two
/// after it, and every Sunday. Of other nights the line in the history is enough. Pure.
[[nodiscard]] std::map<std::string, KeptFor> nights_to_keep(const Trend& trend, std::size_t newest);

}  // namespace pulsebench::trend

namespace pulsebench {

template <>
inline constexpr std::array<Named<trend::KeptFor>, 4> kNames<trend::KeptFor>{
    {{trend::KeptFor::newest, "newest"},
     {trend::KeptFor::epoch, "epoch"},
     {trend::KeptFor::change, "change"},
     {trend::KeptFor::sunday, "sunday"}}};

}  // namespace pulsebench
