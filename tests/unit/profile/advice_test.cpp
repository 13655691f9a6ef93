#include "pulsebench/profile/advice/advice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::profile;

namespace {

/// An operation of 100 ns in one function of the program, whose instructions are executed so often
/// each, and in other functions. The prices are round numbers.
class Operation {
 public:
  Operation(const std::string& listing, double executions) {
    ExecutedFunction function{.name = "op()", .object = "/build/bench"};
    HotFunction hot{.code = read_objdump(listing)};
    for (DisassembledInstruction& one : hot.code) {
      one.executions = executions;
      function.instructions += executions;
      function.each.push_back(
          {.address = one.address, .where = SourceLine{"op.cpp", 7}, .executions = executions});
    }
    add(std::move(function));
    code_ = std::move(hot.code);
  }

  Operation& add(ExecutedFunction function) {
    profile_.instructions += function.instructions;
    profile_.functions.push_back(std::move(function));
    return *this;
  }

  std::vector<DisassembledInstruction>& code() { return code_; }
  ExecutedFunction& function() { return profile_.functions.front(); }

  std::vector<Advice> advice() const {
    Evidence evidence{.ns_per_op = 100.0,
                      .profile = profile_,
                      .prices = {.locked = 5.0,
                                 .division = 4.0,
                                 .call = 3.0,
                                 .allocation = 20.0,
                                 .system_call = 50.0,
                                 .branch_miss = 10.0}};
    evidence.hot.push_back({.function = &profile_.functions.front(), .code = code_});
    return advise(evidence);
  }

 private:
  OperationProfile profile_{.operations = 10};
  std::vector<DisassembledInstruction> code_;
};

const Advice* find(const std::vector<Advice>& all, const std::string& rule) {
  const auto found = std::ranges::find(all, rule, &Advice::rule);
  return found == all.end() ? nullptr : &*found;
}

/// The advice of the rule on ten executions of each instruction, or null.
std::optional<Advice> on(const std::string& listing, const std::string& rule) {
  const auto all = Operation{listing, 10.0}.advice();
  const Advice* const found = find(all, rule);
  return found == nullptr ? std::nullopt : std::optional{*found};
}

ExecutedFunction entered(const std::string& name, double times, double instructions) {
  return {.name = name,
          .object = "/lib/libc.so.6",
          .instructions = instructions,
          .each = {{.address = 0x9000, .executions = times}}};
}

}  // namespace

TEST_CASE("a locked instruction costs what it costs on this machine") {
  const auto advice = on("1000:\tlock xadd %rax,(%rdi)\n1005:\tret\n", "lock prefix");
  REQUIRE(advice.has_value());
  CHECK(advice->gain_ns == 50.0);  // ten of 5 ns
  CHECK(advice->where == SourceLine{"op.cpp", 7});
  CHECK(on("1000:\txchg   %rax,(%rdi)\n", "lock prefix").has_value());
  CHECK_FALSE(on("1000:\txchg   %ax,%ax\n1002:\tmov    %rax,(%rdi)\n", "lock prefix"));
}

TEST_CASE("integer divisions are found, and other instructions of like names are not") {
  REQUIRE(on("1000:\tdivq   0x8(%rdi)\n", "division").has_value());
  CHECK(on("1000:\tidiv   %ecx\n", "division")->gain_ns == 40.0);
  CHECK_FALSE(on("1000:\tdivsd  %xmm1,%xmm0\n1004:\timul   %rcx,%rax\n", "division"));
}

TEST_CASE("a call of a short function of the same program is to be inlined") {
  const auto with_call = [](double instructions, const char* object, const char* listing) {
    Operation operation{listing, 10.0};
    operation.function().calls.push_back({.address = 0x1000,
                                          .callee = "leaf()",
                                          .callee_object = object,
                                          .instructions = instructions});
    return find(operation.advice(), "short calls") != nullptr;
  };
  const char* const direct = "1000:\tcall   2000 <leaf()>\n";
  CHECK(with_call(50.0, "/build/bench", direct));         // five instructions a call
  CHECK_FALSE(with_call(200.0, "/build/bench", direct));  // twenty
  CHECK_FALSE(with_call(50.0, "/lib/libc.so.6", direct));
  CHECK_FALSE(with_call(50.0, "/build/bench", "1000:\tcall   *0x10(%rax)\n"));
}

TEST_CASE("a call through the PLT is found") {
  const auto advice = on("1000:\tcall   1040 <strnlen@plt>\n1005:\tret\n", "PLT calls");
  REQUIRE(advice.has_value());
  CHECK(advice->evidence.find("strnlen") != std::string::npos);
  CHECK_FALSE(on("1000:\tcall   1040 <length_of>\n", "PLT calls"));
}

