package oriel.app.console;

/**
 * What a command does, for help.
 *
 * @param usage its names and arguments; names that mean the same are separated by commas
 * @param words what it does
 */
public record HelpEntry(String usage, String words) {}
