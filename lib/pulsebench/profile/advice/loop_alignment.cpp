#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/profile/loops.hpp"

namespace pulsebench::profile {

std::optional<Advice> advise_on_loop_alignment(const Evidence& evidence) {
  constexpr std::uint64_t kLine = 64;  // bytes that a CPU fetches
  constexpr double kLeastShare = 0.5, kFewestTurns = 4.0;
  constexpr double kLeastSeen = 0.05;  // of the loop: docs/methodology.md, 5 to 69 %
  for (const HotFunction& hot : evidence.hot) {
    const auto loop = hottest_loop(hot.code);
    if (!loop || evidence.share(loop->instructions) < kLeastShare) continue;
    const std::uint64_t offset = loop->head() % kLine;
    if (loop->iterations() < kFewestTurns || loop->bytes > kLine) continue;
    if (offset + loop->bytes <= kLine) continue;
    return Advice{
        .what = "a short loop lies across two cache lines of code",
        .function = hot.function->name,
        .where = line_at(*hot.function, loop->head()),
        .evidence = fmt::format("{} bytes that begin {} bytes into a line of 64 have {:.0f} "
                                "% of the instructions",
                                loop->bytes, offset, 100.0 * evidence.share(loop->instructions)),
        .remedy = "build with -falign-loops=64, and compare both builds with pulsebench ab",
        .gain_ns = kLeastSeen * evidence.ns_of(loop->instructions),
        .confidence = Confidence::possible};
  }
  return std::nullopt;
}

}  // namespace pulsebench::profile
