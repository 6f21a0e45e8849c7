package oriel.triage.bugcheck;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import oriel.engine.kernel.IoObjects;
import oriel.engine.kernel.IoObjects.Driver;
import oriel.model.BugCheck;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Target;
import oriel.triage.bucket.Noise;
import oriel.triage.place.Places;
import oriel.triage.report.Confidence;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.SuspectedDriver;

/**
 * Finds the driver that is probably at fault: the one that the system names, the one that holds
 * what a parameter points to, the one of the faulting instruction, else the first on the stack that
 * is not of the kernel itself. Drivers that only pass requests on count less than others.
 */
final class DriverSuspects {
    /** Drivers of Windows through which the requests of others pass. */
    private static final Set<String> CARRIERS =
            Set.of(
                    "acpi",
                    "ataport",
                    "bthport",
                    "cdd",
                    "classpnp",
                    "disk",
                    "dxgkrnl",
                    "dxgmms1",
                    "dxgmms2",
                    "fltmgr",
                    "fwpkclnt",
                    "hidclass",
                    "ks",
                    "ksecdd",
                    "ndis",
                    "netio",
                    "ntfs",
                    "partmgr",
                    "pci",
                    "portcls",
                    "storahci",
                    "stornvme",
                    "storport",
                    "tcpip",
                    "tdx",
                    "ucx01000",
                    "usbhub",
                    "usbhub3",
                    "usbport",
                    "usbxhci",
                    "volmgr",
                    "volsnap",
                    "watchdog",
                    "wdf01000",
                    "win32k",
                    "win32kbase",
                    "win32kfull");

    private final Target target;
    private final Places places;
    private final Noise noise;
    private final IoObjects objects;

    DriverSuspects(Target target, Places places, Noise noise) {
        this.target = target;
        this.places = places;
        this.noise = noise;
        this.objects = new IoObjects(target.memory(), target.architecture());
    }

    Optional<SuspectedDriver> find(BugCheck bugCheck, long pc, List<StackEntry> stack) {
        return named(bugCheck)
                .or(() -> byParameter(bugCheck))
                .or(() -> byInstruction(bugCheck, pc))
                .or(() -> onStack(stack, false))
                .or(() -> onStack(stack, true));
    }

    private static Optional<SuspectedDriver> named(BugCheck bugCheck) {
        return bugCheck.blamedDriver()
                .map(
                        name ->
                                new SuspectedDriver(
                                        name,
                                        Confidence.HIGH,
                                        "the system named it when it stopped"));
    }

    /** Bug checks whose parameters lead to a driver. */
    private Optional<SuspectedDriver> byParameter(BugCheck bugCheck) {
        long first = bugCheck.parameter(0);
        return switch ((int) bugCheck.baseCode()) {
            case 0x9f ->
                    first == 3
                            ? ofIrp(bugCheck.parameter(3), "holds the power request (IRP ")
                                    .or(
                                            () ->
                                                    ofDevice(
                                                            bugCheck.parameter(1),
                                                            "made the device that does not"
                                                                    + " answer"))
                            : first <= 2 || first == 5
                                    ? ofDevice(
                                            bugCheck.parameter(1),
                                            "made the device with the power request")
                                    : Optional.empty();
            case 0x44, 0x2a, 0x35, 0x48, 0x11b -> ofIrp(first, "holds the request (IRP ");
            case 0x36, 0x14e -> ofDevice(first, "made the device");
            case 0xe6 ->
                    first == 0x26
                            ? ofDevice(
                                    bugCheck.parameter(1),
                                    "made the device that reached for foreign memory")
                            : Optional.empty();
            case 0x116, 0x117, 0x141, 0x142 ->
                    ofAddress(bugCheck.parameter(1), "the display driver that did not answer");
            case 0xc4, 0xc9, 0x10d, 0xca, 0xcb ->
                    ofAddress(first, "a parameter points into it")
                            .or(
                                    () ->
                                            ofAddress(
                                                    bugCheck.parameter(1),
                                                    "a parameter points into it"))
                            .or(
                                    () ->
                                            ofAddress(
                                                    bugCheck.parameter(3),
                                                    "a parameter points into it"));
            case 0xc7 -> ofAddress(bugCheck.parameter(1), "the timer or DPC lies in it");
            case 0x96 -> ofAddress(bugCheck.parameter(3), "the work item is its");
            case 0xe1, 0xdf, 0x39 -> ofAddress(first, "the worker routine is its");
            default -> Optional.empty();
        };
    }

