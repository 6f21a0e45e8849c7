#!/bin/sh
# Builds the programs that the tests of win32 and of the debugger look into, for x64 and x86: build.sh FOLDER
# Needs MinGW-w64 (Debian: mingw-w64). Builds only what is older than its source.
set -eu
source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=$1
mkdir -p "$out"
for arch in x64:x86_64 x86:i686; do
    compiler=${arch#*:}-w64-mingw32-gcc
    for program in live run guide layouts floor hostile odd; do
        exe=$out/$program-${arch%:*}.exe
        [ "$exe" -nt "$source/$program.c" ] && continue
        "$compiler" -O1 -g -Wall -fno-omit-frame-pointer -o "$exe" "$source/$program.c" -luser32 -lpsapi -lgdi32 -ladvapi32
    done
    exe=$out/cpp-${arch%:*}.exe
    [ "$exe" -nt "$source/cpp.cpp" ] ||
        "${arch#*:}-w64-mingw32-g++" -O1 -s -static -Wall -o "$exe" "$source/cpp.cpp"
    # What scripts/bench and scripts/soak measure.
    exe=$out/target-${arch%:*}.exe
    [ "$exe" -nt "$source/target.c" ] || "$compiler" -O1 -g -fno-inline -o "$exe" "$source/target.c"
    dll=$out/probe-${arch%:*}.dll
    [ "$dll" -nt "$source/probe.c" ] || "$compiler" -O1 -s -Wall -shared -o "$dll" "$source/probe.c"
done
# The smallest debugger of target, x64 only.
[ "$out/cdbg-x64.exe" -nt "$source/cdbg.c" ] ||
    x86_64-w64-mingw32-gcc -O2 -o "$out/cdbg-x64.exe" "$source/cdbg.c"
