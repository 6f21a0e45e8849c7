"""Oriel from Python 3.8 or newer, without other libraries: runs the command 'oriel' and reads its JSON.

    import oriel
    report = oriel.analyze("crash.dmp")
    with oriel.debug(r"C:\\app.exe", "argument") as session:
        session.command("bp app!work")
        while session.go():
            print(session.reg("rcx"), session.expr("poi(@rsp)"))

The environment variable ORIEL names another command to run than the one of this folder.
"""
import json
import os
import re
import shlex
import signal
import subprocess

_NUMBER = re.compile(r"= ([0-9a-f`]+)")
_LINE = re.compile(r'\{"(?:event|command)":')


class OrielError(Exception):
    """A command that could not be done; its text says why."""


def _words():
    here = os.path.dirname(os.path.abspath(__file__))
    name = "oriel.cmd" if os.name == "nt" else "oriel"
    own = os.path.join(here, "..", "..", name)
    return shlex.split(os.environ["ORIEL"]) if "ORIEL" in os.environ else [own]


def run(*arguments):
    """What a command prints. Codes 0 and 1 say that something was found, or not."""
    done = subprocess.run(_words() + list(arguments), capture_output=True, encoding="utf-8")
    if done.returncode > 1:
        raise OrielError(done.stderr.strip() or "exit code %d" % done.returncode)
    return done.stdout


def tell(*arguments):
    """The same as data, of a command that takes --json; a list where it prints several lines."""
    text = run(*arguments, "--json")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def analyze(dump, *options):
    """The report about a dump; docs/oriel.schema.json describes it."""
    return tell("analyze", dump, *options)


def debug(*program, options=()):
    """Starts a program in a debugger. Options are those of 'oriel debug'."""
    return Session([*options, "--", *program])


def attach(process_id, options=()):
    """Attaches a debugger to a process."""
    return Session([*options, "--attach", str(process_id)])


class Session:
    """The console of the debugger: takes its commands, tells of its events. Ends with 'with'."""

    def __init__(self, arguments):
        self.events = []
        self.printed = []
        self._events_told = 0
        self._process = subprocess.Popen(
            _words() + ["debug", "--json-events", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1)
        self.started = self._read()

    def _read(self):
        """The result of the command that is under way; events on the way are kept."""
        for line in self._process.stdout:
            found = _LINE.search(line)
            if not found:
                self.printed.append(line.rstrip("\n"))
                continue
            told = json.loads(line[found.start():])
            if "command" in told:
                if not told["ok"]:
                    raise OrielError("\n".join(told.get("output", [])))
                return told
            self.events.append(told)
        raise OrielError("the debugger has ended")

    def do(self, command):
        """Does one command of the console; what it found out, as data."""
        self._events_told = len(self.events)
        self._process.stdin.write(command.replace("\n", " ") + "\n")
        self._process.stdin.flush()
        return self._read()

    def command(self, command):
        """Does one command of the console; what it prints, as text."""
        return "\n".join(self.do(command).get("output", []))

    def new_events(self):
        """The events of the last command."""
        return self.events[self._events_told:]

    def _move(self, command):
        told = self.command(command)
        ended = any(e["event"] == "ProcessExited" for e in self.new_events())
        return not told.startswith("nothing is debugged") and not (ended and not told)

    def go(self):
        """Runs until something stops. False when the program has ended."""
        return self._move("g")

    def step(self):
        """Steps over."""
        return self._move("p")

    def trace(self):
        """Steps into."""
        return self._move("t")

    def stepout(self):
        """Runs until the function has returned."""
        return self._move("gu")

    def breakin(self):
        """Stops a program that runs; from another thread than that of go()."""
        self._process.send_signal(signal.SIGINT)

    def expr(self, expression):
        """The number that an expression is."""
        text = self.command("? " + expression)
        return int(_NUMBER.search(text).group(1).replace("`", ""), 16)

    def reg(self, name):
        """The value of a register."""
        registers = self.do("r")["registers"]
        if name in registers:
            return int(registers[name], 16)
        return self.expr("@" + name)

    def stack(self):
        """The frames of the current thread."""
        return self.do("k")["frames"]

    def dump(self, file, full=False):
        """Writes a dump of the program as it stands."""
        self.command((".dump /ma " if full else ".dump ") + file)

    def close(self):
        """Leaves: ends a program that was started, detaches from one that was not."""
        if self._process.poll() is None:
            try:
                self.do("q")
            except (OrielError, OSError):
                pass
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