TEST_CASE("a short loop that crosses a line of 64 bytes is found") {
  // Six bytes, from 60 on and from 56 on.
  CHECK(
      on("103c:\tadd    $0x1,%rax\n1040:\tjne    103c <op+0x3c>\n1042:\tret\n", "loop alignment"));
  CHECK_FALSE(
      on("1038:\tadd    $0x1,%rax\n103c:\tjne    1038 <op+0x38>\n103e:\tret\n", "loop alignment"));
}

TEST_CASE("a loop of scalar arithmetic over memory is to be vectorised") {
  const std::string scalar =
      "1000:\taddsd  (%rdi),%xmm0\n1004:\tadd    $0x8,%rdi\n1008:\tcmp    %rdi,%rax\n"
      "100b:\tjne    1000 <op>\n";
  CHECK(on(scalar, "vectorisation"));
  CHECK(on("1000:\tadd    (%rdi,%rdx,8),%rax\n1004:\tadd    $0x1,%rdx\n1008:\tjne    1000 <op>\n",
           "vectorisation"));
  std::string packed = scalar;
  packed.replace(packed.find("addsd"), 5, "addpd");
  CHECK_FALSE(on(packed, "vectorisation"));
  std::string divides = scalar;
  divides.replace(divides.find("cmp    %rdi,%rax"), 16, "divsd  %xmm1,%xmm0");
  CHECK_FALSE(on(divides, "vectorisation"));
  CHECK_FALSE(on("1000:\txor    %rdx,%rax\n1004:\tadd    $0x1,%rdx\n1008:\tjne    1000 <op>\n",
                 "vectorisation"));
}

TEST_CASE("misses of a forward branch count, and those that end a loop do not") {
  const auto missed = [](const char* listing, double misses) {
    Operation operation{listing, 10.0};
    operation.code()[0].branch_misses = misses;
    return find(operation.advice(), "branch misses") != nullptr;
  };
  CHECK(missed("1000:\tjne    1010 <op+0x10>\n1002:\tret\n", 0.5));
  CHECK_FALSE(missed("1000:\tjne    1010 <op+0x10>\n1002:\tret\n", 0.1));
  CHECK_FALSE(missed("1000:\tjne    0ff0 <op+0x10>\n1002:\tret\n", 0.5));
}

TEST_CASE("allocations, copies and system calls are seen without any machine code") {
  const std::string none;
  auto all = Operation{none, 0.0}
                 .add(entered("op()", 1.0, 100.0))
                 .add(entered("malloc", 2.0, 60.0))
                 .add(entered("free", 2.0, 40.0))
                 .advice();
  REQUIRE(find(all, "allocation") != nullptr);
  CHECK(find(all, "allocation")->gain_ns == 40.0);
  CHECK(find(all, "allocation")->remedy.find("freed again") != std::string::npos);

  all = Operation{none, 0.0}
            .add(entered("op()", 1.0, 80.0))
            .add(entered("__memcpy_avx_unaligned_erms", 1.0, 20.0))
            .advice();
  REQUIRE(find(all, "copies") != nullptr);
  CHECK(find(all, "copies")->gain_ns == 20.0);  // a fifth of 100 ns

  ExecutedFunction kernel = entered("getppid", 1.0, 3.0);
  kernel.system_calls = 1.0;
  all = Operation{none, 0.0}.add(entered("op()", 1.0, 97.0)).add(kernel).advice();
  REQUIRE(find(all, "system calls") != nullptr);
  CHECK(find(all, "system calls")->function == "getppid");
  CHECK(Operation{none, 0.0}.add(entered("op()", 1.0, 97.0)).advice().empty());
}

TEST_CASE("at most five pieces of advice are given, the largest gain first, none below 2 %") {
  Operation operation{
      "1000:\tlock xadd %rax,(%rdi)\n1005:\tdiv    %rcx\n1008:\tcall   1040 <strnlen@plt>\n", 4.0};
  operation.add(entered("malloc", 2.0, 60.0));
  operation.add(entered("memcpy", 1.0, 60.0));
  operation.function().calls.push_back(
      {.address = 0x1008, .callee = "strnlen", .callee_object = "libc"});
  ExecutedFunction kernel = entered("getppid", 1.0, 1.0);
  kernel.system_calls = 1.0;
  operation.add(kernel);
  const auto all = operation.advice();
  CHECK(all.size() == kMostAdvice);
  CHECK(std::ranges::is_sorted(all, std::greater{}, &Advice::gain_ns));
  CHECK(all.back().gain_ns >= 2.0);
  const auto little = Operation{"1000:\tdiv    %rcx\n", 1.0}.advice();
  CHECK(find(little, "division") != nullptr);  // 4 ns of 100
  CHECK_FALSE(Operation{"1000:\tdiv    %rcx\n", 0.4}.advice().size() > 0);
}
