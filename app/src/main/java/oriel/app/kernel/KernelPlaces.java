package oriel.app.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.eval.EvalException;
import oriel.engine.eval.Expressions;
import oriel.kd.KdException;
import oriel.kd.PlaceFinder;
import oriel.model.LoadedModule;

/**
 * Places of breakpoints in words that hold when the machine starts anew and everything lies
 * elsewhere: names, or distances from the beginning of an image.
 */
final class KernelPlaces implements PlaceFinder {
    private final KernelView view;

    KernelPlaces(KernelView view) {
        this.view = view;
    }

    /** What places are made of, at the present stop. */
    Expressions expressions() {
        return new Expressions(view.target(), view.symbolizer()).of(view.thread());
    }

    /** A place in words that hold. */
    String durable(String place, OptionalLong va) {
        if (place.indexOf('!') > 0 || va.isEmpty()) {
            return place;
        }
        Optional<LoadedModule> in =
                view.modules().stream().filter(m -> m.range().contains(va.getAsLong())).findFirst();
        return in.map(m -> plain(m.name()) + "+0x" + Long.toHexString(va.getAsLong() - m.base()))
                .orElse("0x" + Long.toHexString(va.getAsLong()));
    }

    @Override
    public OptionalLong find(String place, String image) {
        String wanted = image(place);
        String come = plain(image.substring(image.lastIndexOf('\\') + 1));
        if (!image.isEmpty() && !wanted.equals(come) && !(wanted.equals("nt") && isKernel(come))) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(expressions().address(place));
        } catch (EvalException | KdException e) {
            return OptionalLong.empty();
        }
    }

    /** The image that a place names: before a mark, or before a distance. */
    private static String image(String place) {
        int mark = place.indexOf('!');
        int plus = place.indexOf('+');
        int end = mark > 0 ? mark : plus;
        String name = end > 0 ? place.substring(0, end).strip() : "";
        boolean word = !name.isEmpty() && Character.isLetter(name.charAt(0));
        return word ? plain(name) : "";
    }

    private static boolean isKernel(String name) {
        return name.startsWith("ntoskrnl") || name.startsWith("ntkr");
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.lastIndexOf('.');
        return dot > 0 ? lower.substring(0, dot) : lower;
    }
}
