package oriel.engine.session;

import oriel.model.ThreadRef;

/** A call that is under way. */
interface OpenCall {
    /** Who calls. */
    ThreadRef thread();

    /** The first instruction of the function. */
    long functionVa();

    /** The stack pointer at the first instruction. */
    long entrySp();

    /** Where the call returns to; 0 when that is not known. */
    long returnVa();
}
