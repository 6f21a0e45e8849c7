package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * An access token: MINIDUMP_TOKEN_INFO_HEADER.
 *
 * @param id process or thread it belongs to, unsigned 32 bits
 * @param handle of the token in the writer
 * @param data what follows the header; its layout is not documented
 */
public record TokenEntry(long id, long handle, Bytes data) {
    /** What the token says; empty when the data is of a layout that is not known. */
    public Optional<TokenContents> contents() {
        return TokenContents.read(data);
    }

    private static final int LIST_HEADER = 16;
    private static final int ENTRY_HEADER = 16;

    /** Reads MINIDUMP_TOKEN_INFO_LIST: a header, then tokens of different length. */
    static List<TokenEntry> readList(Bytes stream, Consumer<FormatException> problems) {
        long count = stream.u32(4);
        long at = stream.u32(8);
        long headerSize = stream.u32(12);
        if (at < LIST_HEADER || headerSize < ENTRY_HEADER) {
            throw stream.error(8, "token list header of " + at + ", entries of " + headerSize);
        }
        var tokens = new ArrayList<TokenEntry>();
        try {
            for (long i = 0; i < count; i++) {
                Bytes token = stream.slice(at, Math.max(stream.u32(at), headerSize));
                tokens.add(new TokenEntry(token.u32(4), token.u64(8), token.from(headerSize)));
                at += token.size();
            }
        } catch (FormatException e) {
            problems.accept(e);
        }
        return tokens;
    }
}
