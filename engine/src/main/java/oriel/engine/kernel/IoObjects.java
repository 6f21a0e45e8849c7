package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Follows objects of the I/O manager to the drivers they belong to: IRP, IO_STACK_LOCATION,
 * DEVICE_OBJECT and DRIVER_OBJECT, which wdm.h lays out and no version of Windows changes. Empty
 * where an object is not of the type it should be, or not in memory. Stateless.
 */
public final class IoObjects {
    private static final int DEVICE = 3;
    private static final int DRIVER = 4;
    private static final int IRP = 6;
    private static final int MOST_STACK = 64;

    private final KernelMemory memory;
    private final boolean wide;

    /** Reads objects from an address space of a kernel. */
    public IoObjects(Memory memory, Architecture architecture) {
        this.memory = new KernelMemory(memory, architecture);
        this.wide = architecture.is64Bit();
    }

    /**
     * A driver.
     *
     * @param name of the object, as a rule {@code \Driver\name}; may be empty
     * @param imageBase where its image lies; 0 when not known
     */
    public record Driver(String name, long imageBase) {}

    /**
     * A place on the stack of an IRP.
     *
     * @param majorFunction IRP_MJ_*
     * @param minorFunction IRP_MN_*
     * @param deviceVa address of the DEVICE_OBJECT; 0 for none
     * @param current whether the IRP is here
     */
    public record IrpLocation(
            int majorFunction, int minorFunction, long deviceVa, boolean current) {}

    /** The driver at an address of a DRIVER_OBJECT. */
    public Optional<Driver> driver(long va) {
        if (!isType(va, DRIVER)) {
            return Optional.empty();
        }
        String name = memory.unicodeString(va + (wide ? 0x38 : 0x1c)).orElse("");
        return Optional.of(new Driver(name, memory.pointer(va + (wide ? 0x18 : 0xc)).orElse(0)));
    }

    /** The driver that made the device at an address of a DEVICE_OBJECT. */
    public Optional<Driver> driverOfDevice(long va) {
        if (!isType(va, DEVICE)) {
            return Optional.empty();
        }
        OptionalLong driver = memory.nonNull(va + 8);
        return driver.isPresent() ? driver(driver.getAsLong()) : Optional.empty();
    }

    /** The drivers that an IRP passes, the lowest first; empty when there is none. */
    public List<IrpLocation> irp(long va) {
        if (!isType(va, IRP)) {
            return List.of();
        }
        long count = memory.unsigned(va + (wide ? 0x42 : 0x22), 1).orElse(0);
        long at = memory.unsigned(va + (wide ? 0x43 : 0x23), 1).orElse(0);
        long first = va + (wide ? 0xd0 : 0x70);
        var locations = new ArrayList<IrpLocation>();
        for (int i = 0; i < Math.min(count, MOST_STACK); i++) {
            long place = first + (long) i * (wide ? 0x48 : 0x24);
            OptionalLong major = memory.unsigned(place, 1);
            OptionalLong device = memory.pointer(place + (wide ? 0x28 : 0x14));
            if (major.isEmpty() || device.isEmpty()) {
                break;
            }
            locations.add(
                    new IrpLocation(
                            (int) major.getAsLong(),
                            (int) memory.unsigned(place + 1, 1).orElse(0),
                            device.getAsLong(),
                            i + 1 == at));
        }
        return List.copyOf(locations);
    }

    /** The driver that an IRP waits in. */
    public Optional<Driver> driverOfIrp(long va) {
        for (IrpLocation location : irp(va)) {
            if (location.current()) {
                return driverOfDevice(location.deviceVa());
            }
        }
        return Optional.empty();
    }

    boolean isDevice(long va) {
        return isType(va, DEVICE);
    }

    boolean isIrp(long va) {
        return isType(va, IRP);
    }

    /** Objects of the I/O manager begin with their type and their size. */
    private boolean isType(long va, int type) {
        OptionalLong found = memory.isKernel(va) ? memory.unsigned(va, 2) : OptionalLong.empty();
        return found.isPresent() && found.getAsLong() == type;
    }
}
