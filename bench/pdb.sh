#!/usr/bin/env bash
# Times symbol questions on the PDB of onnxruntime (286 MB) against llvm-symbolizer-19, in one run.
# usage: bench/pdb.sh [IMAGE PDB IMAGE_BASE]        build with `mvn -q package -DskipTests` first
set -eu
cd "$(dirname "$0")/.."
work=${TMPDIR:-/tmp}/oriel-bench-pdb
mkdir -p "$work"
if [ $# -eq 3 ]; then
    image=$1 pdb=$2 base=$3
else
    image=$work/onnxruntime.dll pdb=$work/onnxruntime.pdb base=0x180000000
    if [ ! -e "$pdb" ]; then
        mvn -q -B dependency:copy -Dartifact=com.microsoft.onnxruntime:onnxruntime:1.17.1 -DoutputDirectory="$work"
        (cd "$work" && unzip -q -o -j onnxruntime-1.17.1.jar '*win-x64/onnxruntime.*')
    fi
fi
libraries=$(find "${HOME}/.m2/repository/org/jspecify" "${HOME}/.m2/repository/com/github/luben" -name '*.jar' | tr '\n' ':')
jars=$(find model formats engine bench -path '*/target/oriel-*.jar' ! -name '*-tests.jar' | tr '\n' ':')
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -XX:+UseSerialGC -XX:ArchiveClassesAtExit="$work/bench.jsa" -cp "$jars$libraries" \
    oriel.bench.PdbBench --first "$pdb" 0x1000 > /dev/null 2>&1
"$java" -XX:+UseSerialGC -Xmx128m -Doriel.bench.archive="$work/bench.jsa" -cp "$jars$libraries" \
    oriel.bench.PdbBench "$image" "$pdb" "$base"
