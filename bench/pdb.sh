#!/usr/bin/env bash
# Times symbol questions on the PDB of onnxruntime (286 MB) against llvm-symbolizer-19, in one run,
# and prints rows of the table of scripts/bench. Fetches the PDBs and builds what is missing.
# usage: bench/pdb.sh [IMAGE PDB IMAGE_BASE]
set -eu
cd "$(dirname "$0")/.."
work=$PWD/bench/target/bench
mkdir -p "$work"
if [ $# -eq 3 ]; then
    image=$1 pdb=$2 base=$3
else
    scripts/fetch-pdbs "$work/pdbs"
    image=$work/pdbs/onnxruntime.dll pdb=$work/pdbs/onnxruntime.pdb base=0x180000000
fi
small=${ORIEL_CORPUS:-../shared/corpus}/sentry/windows/crash.pdb
[ -e "$small" ] || small=
middle=$work/pdbs/node-pty/win32-x64/conpty.pdb
[ -e "$middle" ] || middle=

# scripts/bench has built already, and says with what.
classpath=${ORIEL_BENCH_CLASSPATH:-}
if [ -z "$classpath" ]; then
    mvn -q -B -Dmaven.test.skip=true -pl bench -am package \
        dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/lib"
    classpath=$(echo bench/target/oriel-bench-*.jar | tr ' ' ':'):$work/lib/*
fi
java=${ORIEL_BENCH_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
# Builds the program and its archive of classes, if need be, before anything is timed.
./oriel symbols lookup examples/crash-x64.pdb 0x1164 >/dev/null

# shellcheck disable=SC2086
"$java" -XX:+UseSerialGC -Xmx128m -cp "$classpath" oriel.bench.PdbBench \
    "$PWD/oriel" "$image" "$pdb" "$base" $small $middle
"$java" -XX:+UseSerialGC -Xmx1g -cp "$classpath" oriel.bench.FetchBench "${small:-examples/crash-x64.pdb}"
