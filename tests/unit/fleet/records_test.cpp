#include "pulsebench/fleet/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::fleet;

TEST_CASE("records are read as they were written") {
  CHECK(read_jobs(jobs_text({.ids = {"3", "17"}}), "f")->ids ==
        std::vector<std::string>{"3", "17"});
  CHECK(read_attempt(attempt_text({.node = "n2"}), "f")->node == "n2");
  const auto task = read_task(task_text({.state = TaskState::wrong_kind,
                                         .node = "n3",
                                         .machine_key = "c169e0204cab94ba",
                                         .why = "another kind"}),
                              "f");
  REQUIRE(task);
  CHECK(task->state == TaskState::wrong_kind);
  CHECK(task->node == "n3");
  CHECK(task->machine_key == "c169e0204cab94ba");
  CHECK(task->why == "another kind");
  const auto node = read_node(
      node_text({.node = "n1", .machine_key = "c169e0204cab94ba", .cpu_model = "EPYC"}), "f");
  REQUIRE(node);
  CHECK(node->cpu_model == "EPYC");
}

TEST_CASE("what becomes a word of a command line, or the name of a file, is checked") {
  CHECK_FALSE(read_jobs(jobs_text({.ids = {"--all"}}), "f"));
  CHECK_FALSE(read_attempt(attempt_text({.node = "../n"}), "f"));
  CHECK_FALSE(read_node(node_text({.node = "n1", .machine_key = "c16"}), "f"));
  CHECK_FALSE(read_task("{}", "f"));
  CHECK_FALSE(read_jobs(attempt_text({.node = "n1"}), "f"));
}

TEST_CASE("what went wrong on a node cannot steer a terminal") {
  const std::string text = task_text(
      {.node = "n1", .machine_key = "c169e0204cab94ba", .why = "bad \x1b[31m\nsecond line"});
  CHECK(read_task(text, "f")->why == "bad ?[31m?second line");
}
