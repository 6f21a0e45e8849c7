#!/usr/bin/env bash
# Builds the debuggees for x64 and x86 into a folder:
#
#     debuggees/build.sh [FOLDER]        default: target/debuggees
#
# Needs clang, lld and the MinGW-w64 headers, import libraries and compilers (Debian: clang-19 lld-19 mingw-w64).
# NAME-x64.exe has a PDB (clang), NAME-x64-gnu.exe DWARF and a COFF symbol table (MinGW gcc).
set -eu
source=$(cd "$(dirname "$0")" && pwd)
out=${1:-$source/../target/debuggees}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cp "$source"/*.c "$source"/*.cpp "$out"/
cd "$out"
clang=${CLANG:-clang-19}
link=${LLD_LINK:-lld-link-19}

for arch in x64:x86_64 x86:i686; do
    short=${arch%%:*}
    long=${arch##*:}
    "$clang" --target="$long-w64-mingw32" -g -gcodeview -O1 -fno-omit-frame-pointer -fdebug-compilation-dir=. \
        -Wall -c crash.c -o "crash-$short.obj"
    "$link" -lldmingw /debug /pdb:"crash-$short.pdb" /pdbaltpath:%_PDB% /out:"crash-$short.exe" /stack:0x30000 \
        /subsystem:console /entry:start "crash-$short.obj" \
        "/usr/$long-w64-mingw32/lib/libkernel32.a" "/usr/$long-w64-mingw32/lib/libntdll.a"
    # The Microsoft ABI, for its layout of thrown objects.
    "$clang" --target="${long/i686/i386}-pc-windows-msvc" -g -gcodeview -O1 -fno-omit-frame-pointer -ffreestanding \
        -fdebug-compilation-dir=. -fexceptions -fcxx-exceptions -Wall -c throw.cpp -o "throw-$short.obj"
    "$link" /debug /pdb:"throw-$short.pdb" /pdbaltpath:%_PDB% /out:"throw-$short.exe" /stack:0x30000 \
        /subsystem:console /entry:start /nodefaultlib /safeseh:no "throw-$short.obj" \
        "/usr/$long-w64-mingw32/lib/libkernel32.a"
    "$long-w64-mingw32-gcc" -g -O1 -nostdlib -fno-builtin -Wall -Wno-array-bounds -Wno-infinite-recursion -Wno-unknown-pragmas \
        -Wno-use-after-free -Wno-main -fno-delete-null-pointer-checks -Wl,-e,"$([ "$short" = x86 ] && echo _)start" \
        -Wl,--stack,0x30000 crash.c -o "crash-$short-gnu.exe" -lkernel32 -lntdll
    "$long-w64-mingw32-gcc" -O1 -s -Wall dumper.c -o "dumper-$short.exe" -ldbghelp
done
rm -f ./*.obj ./*.c ./*.cpp ./*.lib
