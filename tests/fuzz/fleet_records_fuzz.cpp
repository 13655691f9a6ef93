#include <string>
#include <string_view>

#include "claims.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/fleet/records.hpp"
#include "pulsebench/fleet/slurm_text.hpp"

// What the machines of a fleet leave for each other, and what the programs of Slurm print. The
// first byte chooses the reader.

using namespace pulsebench;

namespace {

/// A record that is written again is read again, and is the same.
template <class Read, class Write>
void check(std::string_view text, Read read, Write write) {
  const auto record = read(text, "record.json");
  if (!record) return fuzz::require_clear_line(record.error());
  const std::string written = write(*record);
  const auto again = read(written, "again.json");
  fuzz::require(again.has_value(), "what is written is read");
  fuzz::require(write(*again) == written, "and means the same");
}

void check_slurm(std::string_view text) {
  for (const fleet::ClusterNode& node : fleet::read_nodes(text)) {
    fuzz::require(fleet::is_node_name(node.name), "a node's name is a name, and no option");
  }
  for (const fleet::QueuedTask& task : fleet::read_queue(text)) {
    fuzz::require(is_printable(task.node) && is_printable(task.reason),
                  "Slurm's words cannot steer a terminal");
  }
  const auto id = fleet::read_job_id(text);
  if (!id) return fuzz::require_clear_line(id.error());
  fuzz::require(fleet::is_job_id(*id), "the number of a job is digits");
  (void)fleet::max_array_size(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  switch (data[0]) {
    case 'j':
      check(text, fleet::read_jobs, fleet::jobs_text);
      break;
    case 'a':
      check(text, fleet::read_attempt, fleet::attempt_text);
      break;
    case 't':
      check(text, fleet::read_task, fleet::task_text);
      break;
    case 'n':
      check(text, fleet::read_node, fleet::node_text);
      break;
    default:
      check_slurm(text);
  }
  return 0;
}
