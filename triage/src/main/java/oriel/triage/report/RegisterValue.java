package oriel.triage.report;

import java.util.Optional;
import oriel.model.Register;

/**
 * A known register of the crashing thread.
 *
 * @param register which one
 * @param value its low 64 bits
 * @param pointsTo what lies at that address; empty for registers that cannot be pointers
 */
public record RegisterValue(Register register, long value, Optional<Place> pointsTo) {}
