#include "pulsebench/run/load_driver.hpp"

// No server is started on Windows, and a workload of load is refused when it is opened.
namespace pulsebench::run {
namespace {

tl::unexpected<ProcessFailure> absent() { return failed("servers are not measured on Windows"); }

}  // namespace

double seconds_of(const LoadWorkload&) { return 0.0; }

tl::expected<Batching, ProcessFailure> LoadDriver::find_capacity(
    const std::shared_ptr<const Workload>&, const ProgramOptions&) {
  return absent();
}

tl::expected<Visit, ProcessFailure> LoadDriver::visit(const std::shared_ptr<const Workload>&,
                                                      const ProgramOptions&, std::size_t,
                                                      const Batching&, int) {
  return absent();
}

tl::expected<LoadDriver::Side*, ProcessFailure> LoadDriver::side_of(
    const std::shared_ptr<const Workload>&, const ProgramOptions&, std::size_t) {
  return absent();
}

}  // namespace pulsebench::run
