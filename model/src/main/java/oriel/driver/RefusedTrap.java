package oriel.driver;

/**
 * A trap that could not be armed.
 *
 * @param trap which
 * @param reason why, for the user
 */
public record RefusedTrap(Trap trap, String reason) {}
