#!/bin/sh
# Builds the programs that the tests of win32 and of the debugger look into, for x64 and x86: build.sh FOLDER
# Needs MinGW-w64 (Debian: mingw-w64). Builds only what is older than its source. FOLDER/built-x64 and
# built-x86 say that all of an architecture are there.
set -eu
source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=$1
mkdir -p "$out"
rm -f "$out"/built-*

# make PROGRAM SOURCE COMPILER OPTION...: an interrupted run must not leave half a program.
make() {
    to=$out/$1 from=$source/$2
    shift 2
    [ "$to" -nt "$from" ] && return
    "$@" -o "$to.part" "$from" $libraries
    mv "$to.part" "$to"
}

for arch in x64:x86_64 x86:i686; do
    name=${arch%:*}
    compiler=${arch#*:}-w64-mingw32-gcc
    command -v "$compiler" >/dev/null || { echo "$compiler is not installed"; continue; }
    libraries='-luser32 -lpsapi -lgdi32 -ladvapi32'
    for program in live run guide layouts floor hostile odd; do
        make "$program-$name.exe" "$program.c" "$compiler" -O1 -g -Wall -fno-omit-frame-pointer
    done
    libraries=
    make "cpp-$name.exe" cpp.cpp "${arch#*:}-w64-mingw32-g++" -O1 -s -static -Wall
    # What scripts/bench and scripts/soak measure.
    make "target-$name.exe" target.c "$compiler" -O1 -g -fno-inline
    make "probe-$name.dll" probe.c "$compiler" -O1 -s -Wall -shared
    # The smallest debugger of target, x64 only.
    [ "$name" != x64 ] || make cdbg-x64.exe cdbg.c "$compiler" -O2
    : >"$out/built-$name"
done
