#!/usr/bin/env bash
# Prepares a Debian 12 machine, and on request goes on to the first result or to the tests.
#
#   config/bootstrap.sh          install the packages of config/packages.txt that are missing
#   config/bootstrap.sh tier0    the same, then build the release preset and measure tier 0
#   config/bootstrap.sh tests    the same, then build the dev preset and run every test
#
# Running it again installs and rebuilds nothing that is there already. As root it needs no sudo.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf 'bootstrap: %s\n' "$*"; }
die() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 2
}

wanted_packages() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$root/config/packages.txt"; }

missing_packages() {
  local package
  for package in $(wanted_packages); do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
      installed) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

# The first of the given packages that apt has no candidate for; nothing where it knows them all.
unknown_package() {
  local package
  for package in "$@"; do
    case $(LC_ALL=C apt-cache policy "$package" 2>/dev/null) in
      *"Candidate: (none)"*) ;;
      *"Candidate: "*) continue ;;
    esac
    printf '%s' "$package"
    return
  done
}

# Runs apt-get as root, quietly: its words are shown only where it fails.
apt_get() {
  local as_root=() log
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  log=$(mktemp)
  if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
      -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  tail -n 15 "$log" >&2
  rm -f "$log"
  return 1
}

become_root_or_die() {
  if [ "$(id -u)" -eq 0 ]; then return 0; fi
  command -v sudo >/dev/null ||
    die "packages are missing and this is not root: run it as root, or install sudo"
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi ||
    die "packages are missing and sudo did not let us become root: run it as root"
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "no apt here: this needs Debian 12, or install what config/packages.txt lists by hand"
  local missing unknown
  mapfile -t missing < <(missing_packages)
  if [ "${#missing[@]}" -eq 0 ]; then
    say "all packages of config/packages.txt are installed"
    return
  fi
  become_root_or_die
  if [ -n "$(unknown_package "${missing[@]}")" ]; then
    say "updating the package lists"
    apt_get update || die "apt-get update failed: check the network and the sources of apt"
    unknown=$(unknown_package "${missing[@]}")
    [ -z "$unknown" ] ||
      die "apt knows no package '$unknown': this needs Debian 12 and a network that reaches its archive"
  fi
  say "installing ${missing[*]}"
  apt_get install --no-install-recommends "${missing[@]}" && return
  say "that failed; trying once more with new package lists"
  if ! { apt_get update && apt_get install --no-install-recommends "${missing[@]}"; }; then
    die "apt-get install failed: check the network, the free disk space and the sources of apt"
  fi
}

# Configures and builds (and for a preset with tests, runs them) from the project's root.
workflow() {
  cd "$root"
  export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
  fi
  cmake --workflow --preset "$1"
}

[ "$#" -le 1 ] || die "too many arguments; usage: config/bootstrap.sh [tier0|tests]"
case "${1-}" in
  "") install_packages ;;
  tier0)
    install_packages
    workflow release
    "$root/build/release/bin/pulsebench" run --tier 0
    ;;
  tests)
    install_packages
    workflow dev
    ;;
  -h | --help) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" ;;
  *) die "unknown argument '$1'; usage: config/bootstrap.sh [tier0|tests]" ;;
esac
