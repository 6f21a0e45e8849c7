package oriel.engine.dump;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * The 32-bit side of a WOW64 process in a dump that the 64-bit side wrote. While a thread is in
 * 64-bit code its 32-bit registers are in the WOW64 CPU area, to which slot 1 of its TLS slots
 * points (WOW64_CPURESERVED: u16 flags, u16 machine, CONTEXT). While it runs 32-bit code the area
 * is stale and the processor's own registers count: CS tells.
 */
final class Wow64 {
    private static final int TLS_SLOT_1 = 0x1488;
    private static final int CONTEXT_AT = 4;
    private static final int X86_CONTEXT = 716;
    private static final int CODE_SEGMENT_32 = 0x23;
    private static final int PE_HEADER_AT = 0x3c;
    private static final long I386 = 0x14c;

    private Wow64() {}

    /** The 32-bit registers of a thread. */
    static Optional<RegisterSet> registers(Memory memory, long tebVa, RegisterSet wide) {
        if (wide.value("cs").orElse(0) == CODE_SEGMENT_32) {
            return Optional.of(narrow(wide));
        }
        OptionalLong area = memory.unsigned(tebVa + TLS_SLOT_1, 8);
        if (tebVa == 0 || area.isEmpty() || area.getAsLong() == 0) {
            return Optional.empty();
        }
        byte[] context = memory.readUpTo(area.getAsLong() + CONTEXT_AT, X86_CONTEXT);
        return ProcessorContext.read(
                        Bytes.of(context, "WOW64 CPU area"), Architecture.X86, XstateLayout.NONE)
                .map(ProcessorContext::registers);
    }

    /** The 32-bit thread environment block: NT_TIB.ExceptionList of the 64-bit one points to it. */
    static OptionalLong teb32(Memory memory, long tebVa) {
        OptionalLong va = tebVa == 0 ? OptionalLong.empty() : memory.unsigned(tebVa, 8);
        return va.isPresent() && va.getAsLong() != 0 && va.getAsLong() >>> 32 == 0
                ? va
                : OptionalLong.empty();
    }

    /** Whether modules are those of a WOW64 process: the 64-bit part of WOW64 is among them. */
    static boolean isLoaded(Iterable<LoadedModule> modules) {
        for (LoadedModule module : modules) {
            if (module.name().equalsIgnoreCase("wow64.dll")) {
                return true;
            }
        }
        return false;
    }

    /** The modules of one side of a WOW64 process, each once. */
    static List<LoadedModule> side(List<LoadedModule> modules, Memory memory, Architecture shown) {
        Map<AddressRange, LoadedModule> side = new LinkedHashMap<>();
        for (LoadedModule module : modules) {
            if (is32Bit(module, memory) == (shown == Architecture.X86)) {
                side.putIfAbsent(module.range(), module);
            }
        }
        return List.copyOf(side.values());
    }

    /**
     * Whether a module belongs to the 32-bit side: by its header where the dump holds it, else by
     * its path and name.
     */
    static boolean is32Bit(LoadedModule module, Memory memory) {
        OptionalLong header = memory.unsigned(module.base() + PE_HEADER_AT, 4);
        if (header.isPresent()) {
            OptionalLong machine = memory.unsigned(module.base() + header.getAsLong() + 4, 2);
            if (machine.isPresent()) {
                return machine.getAsLong() == I386;
            }
        }
        String name = module.name().toLowerCase(Locale.ROOT);
        String path = module.path().toLowerCase(Locale.ROOT);
        return module.base() >>> 32 == 0
                && !name.startsWith("wow64")
                && !(name.equals("ntdll.dll") && path.contains("\\system32\\"));
    }

    private static RegisterSet narrow(RegisterSet wide) {
        var narrow = RegisterSet.builder(Architecture.X86);
        for (var register : Registers.of(Architecture.X86)) {
            String name = register.name();
            boolean extended = name.startsWith("e") && name.length() == 3 && !name.equals("efl");
            var from = Registers.named(Architecture.X64, extended ? "r" + name.substring(1) : name);
            if (from.isPresent() && wide.has(from.get())) {
                narrow.set(
                        register,
                        wide.value(from.get()).orElse(0),
                        wide.high(from.get()).orElse(0));
            }
        }
        return narrow.build();
    }
}
