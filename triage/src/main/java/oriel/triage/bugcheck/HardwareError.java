package oriel.triage.bugcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Guid;
import oriel.model.Memory;
import oriel.triage.report.Fact;

/**
 * WHEA_ERROR_RECORD, in which hardware errors are reported (layout: UEFI specification, appendix N,
 * "Common Platform Error Record"; the machine check section: ntddk.h).
 */
final class HardwareError {
    private static final int LARGEST = 1 << 16;
    private static final int HEADER = 128;
    private static final int DESCRIPTOR = 72;
    private static final int MOST_SECTIONS = 32;
    private static final int MOST_FACTS = 24;
    private static final int GUID = 16;
    private static final int PCI_DEVICE = 0x18;
    private static final int SIGNATURE = 0x52455043;

    private final Bytes record;
    private final List<Fact> facts = new ArrayList<>();

    private HardwareError(Bytes record) {
        this.record = record;
    }

    /** What the record at an address tells; empty when there is none. */
    static List<Fact> facts(Memory memory, long va) {
        byte[] header = memory.readUpTo(va, HEADER);
        Bytes head = Bytes.of(header, "error record");
        if (header.length < HEADER || head.s32(0) != SIGNATURE) {
            return List.of();
        }
        int length = (int) Math.min(head.u32(0x14), LARGEST);
        var error = new HardwareError(Bytes.of(memory.readUpTo(va, length), "error record"));
        try {
            error.read(head);
        } catch (FormatException e) {
            error.add("error record", "is damaged or cut short");
        }
        return List.copyOf(error.facts);
    }

    private void add(String name, String value) {
        if (facts.size() < MOST_FACTS && !value.isEmpty()) {
            facts.add(new Fact(name, value));
        }
    }

    private void read(Bytes head) {
        add("severity", severity(head.u32(0x0c)));
        add("source", notification(guid(head, 0x50)));
        int count = Math.min(head.u16(0x0a), MOST_SECTIONS);
        for (int i = 0; i < count; i++) {
            int at = HEADER + i * DESCRIPTOR;
            if (record.contains(at, DESCRIPTOR)) {
                section(at);
            }
        }
    }

    private void section(int at) {
        long offset = record.u32(at);
        long length = record.u32(at + 4);
        String unit = record.cString(at + 0x34, 20);
        String type = guid(record, at + 0x10);
        add(
                "section",
                sectionName(type)
                        + ", "
                        + severity(record.u32(at + 0x30))
                        + (unit.isBlank() ? "" : ", unit " + unit.strip()));
        if (!record.contains(offset, length)) {
            return;
        }
        Bytes body = record.slice(offset, length);
        switch (type) {
            case "8a1e1d01-42f9-4557-9c33-565e5cc3f7e8" -> machineCheck(body);
            case "a5bc1114-6f64-4ede-b863-3e83ed7c83b1" -> memory(body);
            case "d995e954-bbc1-430f-ad91-b44dcb3c6f35" -> pciExpress(body);
            case "9876ccad-47b4-4bdb-b65e-16f193c4f3db" -> processor(body);
            default -> {}
        }
    }

    private void machineCheck(Bytes body) {
        if (!body.contains(0, 0x40)) {
            return;
        }
        long status = body.u64(0x28);
        add("machine check", MachineCheck.error(status));
        String flags = MachineCheck.flags(status);
        add(
                "bank",
                body.u32(0x24)
                        + " of processor "
                        + body.u32(0x10)
                        + ", status "
                        + hex(status)
                        + (flags.isEmpty() ? "" : ": " + flags));
        if ((status >>> 58 & 1) != 0) {
            add("physical address", hex(body.u64(0x30)));
        }
    }

    /** Validity bits first; each field counts only with its bit. */
    private void memory(Bytes body) {
        long valid = body.u64(0);
        if ((valid & 2) != 0) {
            add("physical address", hex(body.u64(0x10)));
        }
        var place = new StringBuilder();
        place(place, valid, 3, "node", body, 0x20);
        place(place, valid, 4, "card", body, 0x22);
        place(place, valid, 5, "module", body, 0x24);
        place(place, valid, 6, "bank", body, 0x26);
        place(place, valid, 8, "row", body, 0x2a);
        place(place, valid, 9, "column", body, 0x2c);
        add("memory", place.toString());
        if ((valid & 1L << 14) != 0 && body.contains(0x48, 1)) {
            add("memory error", memoryError(body.u8(0x48)));
        }
    }

    private static void place(
            StringBuilder into, long valid, int bit, String name, Bytes body, int at) {
        if ((valid >>> bit & 1) != 0) {
            into.append(into.isEmpty() ? "" : ", ").append(name).append(' ').append(body.u16(at));
        }
    }

