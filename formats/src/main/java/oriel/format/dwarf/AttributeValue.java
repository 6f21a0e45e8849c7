package oriel.format.dwarf;

/** The value of an attribute: a number, and what the number means. */
final class AttributeValue {
    private static final int MAX_INDIRECTION = 4;

    /** What the number of a value is. */
    enum Kind {
        ABSENT,
        NUMBER,
        ADDRESS,
        ADDRESS_INDEX,
        /** Offset in .debug_info. */
        REFERENCE,
        /** Offset of a text in .debug_info, or in the line table that is read. */
        TEXT_INLINE,
        TEXT_STR,
        TEXT_LINE_STR,
        TEXT_INDEX,
        /** Offset in another section. */
        SECTION_OFFSET,
        RANGE_LIST_INDEX,
        OTHER
    }

    Kind kind = Kind.ABSENT;
    long number;

    boolean isPresent() {
        return kind != Kind.ABSENT;
    }

    void clear() {
        kind = Kind.ABSENT;
        number = 0;
    }

    void read(DwarfCursor in, UnitHeader unit, int form, long constant) {
        int actual = form;
        for (int i = 0; actual == 0x16; i++) {
            if (i == MAX_INDIRECTION) {
                throw in.error("indirect form of an indirect form");
            }
            actual = (int) in.uleb();
        }
        switch (actual) {
            case 0x01 -> set(Kind.ADDRESS, in.number(unit.addressSize()));
            case 0x03 -> block(in, in.u16());
            case 0x04 -> block(in, in.u32());
            case 0x05 -> set(Kind.NUMBER, in.u16());
            case 0x06 -> set(unit.version() < 4 ? Kind.SECTION_OFFSET : Kind.NUMBER, in.u32());
            case 0x07 -> set(unit.version() < 4 ? Kind.SECTION_OFFSET : Kind.NUMBER, in.u64());
            case 0x08 -> set(Kind.TEXT_INLINE, in.text());
            case 0x09, 0x18 -> block(in, in.uleb());
            case 0x0a -> block(in, in.u8());
            case 0x0b, 0x0c -> set(Kind.NUMBER, in.u8());
            case 0x0d -> set(Kind.NUMBER, in.sleb());
            case 0x0e -> set(Kind.TEXT_STR, in.number(unit.offsetSize()));
            case 0x0f -> set(Kind.NUMBER, in.uleb());
            case 0x10 ->
                    set(
                            Kind.REFERENCE,
                            in.number(unit.version() < 3 ? unit.addressSize() : unit.offsetSize()));
            case 0x11 -> set(Kind.REFERENCE, unit.offset() + in.u8());
            case 0x12 -> set(Kind.REFERENCE, unit.offset() + in.u16());
            case 0x13 -> set(Kind.REFERENCE, unit.offset() + in.u32());
            case 0x14 -> set(Kind.REFERENCE, unit.offset() + in.u64());
            case 0x15 -> set(Kind.REFERENCE, unit.offset() + in.uleb());
            case 0x17 -> set(Kind.SECTION_OFFSET, in.number(unit.offsetSize()));
            case 0x19 -> set(Kind.NUMBER, 1);
            case 0x1a, 0x1f02 -> set(Kind.TEXT_INDEX, in.uleb());
            case 0x1b, 0x1f01 -> set(Kind.ADDRESS_INDEX, in.uleb());
            case 0x1c -> set(Kind.OTHER, in.u32());
            case 0x1d, 0x1f20, 0x1f21 -> set(Kind.OTHER, in.number(unit.offsetSize()));
            case 0x1e -> block(in, 16);
            case 0x1f -> set(Kind.TEXT_LINE_STR, in.number(unit.offsetSize()));
            case 0x20, 0x24 -> set(Kind.OTHER, in.u64());
            case 0x21 -> set(Kind.NUMBER, constant);
            case 0x22 -> set(Kind.OTHER, in.uleb());
            case 0x23 -> set(Kind.RANGE_LIST_INDEX, in.uleb());
            case 0x25 -> set(Kind.TEXT_INDEX, in.u8());
            case 0x26 -> set(Kind.TEXT_INDEX, in.u16());
            case 0x27 -> set(Kind.TEXT_INDEX, in.number(3));
            case 0x28 -> set(Kind.TEXT_INDEX, in.u32());
            case 0x29 -> set(Kind.ADDRESS_INDEX, in.u8());
            case 0x2a -> set(Kind.ADDRESS_INDEX, in.u16());
            case 0x2b -> set(Kind.ADDRESS_INDEX, in.number(3));
            case 0x2c -> set(Kind.ADDRESS_INDEX, in.u32());
            default -> throw in.error("unknown form 0x" + Integer.toHexString(actual));
        }
    }

    private void block(DwarfCursor in, long length) {
        set(Kind.OTHER, length);
        in.skip(length);
    }

    private void set(Kind newKind, long newNumber) {
        kind = newKind;
        number = newNumber;
    }
}
