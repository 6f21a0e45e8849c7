package oriel.engine.symbols.pdb;

import oriel.engine.symbols.types.TypedValue;

/**
 * A parameter or local variable of a frame.
 *
 * @param name as declared
 * @param type its number in the types of the PDB
 * @param parameter whether it is a parameter
 * @param inlinedFunction name of the inlined function it belongs to; empty for the function itself
 * @param place where it is
 * @param value what it is, or why that cannot be told
 */
public record FrameVariable(
        String name,
        long type,
        boolean parameter,
        String inlinedFunction,
        VariablePlace place,
        TypedValue value) {}
