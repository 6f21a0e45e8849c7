package oriel.triage.report;

/**
 * A parameter or local variable of a frame.
 *
 * @param name as declared
 * @param type in C++
 * @param parameter whether it is a parameter
 * @param inlinedFunction the inlined function it belongs to; empty for the function of the frame
 * @param value in one line; empty when it is not known
 * @param pointee in one line what a pointer leads to; empty when it is none or leads nowhere
 * @param problem why the value is not known ({@code optimised away}); empty when it is
 */
public record VariableEntry(
        String name,
        String type,
        boolean parameter,
        String inlinedFunction,
        String value,
        String pointee,
        String problem) {}
