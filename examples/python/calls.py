"""Stops at each call of a function and tells who calls: calls.py FUNCTION PROGRAM ARGUMENT..."""
import sys

import oriel

with oriel.debug(*sys.argv[2:]) as session:
    session.command("bp " + sys.argv[1])
    while session.go():
        caller = session.stack()[1]
        print("argument %d, called from %s+%s" % (
            session.reg("rcx"), caller["function"], caller["functionOffset"]))
        assert session.expr("@rcx+10") == session.reg("rcx") + 16
    print(session.new_events()[-1]["text"])
