#include "pulsebench/fleet/slurm_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::fleet;

// Printed by Slurm 22.05.8 of Debian 12.
constexpr const char* kNodeLines =
    "NodeName=n1 Arch=x86_64 CoresPerSocket=1 CPUAlloc=0 CPUEfctv=2 CPUTot=2 CPULoad=0.31 "
    "AvailableFeatures=epyc_9004,key_aaaa ActiveFeatures=epyc_9004,key_aaaa Gres=(null) "
    "NodeAddr=127.0.0.1 NodeHostName=vm Port=17011 Version=22.05.8 OS=Linux 5.10.0 #1 SMP "
    "RealMemory=6026 State=IDLE ThreadsPerCore=1 TmpDisk=0 Weight=1 Partitions=bench,night \n"
    "NodeName=n2 CPUTot=2 AvailableFeatures=(null) State=DOWN*+DRAIN Partitions=bench Reason=Not "
    "responding\n"
    "NodeName=n3 AvailableFeatures=key_bbbb State=ALLOCATED Partitions=bench \n\n";

TEST_CASE("the nodes of a cluster are read with their features, partitions and states") {
  const auto nodes = read_nodes(kNodeLines);
  REQUIRE(nodes.size() == 3);
  CHECK(nodes[0].name == "n1");
  CHECK(nodes[0].has_feature("key_aaaa"));
  CHECK_FALSE(nodes[0].has_feature("key_bbbb"));
  CHECK_FALSE(nodes[0].has_feature("key_a"));
  CHECK(nodes[0].is_in("night"));
  CHECK(nodes[0].is_in(""));
  CHECK_FALSE(nodes[2].is_in("night"));
  CHECK(nodes[0].usable);
  CHECK_FALSE(nodes[1].usable);
  CHECK(nodes[1].features.empty());
  CHECK(nodes[2].usable);
}

TEST_CASE("a node whose name could be an option or a path is passed over") {
  CHECK(read_nodes("NodeName=-x State=IDLE\nNodeName=../n State=IDLE\nNodeName=a;b State=IDLE\n"
                   "NodeName= State=IDLE\nName=n State=IDLE")
            .empty());
}

TEST_CASE("the size of an array is read from Slurm's configuration") {
  CHECK(max_array_size("MailProg                = /bin/mail\nMaxArraySize            = 1001\n") ==
        1001);
  CHECK_FALSE(max_array_size("MaxArraySizes = 5\n"));
  CHECK_FALSE(max_array_size("MaxArraySize = many\n"));
}

TEST_CASE("tasks in the queue are read, and those that have ended are none") {
  const auto tasks = read_queue(
      "0|RUNNING|n1|None\n1|PENDING||JobArrayTaskLimit\n2|COMPLETED|n1|None\n3|NODE_FAIL|n2|x\n"
      "4|COMPLETING|n2|None\nN/A|RUNNING|n1|None\n5|RUNNING\n");
  REQUIRE(tasks.size() == 3);
  CHECK(tasks[0].running);
  CHECK(tasks[0].node == "n1");
  CHECK_FALSE(tasks[1].running);
  CHECK(tasks[1].reason == "JobArrayTaskLimit");
  CHECK(tasks[2].shard == 4);
}

TEST_CASE("the number of a job is digits, with or without a cluster behind it") {
  CHECK(read_job_id("17\n") == "17");
  CHECK(read_job_id("17;cluster\n") == "17");
  CHECK_FALSE(read_job_id(""));
  CHECK_FALSE(read_job_id("--all"));
  CHECK_FALSE(read_job_id(std::string(30, '1')));
}

TEST_CASE("tasks of an array are written as ranges") {
  CHECK(array_text({0}) == "0");
  CHECK(array_text({0, 1, 2}) == "0-2");
  CHECK(array_text({0, 2, 3, 7}) == "0,2-3,7");
  CHECK(array_text({}).empty());
}

TEST_CASE("the script has nothing in it but the sum of the tool") {
  const std::string tool(64, 'a');
  CHECK(task_script(tool) == "#!/bin/sh\nexec ./bin/" + tool + " fleet task\n");
  CHECK(node_script(tool) == "#!/bin/sh\nexec ./bin/" + tool + " fleet kinds --here\n");
}

TEST_CASE("what the user names is one word of sbatch's command line, whatever is in it") {
  const auto words = batch_words({.run_folder = "/spool/$(id) `x`",
                                  .tasks = {0, 1},
                                  .at_once = 1,
                                  .partition = "a b; c",
                                  .constraint = "key_x&y",
                                  .options = {"--account=perf team"}},
                                 "/spool/$(id) `x`/task.sh");
  CHECK(words == std::vector<std::string>{
                     "sbatch", "--parsable", "--job-name=pulsebench", "--exclusive", "--nodes=1",
                     "--requeue", "--open-mode=append", "--chdir=/spool/$(id) `x`", "--array=0-1%1",
                     "--output=logs/%A_%a.log", "--partition=a b; c", "--constraint=key_x&y",
                     "--account=perf team", "/spool/$(id) `x`/task.sh"});
  const auto one = batch_words({.run_folder = "/s", .node = "n1"}, "/s/node.sh");
  CHECK(std::ranges::find(one, "--nodelist=n1") != one.end());
  CHECK(std::ranges::none_of(one, [](const auto& word) { return word.starts_with("--array"); }));
}
