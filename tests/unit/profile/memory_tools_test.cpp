// The texts are shortened outputs of valgrind 3.19 and heaptrack 1.4, of a program in which one
// call of leak() in a thousand leaves 256 bytes: after 2000 calls, 512 bytes in 2 blocks.

#include <doctest/doctest.h>

#include <string>

#include "pulsebench/profile/dhat.hpp"
#include "pulsebench/profile/heaptrack.hpp"
#include "pulsebench/profile/massif.hpp"
#include "pulsebench/profile/memcheck_xml.hpp"
#include "pulsebench/profile/nsys_csv.hpp"

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

constexpr const char* kMassif = R"(desc: --massif-out-file=massif.out
cmd: ./mem 2000
time_unit: i
#-----------
snapshot=0
#-----------
time=0
mem_heap_B=0
mem_heap_extra_B=0
mem_stacks_B=0
heap_tree=empty
#-----------
snapshot=1
#-----------
time=1806650
mem_heap_B=98591
mem_heap_extra_B=8
mem_stacks_B=0
heap_tree=peak
n3: 98591 (heap allocation functions) malloc/new/new[], --alloc-fns, etc.
 n1: 72704 0x48FA7B9: ??? (in /usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30)
  n0: 72704 0x4004A1D: call_init (dl-init.c:74)
 n1: 15680 0x109785: make_unique<Node> (unique_ptr.h:1065)
  n1: 15680 0x109785: keep(int) (mem.cpp:13)
   n0: 15680 0x109928: op(int) (mem.cpp:15)
 n0: 10207 in 5 places, all below massif's threshold (1.00%)
)";

std::string dhat_text(int calls) {
  const std::string leaks = std::to_string(calls / 1000);
  return R"j({"dhatFileVersion":2,"mode":"heap","cmd":"./mem","te":3803929,"pps":
 [{"tb":72704,"tbk":1,"tl":1880548,"mb":72704,"mbk":1,"eb":0,"ebk":0,"rb":0,"wb":16,"fs":[1]}
 ,{"tb":)j" +
         std::to_string(70 * calls) + R"j(,"tbk":)j" + std::to_string(calls) +
         R"j(,"tl":1,"mb":41,"mbk":1,"eb":0,"ebk":0,"fs":[2,3]}
 ,{"tb":)j" +
         std::to_string(calls / 1000 * 256) + R"j(,"tbk":)j" + leaks + R"j(,"eb":)j" +
         std::to_string(calls / 1000 * 256) + R"j(,"ebk":)j" + leaks +
         R"j(,"acc":[2,-255,0],"fs":[4,3]}]
,"ftbl":["[root]","0x49027B9: ??? (in /usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30)"
 ,"0x109709: format_it[abi:cxx11](int) (mem.cpp:12)","0x1098B8: op(int) (mem.cpp:15)"
 ,"0x10973D: leak(int) (mem.cpp:14)"]
})j";
}

constexpr const char* kMemcheck = R"(<?xml version="1.0"?>
<valgrindoutput>
<protocolversion>4</protocolversion>
<protocoltool>memcheck</protocoltool>
<error>
  <unique>0x1</unique>
  <kind>UninitCondition</kind>
  <what>Conditional jump</what>
</error>
<error>
  <unique>0x0</unique>
  <tid>1</tid>
  <kind>Leak_DefinitelyLost</kind>
  <xwhat>
    <text>512 bytes in 2 blocks are definitely lost in loss record 1 of 1</text>
    <leakedbytes>512</leakedbytes>
    <leakedblocks>2</leakedblocks>
  </xwhat>
  <stack>
    <frame>
      <ip>0x48417B4</ip>
      <obj>/usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so</obj>
      <fn>malloc</fn>
    </frame>
    <frame>
      <ip>0x10973D</ip>
      <fn>leak&lt;int&gt;(int)</fn>
      <dir>/src</dir>
      <file>mem.cpp</file>
      <line>14</line>
    </frame>
    <frame>
      <ip>0x10973E</ip>
      <obj>/usr/lib/libx.so.1</obj>
    </frame>
  </stack>
</error>
</valgrindoutput>
)";

}  // namespace

TEST_CASE("massif: the heap over time, and who held it at the peak") {
  const auto profile = read_massif(kMassif);
  REQUIRE(profile.has_value());
  CHECK(profile->heap_bytes == std::vector<double>{0, 98591});
  CHECK(profile->peak_bytes == 98591);
  REQUIRE(profile->at_peak.size() == 3);
  CHECK(profile->at_peak[0].bytes == 72704);
  CHECK(profile->at_peak[0].frames[0].function == "[libstdc++.so.6.0.30]");
  CHECK(profile->at_peak[1].bytes == 15680);
  REQUIRE(profile->at_peak[1].frames.size() == 3);
  CHECK(profile->at_peak[1].frames[1] ==
        Frame{.function = "keep(int)", .file = "mem.cpp", .line = 13});
  CHECK(profile->at_peak[2].frames[0].function == "elsewhere");
  CHECK_FALSE(read_massif("").has_value());
  CHECK_FALSE(read_massif("desc: x\nmem_heap_B=x\n").has_value());
  CHECK_FALSE(read_massif("desc: x\nmem_heap_B=1\nheap_tree=peak\n   n0: 1 0x1: f\n").has_value());
}

