package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * What is in objects of the I/O manager: the members that wdm.h lays out, which lie where they are
 * in every version of Windows, so that no symbols are needed. Empty where an object is not of the
 * type it should be, or not in memory. Stateless.
 */
public final class IoDetails {
    private static final int MAJOR_FUNCTIONS = 28;
    private static final int MOST_DEVICES = 1024;
    private static final int MOST_STACK = 64;

    private final KernelMemory memory;
    private final IoObjects objects;
    private final boolean wide;

    /** Reads objects from an address space of a kernel. */
    public IoDetails(Memory memory, Architecture architecture) {
        this.memory = new KernelMemory(memory, architecture);
        this.objects = new IoObjects(memory, architecture);
        this.wide = architecture.is64Bit();
    }

    /**
     * A DRIVER_OBJECT.
     *
     * @param driver its name and image
     * @param imageSizeBytes of the image
     * @param devices addresses of its DEVICE_OBJECTs
     * @param startIoVa 0 for none
     * @param unloadVa 0 for none
     * @param handlers what it does for each IRP_MJ_*, by number
     */
    public record Driver(
            IoObjects.Driver driver,
            long imageSizeBytes,
            long flags,
            List<Long> devices,
            long initVa,
            long startIoVa,
            long unloadVa,
            List<Long> handlers) {}

    /**
     * A DEVICE_OBJECT.
     *
     * @param driverVa address of the DRIVER_OBJECT
     * @param nextVa next device of the driver; 0 for none
     * @param attachedVa device that is attached to it; 0 for none
     * @param irpVa IRP it is at; 0 for none
     * @param deviceType FILE_DEVICE_*
     * @param stackSize locations that an IRP to it needs
     */
    public record Device(
            long references,
            long driverVa,
            long nextVa,
            long attachedVa,
            long irpVa,
            long flags,
            long characteristics,
            long extensionVa,
            long deviceType,
            int stackSize) {}

    /**
     * An IRP.
     *
     * @param status IoStatus.Status
     * @param information IoStatus.Information
     * @param userMode whether a program asked for it
     * @param mdlVa 0 for none
     * @param threadVa who asked for it; 0 for nobody
     * @param cancelRoutineVa 0 for none
     * @param locations the lowest first
     */
    public record Irp(
            long flags,
            int status,
            long information,
            boolean userMode,
            boolean pending,
            boolean cancelled,
            long mdlVa,
            long threadVa,
            long cancelRoutineVa,
            List<Location> locations) {}

    /**
     * An IO_STACK_LOCATION.
     *
     * @param arguments the four words of its parameters
     * @param current whether the IRP is here
     */
    public record Location(
            int majorFunction,
            int minorFunction,
            int flags,
            int control,
            List<Long> arguments,
            long deviceVa,
            long fileVa,
            long completionVa,
            long contextVa,
            boolean current) {}

    private long word(long va, int wideAt, int narrowAt) {
        return memory.pointer(va + (wide ? wideAt : narrowAt)).orElse(0);
    }

    private long number(long va, int wideAt, int narrowAt, int width) {
        return memory.unsigned(va + (wide ? wideAt : narrowAt), width).orElse(0);
    }

    /** The driver at an address of a DRIVER_OBJECT. */
    public Optional<Driver> driver(long va) {
        Optional<IoObjects.Driver> known = objects.driver(va);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var handlers = new ArrayList<Long>();
        for (int i = 0; i < MAJOR_FUNCTIONS; i++) {
            OptionalLong handler =
                    memory.pointer(va + (wide ? 0x70 : 0x38) + (long) i * memory.pointerSize());
            if (handler.isEmpty()) {
                break;
            }
            handlers.add(handler.getAsLong());
        }
        return Optional.of(
                new Driver(
                        known.get(),
                        number(va, 0x20, 0x10, 4),
                        number(va, 0x10, 8, 4),
                        devices(word(va, 8, 4)),
                        word(va, 0x58, 0x2c),
                        word(va, 0x60, 0x30),
                        word(va, 0x68, 0x34),
                        List.copyOf(handlers)));
    }

    private List<Long> devices(long first) {
        Set<Long> seen = new HashSet<>();
        var devices = new ArrayList<Long>();
        for (long at = first; devices.size() < MOST_DEVICES && seen.add(at); ) {
            Optional<Device> device = device(at);
            if (device.isEmpty()) {
                break;
            }
            devices.add(at);
            at = device.get().nextVa();
        }
        return List.copyOf(devices);
    }

    /** The device at an address of a DEVICE_OBJECT. */
    public Optional<Device> device(long va) {
        if (!objects.isDevice(va)) {
            return Optional.empty();
        }
        return Optional.of(
                new Device(
                        number(va, 4, 4, 4),
                        word(va, 8, 8),
                        word(va, 0x10, 0xc),
                        word(va, 0x18, 0x10),
                        word(va, 0x20, 0x14),
                        number(va, 0x30, 0x1c, 4),
                        number(va, 0x34, 0x20, 4),
                        word(va, 0x40, 0x28),
                        number(va, 0x48, 0x2c, 4),
                        (int) number(va, 0x4c, 0x30, 1)));
    }

    /** The IRP at an address. */
    public Optional<Irp> irp(long va) {
        if (!objects.isIrp(va)) {
            return Optional.empty();
        }
        long count = number(va, 0x42, 0x22, 1);
        long at = number(va, 0x43, 0x23, 1);
        var locations = new ArrayList<Location>();
        for (int i = 0; i < Math.min(count, MOST_STACK); i++) {
            long place = va + (wide ? 0xd0 : 0x70) + (long) i * (wide ? 0x48 : 0x24);
            if (memory.pointer(place + (wide ? 0x40 : 0x20)).isEmpty()) {
                break;
            }
            locations.add(location(place, i + 1 == at));
        }
        return Optional.of(
                new Irp(
                        number(va, 0x10, 8, 4),
                        (int) number(va, 0x30, 0x18, 4),
                        word(va, 0x38, 0x1c),
                        number(va, 0x40, 0x20, 1) == 1,
                        number(va, 0x41, 0x21, 1) != 0,
                        number(va, 0x44, 0x24, 1) != 0,
                        word(va, 8, 4),
                        word(va, 0x98, 0x50),
                        word(va, 0x68, 0x38),
                        List.copyOf(locations)));
    }

    private Location location(long place, boolean current) {
        var arguments = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            arguments.add(word(place, 8 + 8 * i, 4 + 4 * i));
        }
        return new Location(
                (int) number(place, 0, 0, 1),
                (int) number(place, 1, 1, 1),
                (int) number(place, 2, 2, 1),
                (int) number(place, 3, 3, 1),
                List.copyOf(arguments),
                word(place, 0x28, 0x14),
                word(place, 0x30, 0x18),
                word(place, 0x38, 0x1c),
                word(place, 0x40, 0x20),
                current);
    }
}
