#!/bin/sh
# Installs the Debian packages that are missing: setup.sh build | tools | bench |
# quality | npm.
# Quick and silent when nothing is. As root by apt-get, else through sudo; where neither works,
# prints the line to type and fails.
set -eu

build='pkg-config libgsl-dev libglpk-dev libcsv-dev zlib1g-dev libcjson-dev libcmocka-dev nettle-dev
       libxxhash-dev libutf8proc-dev gnuplot-nox fonts-dejavu-core python3'
tools='clang clang-tidy clang-format libclang-rt-14-dev cppcheck valgrind shellcheck locales-all
       python3-jsonschema libxml2-utils chromium postgresql sqlite3 nodejs gcc'
bench='python3-sklearn python3-pandas'
quality='r-base-core r-cran-glmnet'
npm='nodejs npm'

case ${1-} in
build) want=$build ;;
tools)
    # A node from elsewhere brings an npm along, with which Debian's package would collide.
    want=$tools
    command -v node >/dev/null || want="$want nodejs"
    command -v npm >/dev/null || want="$want npm"
    ;;
bench) want=$bench ;;
quality) want=$quality ;;
npm) want=$npm ;;
*) echo "usage: setup.sh build|tools|bench|quality|npm" >&2; exit 2 ;;
esac

missing=''
for package in $want; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

line="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=''
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    echo "setup: these packages are missing; install them as root, then try again:" >&2
    echo "  $line" >&2
    exit 1
fi

echo "setup: installing$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The lists of a fresh system are empty and those of an old one stale, so they are read first.
for step in 'apt-get update' "$line"; do
    # shellcheck disable=SC2086 # the words of the line are meant to split
    if ! $as_root env DEBIAN_FRONTEND=noninteractive $step >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        echo "setup: '$step' failed; mend what it says above, then try again" >&2
        exit 1
    fi
done