    private Optional<SuspectedDriver> ofIrp(long irp, String reason) {
        return objects.driverOfIrp(irp)
                .map(driver -> suspect(driver, reason + "0x" + Long.toHexString(irp) + ")"));
    }

    private Optional<SuspectedDriver> ofDevice(long device, String reason) {
        return objects.driverOfDevice(device)
                .map(driver -> suspect(driver, reason + " (0x" + Long.toHexString(device) + ")"));
    }

    private SuspectedDriver suspect(Driver driver, String reason) {
        String image = target.moduleAt(driver.imageBase()).map(LoadedModule::name).orElse("");
        boolean kernel = noise.isSystem(label(image));
        return new SuspectedDriver(
                image.isEmpty() ? driver.name() : image,
                kernel || CARRIERS.contains(label(image)) ? Confidence.LOW : Confidence.HIGH,
                reason + (driver.name().isEmpty() ? "" : ", as " + driver.name()));
    }

    private static String label(String name) {
        int dot = name.lastIndexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    private Optional<SuspectedDriver> ofAddress(long va, String reason) {
        return target.moduleAt(va)
                .filter(module -> !noise.isSystem(module.label()))
                .map(module -> new SuspectedDriver(module.name(), Confidence.HIGH, reason));
    }

    /** Where the exception was, also in a driver that was unloaded. */
    private Optional<SuspectedDriver> byInstruction(BugCheck bugCheck, long pc) {
        if (BugChecks.isHardware(bugCheck) || BugChecks.isOnPurpose(bugCheck)) {
            return Optional.empty();
        }
        Optional<SuspectedDriver> gone =
                places.unloadedAt(pc)
                        .filter(module -> target.moduleAt(pc).isEmpty())
                        .map(
                                module ->
                                        new SuspectedDriver(
                                                module.name(),
                                                Confidence.HIGH,
                                                "it was unloaded, and code of it was run"));
        return gone.or(
                () ->
                        ofAddress(pc, "the faulting instruction is in it")
                                .filter(s -> !CARRIERS.contains(label(s.name()))));
    }

    private Optional<SuspectedDriver> onStack(List<StackEntry> stack, boolean carriers) {
        Optional<SuspectedDriver> scanned = Optional.empty();
        for (StackEntry entry : stack) {
            for (FrameEntry frame : entry.shown()) {
                if (frame.unloaded().isPresent() && frame.location().module().isEmpty()) {
                    return Optional.of(
                            new SuspectedDriver(
                                    frame.unloaded().get().name(),
                                    Confidence.MEDIUM,
                                    "it was unloaded and is on the stack, " + at(frame)));
                }
                Optional<LoadedModule> module = frame.location().module();
                if (module.isEmpty()
                        || noise.covers(frame.location())
                        || isUserImage(module.get())
                        || CARRIERS.contains(label(module.get().name())) && !carriers) {
                    continue;
                }
                boolean sure = frame.trust() != FrameTrust.SCAN;
                var suspect =
                        new SuspectedDriver(
                                module.get().name(),
                                sure && !carriers ? Confidence.MEDIUM : Confidence.LOW,
                                carriers
                                        ? "the first on the stack that is not the kernel, "
                                                + at(frame)
                                        : "the first on the stack that is not of Windows' core, "
                                                + at(frame)
                                                + (sure ? "" : ", found by scanning"));
                if (sure) {
                    return Optional.of(suspect);
                }
                if (scanned.isEmpty()) {
                    scanned = Optional.of(suspect);
                }
            }
        }
        return scanned;
    }

    private static String at(FrameEntry frame) {
        return "frame " + frame.index();
    }

    /** User code below a system call is not a driver. */
    private boolean isUserImage(LoadedModule module) {
        return target.architecture().is64Bit() ? module.base() > 0 : module.base() >>> 31 == 0;
    }
}