TEST_CASE("DHAT: what two processes differ by is of the operations, and constants vanish") {
  const auto few = read_dhat(dhat_text(10'000));
  const auto more = read_dhat(dhat_text(20'000));
  REQUIRE(few.has_value());
  REQUIRE(more.has_value());
  const auto slopes = dhat_slopes(*few, *more, 10'000);
  REQUIRE(slopes.size() == 3);
  CHECK(slopes[0].kind == "left");
  CHECK(slopes[0].blocks == 0.001);
  CHECK(slopes[0].bytes == 0.256);
  CHECK(slopes[0].frames[0] == Frame{.function = "leak(int)", .file = "mem.cpp", .line = 14});
  CHECK(slopes[1].kind.empty());
  CHECK(slopes[1].blocks == 1.0);
  CHECK(slopes[1].bytes == 70.0);
  CHECK(slopes[1].frames[0].function == "format_it[abi:cxx11](int)");
  CHECK(read_dhat("{}").error().message == "DHAT's output: 'dhatFileVersion' is missing");
  CHECK_FALSE(read_dhat(R"({"dhatFileVersion":2,"pps":[{"tb":1,"tbk":1,"fs":[3]}],"ftbl":[]})"));
}

TEST_CASE("memcheck: leaks with their kind and stack; other errors are left out") {
  const auto leaks = read_memcheck_xml(kMemcheck);
  REQUIRE(leaks.has_value());
  REQUIRE(leaks->size() == 1);
  CHECK(leaks->front().kind == "definitely lost");
  CHECK(leaks->front().bytes == 512);
  CHECK(leaks->front().blocks == 2);
  REQUIRE(leaks->front().frames.size() == 3);
  CHECK(leaks->front().frames[1] ==
        Frame{.function = "leak<int>(int)", .file = "/src/mem.cpp", .line = 14});
  CHECK(leaks->front().frames[2].function == "[libx.so.1]");
  CHECK_FALSE(read_memcheck_xml("<valgrindoutput/>").has_value());
}

TEST_CASE("heaptrack: folded stacks, the innermost first") {
  const auto leaks = read_heaptrack(
      "main (mem.cpp);std::f(unsigned long, char) (basic_string.h);leak(int) (mem.cpp); 512\n"
      "main (mem.cpp);op(int) (mem.cpp); 0\n",
      HeaptrackCost::leaked);
  REQUIRE(leaks.has_value());
  REQUIRE(leaks->size() == 1);
  CHECK(leaks->front().bytes == 512);
  REQUIRE(leaks->front().frames.size() == 3);
  CHECK(leaks->front().frames[0] == Frame{.function = "leak(int)", .file = "mem.cpp"});
  CHECK(leaks->front().frames[1].function == "std::f(unsigned long, char)");
  CHECK_FALSE(read_heaptrack("no stack\n", HeaptrackCost::leaked).has_value());
}

TEST_CASE("nsys: kernels of the table, which follows the tool's own words") {
  // As the documentation of Nsight Systems 2023 shows it.
  const auto kernels = read_nsys_kernels(
      "Processing [report.nsys-rep] with [cuda_gpu_kern_sum.py]...\n\n"
      "Time (%),Total Time (ns),Instances,Avg (ns),Med (ns),Min (ns),Max (ns),StdDev (ns),Name\n"
      "75.5,3000,3,1000.0,1000.0,900,1100,100.0,\"void add<float, int>(float*, \"\"x\"\")\"\n"
      "24.5,1000,1,1000.0,1000.0,1000,1000,0.0,scale(int)\r\n\nGenerated\n");
  REQUIRE(kernels.has_value());
  REQUIRE(kernels->size() == 2);
  CHECK((*kernels)[0].name == "void add<float, int>(float*, \"x\")");
  CHECK((*kernels)[0].percent == 75.5);
  CHECK((*kernels)[0].runs == 3);
  CHECK((*kernels)[1].total_ns == 1000.0);
  CHECK((*kernels)[1].name == "scale(int)");
  CHECK(read_nsys_kernels("SKIPPED: no CUDA kernel data\n")->empty());
  CHECK_FALSE(read_nsys_kernels("Time (%),Total Time (ns),Instances,Name\n1,x,3,n\n").has_value());
}
