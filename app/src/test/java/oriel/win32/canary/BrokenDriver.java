package oriel.win32.canary;

import oriel.engine.unwind.StackWalker;

/** Breaks a rule on purpose: Windows does not know the engine. */
final class BrokenDriver {
    final Class<?> known = StackWalker.class;
}
