package oriel.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which breakpoints a user means: numbers, ranges of numbers, or addresses at which they are. */
final class BreakpointChoice {
    /** Longer numbers than this are addresses. */
    private static final int LONGEST_NUMBER = 4;

    private final ConsoleContext context;

    BreakpointChoice(ConsoleContext context) {
        this.context = context;
    }

    /** A range of addresses. */
    record Span(long start, long end) {}

    /** {@code START-END}, {@code ADDRESS SIZE}, {@code ADDRESS Ln}. */
    Optional<Span> span(String text) {
        int minus = text.indexOf('-');
        if (minus > 0 && text.indexOf(' ') < 0) {
            long start = context.expressions().address(text.substring(0, minus));
            long end = context.expressions().address(text.substring(minus + 1));
            return Long.compareUnsigned(start, end) < 0
                    ? Optional.of(new Span(start, end))
                    : Optional.empty();
        }
        var arguments = new CommandArguments(context, text);
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        long start = arguments.address();
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        long size =
                Character.toLowerCase(arguments.next()) == 'l'
                        ? new CommandArguments(context, "0 " + arguments.rest())
                                .wholeRange(1, "")
                                .countOr(0)
                        : arguments.value();
        return size > 0 ? Optional.of(new Span(start, start + size)) : Optional.empty();
    }

    /** Numbers, ranges of numbers, all for *; or addresses at which breakpoints are. */
    List<Integer> chosen(String rest) {
        List<BreakpointView> all = context.on().breakpoints().list();
        if (rest.equals("*")) {
            return all.stream().map(BreakpointView::id).toList();
        }
        if (rest.isEmpty()) {
            throw new ConsoleException("which breakpoints? numbers, or * for all");
        }
        if (rest.matches("[0-9,\\s-]+")) {
            var numbers = new ArrayList<Integer>();
            boolean known = true;
            for (String word : rest.split("[,\\s]+")) {
                known &= numbers(word, all, numbers);
            }
            if (known) {
                return numbers;
            }
            if (rest.length() <= LONGEST_NUMBER) {
                throw new ConsoleException("there is no breakpoint '" + rest + "'");
            }
        }
        Span span =
                span(rest)
                        .orElseGet(
                                () -> {
                                    long va = context.expressions().address(rest);
                                    return new Span(va, va + 1);
                                });
        var found = new ArrayList<Integer>();
        for (BreakpointView each : all) {
            for (long va : each.addresses()) {
                long end = va + each.request().sizeBytes();
                if (Long.compareUnsigned(va, span.end()) < 0
                        && Long.compareUnsigned(end, span.start()) > 0) {
                    found.add(each.id());
                    break;
                }
            }
        }
        if (found.isEmpty()) {
            throw new ConsoleException("there is no breakpoint at '" + rest + "'");
        }
        return found;
    }

    private static boolean numbers(String word, List<BreakpointView> all, List<Integer> into) {
        int minus = word.indexOf('-');
        if (word.isEmpty() || word.length() > 17 || minus == 0 || minus == word.length() - 1) {
            return false;
        }
        long first = Long.parseLong(minus < 0 ? word : word.substring(0, minus));
        long last = minus < 0 ? first : Long.parseLong(word.substring(minus + 1));
        int before = into.size();
        for (BreakpointView each : all) {
            if (each.id() >= first && each.id() <= last) {
                into.add(each.id());
            }
        }
        return into.size() > before;
    }
}
