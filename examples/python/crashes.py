"""What crashed where, for each dump: crashes.py DUMP..."""
import sys

import oriel

for dump in sys.argv[1:]:
    report = oriel.analyze(dump, "--offline")
    if report["crashed"]:
        # Every field of a report may be absent.
        where = report.get("where", {}).get("location", {})
        print(report["program"], report["reason"]["name"], "in", where.get("function", "unknown code"))
