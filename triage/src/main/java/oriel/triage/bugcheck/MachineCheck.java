package oriel.triage.bugcheck;

import java.util.ArrayList;
import java.util.List;

/**
 * MCi_STATUS, with which a processor tells what failed, in words. Codes: Intel SDM volume 3,
 * "Machine-Check Architecture", simple and compound error codes; AMD's are of the same form.
 */
final class MachineCheck {
    private static final String[] LEVELS = {"level 0", "level 1", "level 2", "generic level"};
    private static final String[] KINDS = {"instruction", "data", "generic", "unknown"};
    private static final String[] REQUESTS = {
        "any request",
        "read",
        "write",
        "data read",
        "data write",
        "instruction fetch",
        "prefetch",
        "eviction",
        "snoop"
    };
    private static final String[] MEMORY = {
        "generic error", "read error", "write error", "address or command error", "scrubbing error"
    };
    private static final String[] PARTICIPANTS = {
        "local processor is the source",
        "local processor responded",
        "local processor observed",
        "participant unknown"
    };
    private static final String[] TARGETS = {"memory", "reserved", "I/O", "other"};

    private MachineCheck() {}

    /** What failed. */
    static String error(long status) {
        int code = (int) status & 0xffff;
        // Bit 12 only says whether errors are filtered.
        int plain = code & 0xefff;
        String simple =
                switch (code) {
                    case 0x0000 -> "no error";
                    case 0x0001 -> "unclassified error";
                    case 0x0002 -> "parity error in the microcode ROM";
                    case 0x0003 -> "error signalled from outside the processor";
                    case 0x0004 -> "functional redundancy check failed";
                    case 0x0005 -> "internal parity error";
                    case 0x0006 -> "untrusted code in system management mode";
                    case 0x0400 -> "internal timer ran out: no instruction finished for too long";
                    case 0x0e0b -> "I/O error";
                    default -> "";
                };
        if (!simple.isEmpty()) {
            return simple;
        }
        String level = LEVELS[plain & 3];
        if ((plain & 0xfffc) == 0x000c) {
            return "cache error, " + level;
        }
        if ((plain & 0xfff0) == 0x0010) {
            return "TLB error, " + KINDS[plain >> 2 & 3] + ", " + level;
        }
        if ((plain & 0xff80) == 0x0080) {
            int channel = plain & 0xf;
            return "memory controller, "
                    + of(MEMORY, plain >> 4 & 7)
                    + (channel == 0xf ? "" : ", channel " + channel);
        }
        if ((plain & 0xff00) == 0x0100) {
            return "cache error, "
                    + of(REQUESTS, plain >> 4 & 0xf)
                    + ", "
                    + KINDS[plain >> 2 & 3]
                    + ", "
                    + level;
        }
        if ((plain & 0xf800) == 0x0800) {
            return "bus or interconnect error, "
                    + of(REQUESTS, plain >> 4 & 0xf)
                    + " of "
                    + TARGETS[plain >> 2 & 3]
                    + ", "
                    + PARTICIPANTS[plain >> 9 & 3]
                    + ((plain & 0x100) != 0 ? ", timed out" : "");
        }
        if ((code & 0xfc00) == 0x0400) {
            return "internal error of the processor, code 0x" + Integer.toHexString(code);
        }
        return "error code 0x" + Integer.toHexString(code) + " of this processor model";
    }

    private static String of(String[] words, int index) {
        return index < words.length ? words[index] : "request " + index;
    }

    /** The flags of the upper half. */
    static String flags(long status) {
        List<String> words = new ArrayList<>();
        flag(words, status, 61, "uncorrected");
        flag(words, status, 57, "processor context corrupt");
        flag(words, status, 62, "more errors were lost");
        flag(words, status, 58, "address valid");
        return String.join(", ", words);
    }

    private static void flag(List<String> words, long status, int bit, String word) {
        if ((status >>> bit & 1) != 0) {
            words.add(word);
        }
    }
}
