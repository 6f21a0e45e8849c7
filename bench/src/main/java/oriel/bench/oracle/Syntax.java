package oriel.bench.oracle;

/** In which syntax x86 is compared. */
enum Syntax {
    INTEL,
    ATT
}