    private static String memoryError(int type) {
        return switch (type) {
            case 2 -> "single-bit error";
            case 3 -> "multi-bit error";
            case 4, 5 -> "chip failure";
            case 6 -> "master abort";
            case 7 -> "target abort";
            case 8 -> "parity error";
            case 9 -> "watchdog timeout";
            case 10 -> "address not valid";
            case 11, 12, 13 -> "mirror or sparing error";
            case 14 -> "scrubbing found a corrected error";
            case 15 -> "scrubbing found an uncorrected error";
            default -> "";
        };
    }

    private void pciExpress(Bytes body) {
        long valid = body.u64(0);
        if ((valid & 1) != 0) {
            add("PCI Express port", port((int) body.u32(0x08)));
        }
        if ((valid & 8) != 0) {
            add(
                    "device",
                    String.format(
                            Locale.ROOT,
                            "bus %d, device %d, function %d, vendor 0x%04x, device id 0x%04x",
                            body.u8(PCI_DEVICE + 0xb),
                            body.u8(PCI_DEVICE + 8),
                            body.u8(PCI_DEVICE + 7),
                            body.u16(PCI_DEVICE),
                            body.u16(PCI_DEVICE + 2)));
        }
    }

    private static String port(int type) {
        return switch (type) {
            case 0 -> "endpoint";
            case 1 -> "legacy endpoint";
            case 4 -> "root port";
            case 5 -> "upstream port of a switch";
            case 6 -> "downstream port of a switch";
            case 7 -> "bridge to PCI";
            case 8 -> "bridge from PCI";
            case 9 -> "endpoint integrated in the root complex";
            case 10 -> "event collector of the root complex";
            default -> "type " + type;
        };
    }

    private void processor(Bytes body) {
        long valid = body.u64(0);
        var words = new ArrayList<String>();
        if ((valid & 4) != 0) {
            int type = body.u8(0x0a);
            String[] names = {"cache", "TLB", "bus", "microarchitecture"};
            for (int i = 0; i < names.length; i++) {
                if ((type >> i & 1) != 0) {
                    words.add(names[i]);
                }
            }
        }
        add("processor error", String.join(", ", words));
    }

    private static String severity(long value) {
        return switch ((int) value) {
            case 0 -> "recoverable";
            case 1 -> "fatal";
            case 2 -> "corrected";
            case 3 -> "informational";
            default -> "severity " + value;
        };
    }

    private static String notification(String guid) {
        return switch (guid) {
            case "2dce8bb1-bdd7-450e-b9ad-9cf4ebd4f890" -> "corrected machine check";
            case "4e292f96-d843-4a55-a8c2-d481f27ebeee" -> "corrected platform error";
            case "e8f56ffe-919c-4cc5-ba88-65abe14913bb" -> "machine check exception";
            case "cf93c01f-1a16-4dfc-b8bc-9c4daf67c104" -> "PCI Express";
            case "cc5263e8-9308-454a-89d0-340bd39bc98e" -> "INIT";
            case "5bad89ff-b7e6-42c9-814a-cf2485d6e98a" -> "non-maskable interrupt";
            case "3d61a466-ab40-409a-a698-f362d464b38f" -> "boot";
            case "9a78788a-bbe8-11e4-809e-67611e5d46b0" -> "synchronous external abort";
            case "5c284c81-b0ae-4e87-a322-b04c85624323" -> "system error interrupt";
            default -> "";
        };
    }

    private static String sectionName(String guid) {
        return switch (guid) {
            case "9876ccad-47b4-4bdb-b65e-16f193c4f3db" -> "processor";
            case "dc3ea0b0-a144-4797-b95b-53fa242b6e1d" -> "x86 processor";
            case "e19e3d16-bc11-11e4-9caa-c2051d5d46b0" -> "ARM processor";
            case "8a1e1d01-42f9-4557-9c33-565e5cc3f7e8" -> "machine check";
            case "a5bc1114-6f64-4ede-b863-3e83ed7c83b1" -> "memory";
            case "d995e954-bbc1-430f-ad91-b44dcb3c6f35" -> "PCI Express";
            case "c5753963-3b84-4095-bf78-eddad3f9c9dd" -> "PCI bus";
            case "eb5e4685-ca66-4769-b6a2-26068b001326" -> "PCI device";
            case "81212a96-09ed-4996-9471-8d729c8e69ed" -> "firmware";
            case "e71254e9-c1b9-4940-ab76-909703a4320f" -> "non-maskable interrupt";
            case "5b51fef7-c79d-4434-8f1b-aa62de3e2c64" -> "DMA remapping";
            default -> guid;
        };
    }

    private static String guid(Bytes in, long at) {
        return Guid.of(in.copy(at, GUID)).value().toString();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
