"""Has objects of many kinds in variables, prints what Python says of each, and breaks into the debugger."""
import ctypes
import sys
import threading


class Box:
    def __init__(self, size):
        self.size = size
        self.lid = None

    def open(self, key):
        return wanted(key, self.size)


class Sub(Box):
    pass


def wanted(key, count):
    nothing = None
    yes = True
    no = False
    small = -5
    zero = 0
    big = 10**40
    negative = -(2**70)
    real = 3.25
    far = 1.5e-300
    much = 1e22
    whole = -0.0
    text = "it's\n\\ \x01"
    both = "'\""
    latin = "café ±"
    czech = "žluťoučký"
    smile = "\U0001f600!"
    raw = b"\x00ab'\xff"
    empty = ()
    one = (1,)
    pair = (1, ("two", 3.0))
    numbers = [1, 2**31, -(2**62)]
    table = {"a": 1, 2: [None], "deep": {"er": {}}}
    removed = {i: i for i in range(4)}
    del removed[2]
    single = {7}
    hollow = set()
    frozen = frozenset({"x"})
    kind = Box
    unset = lambda: later
    for name, value in sorted(locals().items()):
        if name not in ("unset", "later"):
            print(f"{name} = {value!r}", flush=True)
    sub = Sub(count)
    sub.more = [sub.size]
    ctypes.windll.kernel32.DebugBreak()
    later = sub
    return unset


def generator():
    yield Box(12).open("the key")


sys.stdout.reconfigure(encoding="utf-8")
waiting = threading.Event()
other = threading.Thread(target=waiting.wait, daemon=True)
other.start()
# Go on only when the other thread is where it stays: the lock is let go of first, then it waits.
inner = waiting._cond
while not inner._waiters or inner._lock.locked() or sys._current_frames()[other.ident].f_code.co_name != "wait":
    pass
print(sys.version.split()[0])
next(generator())
