package oriel.format.pdb;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part that is read when it is first asked for. Safe for any thread. */
final class Lazy<T> {
    private final Supplier<T> reader;
    private volatile @Nullable T value;

    Lazy(Supplier<T> reader) {
        this.reader = reader;
    }

    T value() {
        T known = value;
        if (known == null) {
            synchronized (this) {
                known = value;
                if (known == null) {
                    known = reader.get();
                    value = known;
                }
            }
        }
        return known;
    }
}
