#!/usr/bin/env bash
# Runs a command in a user namespace in which the kernel starts programs of aarch64 Linux by QEMU, also
# those that other programs start. When it ends, the namespace and its registration are gone: nothing of
# the machine changes, and no privilege is needed.
#
#   tests/platforms/emulated.sh build/aarch64/bin/pulsebench doctor
#
# Needs Linux 6.7 or newer, from which on each user namespace has registrations of its own, and the
# package qemu-user-static.
set -euo pipefail

if [ "$#" -eq 0 ]; then
  sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
  exit 2
fi
if [ -z "${EMULATED_INSIDE-}" ]; then
  command -v qemu-aarch64-static >/dev/null || {
    echo "emulated.sh: qemu-aarch64-static is not installed; on Debian: apt install qemu-user-static" >&2
    exit 2
  }
  users=(--map-root-user)
  # All users, where root may map them: some tests change to another one.
  if [ "$(id -u)" -eq 0 ] && command -v newuidmap >/dev/null && grep -qs '^root:0:65536$' /etc/subuid; then
    users=(--map-users=0,0,65536 --map-groups=0,0,65536 --setuid 0 --setgid 0)
  fi
  EMULATED_INSIDE=yes exec unshare --user "${users[@]}" --mount --propagation private bash "$0" "$@"
fi
unset EMULATED_INSIDE
registrations=/proc/sys/fs/binfmt_misc
mount -t binfmt_misc binfmt_misc "$registrations" || {
  echo "emulated.sh: this kernel has no binfmt_misc of a user namespace; use Linux 6.7 or newer" >&2
  exit 2
}
# The first bytes of an executable of aarch64, and which of them count, as in QEMU's own
# scripts/qemu-binfmt-conf.sh. F: the emulator is opened now, and found in every chroot.
magic='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
printf '%s' ":qemu-aarch64:M::$magic:$mask:$(command -v qemu-aarch64-static):F" >"$registrations/register"
exec "$@"
