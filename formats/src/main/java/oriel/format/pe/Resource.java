package oriel.format.pe;

/**
 * A leaf of the resource tree.
 *
 * @param type 16 is RT_VERSION, 24 RT_MANIFEST and so on
 * @param id of the resource within its type
 * @param language LANGID, unsigned 16 bits
 * @param rva where its data is
 * @param sizeBytes of its data, unsigned 32 bits
 * @param codePage of its data
 */
public record Resource(
        ResourceId type, ResourceId id, int language, long rva, long sizeBytes, long codePage) {
    /** The number of version resources. */
    public static final int VERSION = 16;

    /** The usual name of the type: RT_VERSION for 16; the number where there is none. */
    public String typeName() {
        String known =
                switch (type.number()) {
                    case 1 -> "CURSOR";
                    case 2 -> "BITMAP";
                    case 3 -> "ICON";
                    case 4 -> "MENU";
                    case 5 -> "DIALOG";
                    case 6 -> "STRING";
                    case 7 -> "FONTDIR";
                    case 8 -> "FONT";
                    case 9 -> "ACCELERATOR";
                    case 10 -> "RCDATA";
                    case 11 -> "MESSAGETABLE";
                    case 12 -> "GROUP_CURSOR";
                    case 14 -> "GROUP_ICON";
                    case 16 -> "VERSION";
                    case 17 -> "DLGINCLUDE";
                    case 19 -> "PLUGPLAY";
                    case 20 -> "VXD";
                    case 21 -> "ANICURSOR";
                    case 22 -> "ANIICON";
                    case 23 -> "HTML";
                    case 24 -> "MANIFEST";
                    default -> "";
                };
        return type.name().isPresent() || known.isEmpty() ? type.toString() : "RT_" + known;
    }
}
