package oriel.triage.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Register;
import oriel.model.Registers;
import oriel.triage.place.FillPattern;
import oriel.triage.place.PointerText;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.Place;

/** What the value of a bad pointer tells: fill patterns, text, a flipped bit. */
final class PointerFindings {
    private PointerFindings() {}

    static void add(Scene scene, List<Finding> findings) {
        List<BadPointer> pointers = BadPointer.of(scene);
        Optional<Finding> pattern = pattern(pointers, scene.architecture());
        if (pattern.isPresent()) {
            findings.add(pattern.get());
            return;
        }
        Optional<Finding> text = text(pointers, scene.architecture());
        if (text.isPresent()) {
            findings.add(text.get());
            return;
        }
        for (BadPointer pointer : pointers) {
            Optional<Finding> flip = bitFlip(pointer, scene);
            if (flip.isPresent()) {
                findings.add(flip.get());
                return;
            }
        }
    }

    /** The characters that a bad pointer consists of. */
    static Optional<String> pointerText(Scene scene) {
        for (BadPointer pointer : BadPointer.of(scene)) {
            Optional<String> text = PointerText.of(pointer.value(), scene.architecture());
            if (text.isPresent()
                    && FillPattern.near(pointer.value(), scene.architecture()).isEmpty()) {
                return text;
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> pattern(List<BadPointer> pointers, Architecture architecture) {
        for (BadPointer pointer : pointers) {
            Optional<FillPattern> near = FillPattern.near(pointer.value(), architecture);
            if (near.isPresent()) {
                FillPattern fill = near.get();
                String kind =
                        switch (fill.state()) {
                            case FREED -> "use-after-free";
                            case UNINITIALISED_HEAP, UNINITIALISED_STACK -> "uninitialised-memory";
                            case GUARD -> "out-of-bounds-read";
                            case MARKER -> "marker-value";
                        };
                boolean exact = fill.distance(pointer.value(), architecture) == 0;
                String text =
                        pointer.shown()
                                + " is the pattern "
                                + fill.digits()
                                + " of "
                                + fill.writer()
                                + ": it was read from "
                                + fill.state().text();
                return Optional.of(
                        new Finding(
                                kind,
                                exact && !fill.isCommonText() ? Confidence.HIGH : Confidence.MEDIUM,
                                text));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> text(List<BadPointer> pointers, Architecture architecture) {
        for (BadPointer pointer : pointers) {
            Optional<String> text = PointerText.of(pointer.value(), architecture);
            if (text.isPresent()) {
                return Optional.of(
                        new Finding(
                                "pointer-overwritten-by-text",
                                text.get().length() > 4 ? Confidence.HIGH : Confidence.MEDIUM,
                                pointer.shown()
                                        + " consists of the characters \""
                                        + text.get()
                                        + "\": a string was copied over a pointer"));
            }
        }
        return Optional.empty();
    }

    /**
     * A pointer of which one bit flipped, by bad memory or a cosmic ray. In a crowded address space
     * many flips hit something, so the corrected value must be worth more than that: it turns an
     * impossible address into memory that is there, or another register holds it.
     */
    private static Optional<Finding> bitFlip(BadPointer pointer, Scene scene) {
        Architecture architecture = scene.architecture();
        boolean impossible = scene.places().isNonCanonical(pointer.value());
        Optional<Finding> best = Optional.empty();
        for (int bit = 0; bit < architecture.pointerSize() * 8; bit++) {
            long corrected = pointer.value() ^ 1L << bit;
            Optional<String> twin = registerWith(corrected, pointer, scene);
            boolean restored = impossible && bit >= 47 && isThere(corrected, scene);
            if (twin.isEmpty() && !restored) {
                continue;
            }
            String text =
                    pointer.shown()
                            + " would be "
                            + Long.toHexString(corrected)
                            + " if bit "
                            + bit
                            + " were flipped back"
                            + twin.map(name -> ", which is in " + name).orElse("")
                            + ": perhaps bad memory";
            boolean sure = twin.isPresent() && restored;
            Finding found =
                    new Finding("bit-flip", sure ? Confidence.MEDIUM : Confidence.LOW, text);
            if (sure || best.isEmpty()) {
                best = Optional.of(found);
            }
        }
        return best;
    }

    private static boolean isThere(long va, Scene scene) {
        Place place = scene.places().at(va);
        return switch (place.kind()) {
            case STACK, IMAGE, PRIVATE, MAPPED, MEMORY -> true;
            default -> false;
        };
    }

    /** A register that holds a value, when that is a pointer to something. */
    private static Optional<String> registerWith(long value, BadPointer except, Scene scene) {
        for (Register register : Registers.of(scene.architecture())) {
            OptionalLong held = scene.registers().value(register);
            if (register.kind() == Register.Kind.GENERAL
                    && held.isPresent()
                    && held.getAsLong() == value
                    && !register.name().equals(except.name())) {
                return isThere(value, scene) ? Optional.of(register.name()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
