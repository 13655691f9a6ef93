#!/usr/bin/env bash
# Prepares a machine of Debian 12 or newer; on request also measures a first result or runs the tests.
#
#   config/bootstrap.sh          install the packages of config/packages.txt that are missing
#   config/bootstrap.sh tier0    also build the release preset and measure tier 0
#   config/bootstrap.sh tests    also build the dev preset and run every test
#   config/bootstrap.sh web      also install what tests/web needs: Chromium, Node.js 18 or newer, and
#                                the npm packages of its lock file
#   config/bootstrap.sh ci       also install what tests/ci validates workflows with: Node.js, and the
#                                npm packages of its lock file
#   config/bootstrap.sh workloads  also install the libraries of the suites that are optional
#   config/bootstrap.sh peers    also install the libraries that suites/peers measures beside pulse,
#                                and the load generators that tests/workloads does
#   config/bootstrap.sh fleet    also install Slurm, of which tests/fleet runs three nodes of its own
#   config/bootstrap.sh inference  also install llama.cpp and ONNX Runtime for suites/inference: Node.js,
#                                and the npm packages of its lock file (390 MB)
#   config/bootstrap.sh console  also install the Prometheus server with which tests/console reads
#                                metrics
#   config/bootstrap.sh package  also install what tests/packages needs: lintian and debootstrap
#   config/bootstrap.sh platforms  also install what tests/platforms needs: debootstrap
#   config/bootstrap.sh windows  install what the preset windows needs instead: a cross compiler, Wine,
#                                and libraries that it builds from Debian's source packages
#
# A second run installs and rebuilds only what is missing. It says what it installs, and removes no
# package. Root needs no sudo.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf 'bootstrap: %s\n' "$*"; }
die() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 2
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Debian's versions of Boost exclude each other, and each of these will do.
has_boost() {
  local version
  for version in 1.74 1.81 1.83 1.88; do
    if is_installed "libboost$version-dev"; then return 0; fi
  done
  return 1
}

lists=("$root/config/packages.txt")
npm_folder=''  # Node.js and npm may come from elsewhere, whose packages exclude those of Debian.

wanted_packages() {
  sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "${lists[@]}"
  if ! has_boost; then echo libboost-dev; fi
  if [ -n "$npm_folder" ] && ! command -v npm >/dev/null; then printf '%s\n' nodejs npm; fi
}

missing_packages() {
  local package
  for package in $(wanted_packages); do
    is_installed "$package" || printf '%s\n' "$package"
  done
}

# Prints the first of the given packages without a candidate in apt, if any.
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

# Runs apt-get as root, and shows its output only if it fails.
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

# Ends here where apt could install the packages only by removing others.
refuse_removals() {
  local removed
  removed=$(LC_ALL=C apt-get -s -q -y install --no-install-recommends "$@" 2>/dev/null |
    sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ')
  [ -z "$removed" ] ||
    die "to install $* would remove: ${removed% }; install what you need of both by hand"
}

become_root_or_die() {
  if [ "$(id -u)" -eq 0 ]; then return 0; fi
  command -v sudo >/dev/null ||
    die "packages are missing: run this as root, or install sudo"
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi ||
    die "packages are missing, and sudo failed: run this as root"
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "there is no apt: use Debian 12 or newer, or install the packages of config/packages.txt manually"
  local missing unknown
  read -ra missing <<<"$(missing_packages | tr '\n' ' ')"  # < <() would need /proc
  if [ "${#missing[@]}" -eq 0 ]; then
    say "all packages of ${lists[*]#"$root/"} are installed"
    return
  fi
  become_root_or_die
  if [ -n "$(unknown_package "${missing[@]}")" ]; then
    say "updating the package lists"
    apt_get update || die "apt-get update failed: check the network and the sources of apt"
    unknown=$(unknown_package "${missing[@]}")
    [ -z "$unknown" ] ||
      die "apt has no package '$unknown': use Debian 12 or newer, with access to its archive"
  fi
  refuse_removals "${missing[@]}"
  say "installing ${missing[*]}, and what they need"
  apt_get install --no-remove --no-install-recommends "${missing[@]}" && return
  say "apt-get install failed; retrying with new package lists"
  if ! { apt_get update &&
    apt_get install --no-remove --no-install-recommends "${missing[@]}"; }; then
    die "apt-get install failed: check the network, the free disk space and the sources of apt"
  fi
}

# Where no PostgreSQL is installed yet: the server that its package would make and start by itself would
# run from then on, and disturb what is measured.
keep_postgresql_from_starting() {
  if is_installed postgresql-common; then return; fi
  become_root_or_die
  local as_root=() folder=/etc/postgresql-common/createcluster.d
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  "${as_root[@]}" mkdir -p "$folder"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$folder/pulsebench.conf" >/dev/null
}

# Where no Prometheus is installed yet: its service would run from then on, and disturb what is measured.
keep_prometheus_from_starting() {
  if is_installed prometheus; then return; fi
  become_root_or_die
  local as_root=() unit=/etc/systemd/system/prometheus.service
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  if [ -e "$unit" ] || [ -L "$unit" ]; then return; fi
  say "keeping the service prometheus from starting: systemctl unmask prometheus lets it"
  "${as_root[@]}" mkdir -p "${unit%/*}"
  "${as_root[@]}" ln -s /dev/null "$unit"
}

# Configures and builds a preset, and runs its tests if it has them.
workflow() {
  cd "$root"
  export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
  fi
  cmake --workflow --preset "$1"
}

# The scripts of packages are not run: none of these needs any.
install_npm_packages() { # <folder>
  npm_folder=$1
  install_packages
  (cd "$root/$npm_folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    die "npm ci failed in $npm_folder: check the network"
}

[ "$#" -le 1 ] || die "too many arguments; usage: config/bootstrap.sh [tier0|tests|workloads|peers|fleet|inference|console|web|ci|package|platforms|windows]"
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
  workloads)
    lists+=("$root/config/packages-workloads.txt")
    keep_postgresql_from_starting
    install_packages
    ;;
  peers)
    lists+=("$root/config/packages-peers.txt")
    install_packages
    ;;
  fleet)
    lists+=("$root/config/packages-fleet.txt")
    install_packages
    ;;
  web)
    lists+=("$root/config/packages-web.txt")
    install_npm_packages tests/web
    ;;
  ci) install_npm_packages tests/ci ;;
  inference) install_npm_packages suites/inference ;;
  console)
    lists+=("$root/config/packages-console.txt")
    keep_prometheus_from_starting
    install_packages
    ;;
  package)
    lists+=("$root/config/packages-package.txt")
    install_packages
    ;;
  platforms)
    lists+=("$root/config/packages-platforms.txt")
    install_packages
    ;;
  windows)
    lists=("$root/config/packages-windows.txt")
    install_packages
    "$root/config/windows_libraries.sh"
    ;;
  -h | --help) sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" ;;
  *) die "unknown argument '$1'; usage: config/bootstrap.sh [tier0|tests|workloads|peers|fleet|inference|console|web|ci|package|platforms|windows]" ;;
esac
