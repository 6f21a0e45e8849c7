package oriel.triage;

import oriel.engine.symbols.source.SourceFinder;

/**
 * What a report should hold beyond the usual.
 *
 * @param source finds source files
 * @param allVariables variables of the frames of every thread, not only of the one that crashed
 */
public record AnalyzerOptions(SourceFinder source, boolean allVariables) {
    /** No source text, variables of the crashing thread only. */
    public static final AnalyzerOptions DEFAULT = new AnalyzerOptions(SourceFinder.NONE, false);
}
