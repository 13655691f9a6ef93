#include "unprivileged.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr unsigned kNobody = 65534;  // the kernel's overflow user and group
constexpr unsigned kUnchanged = ~0U;

void become(long call, unsigned effective) {
  [[maybe_unused]] const long done = syscall(call, kUnchanged, effective, kUnchanged);
}

}  // namespace

Unprivileged::Unprivileged()
    : user_(geteuid()), group_(getegid()), dumpable_(prctl(PR_GET_DUMPABLE)) {
  prctl(PR_GET_PDEATHSIG, &parent_death_signal_);
  if (user_ != 0) return;
  munlockall();
  become(SYS_setresgid, kNobody);
  become(SYS_setresuid, kNobody);
}

Unprivileged::~Unprivileged() {
  if (user_ != 0) return;
  become(SYS_setresuid, user_);
  become(SYS_setresgid, group_);
  if (dumpable_ == 1) prctl(PR_SET_DUMPABLE, 1);
  prctl(PR_SET_PDEATHSIG, parent_death_signal_);
}

bool Unprivileged::holds() const { return geteuid() != 0; }
