// Uses the installed core library: a task that has used up its budget has to give way.
#include <cstdio>
#include <pulse/hook_registry.hpp>
#include <pulse/task_budget.hpp>

int main() {
  pulse::TaskBudget budget{3};
  int polls = 0;
  while (budget.consume()) ++polls;
  std::printf("%d polls, exhausted: %s\n", polls, budget.is_exhausted() ? "yes" : "no");
  return polls == 3 && budget.is_exhausted() ? 0 : 1;
}
