#!/usr/bin/env bash
# Runs debuggees under Wine and keeps the minidumps that dumper.exe writes:
#
#     debuggees/make-dumps.sh FOLDER-OF-BUILD OUT [NAME ARCH KIND TYPE]...
#
# Without NAMEs every kind of crash is dumped for x64 and x86. Wine must be able to run 32-bit programs for x86. With
# WINE_ROOT=DIR, Wine is the one of a Debian root folder made by
#     debootstrap --variant=minbase trixie DIR
#     (in it) dpkg --add-architecture i386; apt-get update; apt-get install --no-install-recommends wine wine64 wine32:i386
# with /proc and /dev mounted.
set -eu
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2
root=${WINE_ROOT:-}
prefix=/tmp/oriel-wine
home=$root$prefix/drive_c/oriel

in_wine() {
    local run=(env -i HOME=/tmp PATH=/usr/bin:/bin USER=oriel WINEPREFIX=$prefix WINEDEBUG=-all
        WINEDLLOVERRIDES="mscoree,mshtml=")
    [ -n "$root" ] && run=(chroot "$root" "${run[@]}")
    timeout 120 "${run[@]}" wine "$@"
}

# The dump of one crash: NAME ARCH PROGRAM-AND-KIND TYPE
dump() {
    local name=$1 arch=$2 kind=$3 type=$4 program="C:\\oriel\\crash-$2.exe"
    [ "$kind" = throw ] && program="C:\\oriel\\throw-$2.exe"
    in_wine "C:\\oriel\\dumper-$arch.exe" "C:\\oriel\\$name.dmp" "$type" "$program" "$kind" || return 0
    # Wine notes the kernel of the machine in the dump: of no interest to anyone.
    KERNEL=$(uname -r) perl -0777 -pi -e 's/\Q$ENV{KERNEL}\E/"x" x length $ENV{KERNEL}/ge' "$home/$name.dmp"
    mv "$home/$name.dmp" "$out/"
}

mkdir -p "$root$prefix"
[ -e "$root$prefix/system.reg" ] || in_wine wineboot -i
mkdir -p "$home"
cp "$build"/*.exe "$build"/*.pdb "$home/"
if [ $# -gt 0 ]; then
    while [ $# -ge 4 ]; do
        dump "$1" "$2" "$3" "$4"
        shift 4
    done
else
    for arch in x64 x86; do
        for kind in $(sed -n 's/^    {"\([a-z-]*\)".*/\1/p' "$(dirname "$0")/crash.c") throw; do
            dump "$kind-$arch" $arch "$kind" 0
        done
    done
fi
