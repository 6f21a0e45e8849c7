package oriel.app.kernel;

import java.util.List;
import java.util.Optional;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.HelpEntry;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.kernel.IoDetails;
import oriel.engine.kernel.IoObjects;
import oriel.engine.kernel.KernelObjects;
import oriel.engine.kernel.KernelObjects.KernelObject;

/** The commands about objects: what a driver's engineer reads first of each. */
final class ObjectCommands implements CommandGroup {
    private static final String[] MAJOR = {
        "CREATE",
        "CREATE_NAMED_PIPE",
        "CLOSE",
        "READ",
        "WRITE",
        "QUERY_INFORMATION",
        "SET_INFORMATION",
        "QUERY_EA",
        "SET_EA",
        "FLUSH_BUFFERS",
        "QUERY_VOLUME_INFORMATION",
        "SET_VOLUME_INFORMATION",
        "DIRECTORY_CONTROL",
        "FILE_SYSTEM_CONTROL",
        "DEVICE_CONTROL",
        "INTERNAL_DEVICE_CONTROL",
        "SHUTDOWN",
        "LOCK_CONTROL",
        "CLEANUP",
        "CREATE_MAILSLOT",
        "QUERY_SECURITY",
        "SET_SECURITY",
        "POWER",
        "SYSTEM_CONTROL",
        "DEVICE_CHANGE",
        "QUERY_QUOTA",
        "SET_QUOTA",
        "PNP"
    };

    private final KernelView view;
    private final ConsoleContext context;
    private final Page page;

    ObjectCommands(KernelView view, Page page, ConsoleContext context) {
        this.view = view;
        this.context = context;
        this.page = page;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("!irp ADDRESS", "an IRP and the drivers it passes"),
                new HelpEntry("!devobj ADDRESS, !drvobj ADDRESS", "a device, a driver object"),
                new HelpEntry("!object ADDRESS", "type, name and holders of an object"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "!irp" -> irp(va(command));
            case "!devobj" -> device(va(command));
            case "!drvobj" -> driver(va(command));
            case "!object" -> object(va(command));
            default -> {
                return false;
            }
        }
        return true;
    }

    private long va(CommandLine command) {
        List<String> words = command.words();
        if (words.isEmpty()) {
            throw new ConsoleException(command.name() + " ADDRESS");
        }
        return context.expressions().address(words.get(0));
    }

    private IoDetails details() {
        return new IoDetails(view.target().memory(), view.target().architecture());
    }

    private String address(long va) {
        return KernelText.address(va, view.target().architecture());
    }

    private ConsoleException none(String what, long va) {
        return new ConsoleException("there is no " + what + " at " + address(va));
    }

    private String driverOf(long deviceVa) {
        return new IoObjects(view.target().memory(), view.target().architecture())
                .driverOfDevice(deviceVa)
                .map(IoObjects.Driver::name)
                .orElse("");
    }

    private Page code(long va) {
        return page.styled(Style.NAME, view.symbolizer().locate(va).label());
    }

    private static String function(int major) {
        return major < MAJOR.length ? "IRP_MJ_" + MAJOR[major] : "IRP_MJ " + major;
    }

    private void irp(long va) {
        IoDetails.Irp irp = details().irp(va).orElseThrow(() -> none("IRP", va));
        page.styled(Style.TITLE, "IRP " + address(va));
        page.text(irp.userMode() ? "  of user mode" : "  of the kernel");
        page.text(irp.pending() ? ", pending" : "").text(irp.cancelled() ? ", cancelled" : "");
        page.text(", flags ").hex(irp.flags(), 1).text(", status ").hex(irp.status(), 8);
        page.text(", information ").hex(irp.information(), 1).end();
        page.to(2).text("Thread ").text(address(irp.threadVa()));
        page.text("  Mdl ").text(address(irp.mdlVa()));
        if (irp.cancelRoutineVa() != 0) {
            page.text("  cancelled by ");
            code(irp.cancelRoutineVa());
        }
        page.end();
        boolean anywhere = irp.locations().stream().anyMatch(IoDetails.Location::current);
        page.line(
                anywhere
                        ? "  >[major, minor] flags control  device  file  completion (context)"
                        : "  it is at none of its stack locations: not sent yet, or done");
        for (IoDetails.Location each : irp.locations()) {
            location(each);
        }
    }

    private void location(IoDetails.Location each) {
        page.text(each.current() ? "  >[" : "   [").hex(each.majorFunction(), 1).text(", ");
        page.hex(each.minorFunction(), 1).text("] ").hex(each.flags(), 1).text(" ");
        page.hex(each.control(), 1).text("  ").text(address(each.deviceVa())).text(" ");
        page.text(address(each.fileVa()));
        if (each.completionVa() != 0) {
            page.text(" ");
            code(each.completionVa()).text(" (").text(address(each.contextVa())).text(")");
        }
        page.end();
        boolean used = each.deviceVa() != 0 || each.majorFunction() != 0;
        if (used) {
            String driver = driverOf(each.deviceVa());
            page.to(8).text(function(each.majorFunction())).text("  ");
            page.styled(Style.NAME, driver).end();
            page.to(8).text("Args:");
            each.arguments().forEach(a -> page.text(" ").text(address(a)));
            page.end();
        }
    }

    private void device(long va) {
        IoDetails.Device device = details().device(va).orElseThrow(() -> none("device object", va));
        page.styled(Style.TITLE, "DEVICE " + address(va));
        page.text("  of driver ").text(address(device.driverVa())).text(" ");
        page.styled(Style.NAME, driverOf(va)).end();
        page.to(2).text("Type ").hex(device.deviceType(), 1);
        page.text("  Flags ").hex(device.flags(), 8);
        page.text("  Characteristics ").hex(device.characteristics(), 8);
        page.text("  RefCount ").number(device.references());
        page.text("  StackSize ").number(device.stackSize()).end();
        page.to(2).text("DevExt ").text(address(device.extensionVa()));
        page.text("  CurrentIrp ").text(address(device.irpVa()));
        page.text("  NextDevice ").text(address(device.nextVa())).end();
        long above = device.attachedVa();
        // No stack of devices is higher; a damaged one may run in a circle.
        for (int i = 0; above != 0 && i < 64; i++) {
            Optional<IoDetails.Device> upper = details().device(above);
            page.to(2).text("attached to it: ").text(address(above)).text(" ");
            page.styled(Style.NAME, driverOf(above)).end();
            above = upper.map(IoDetails.Device::attachedVa).orElse(0L);
        }
    }

    private void driver(long va) {
        IoDetails.Driver driver = details().driver(va).orElseThrow(() -> none("driver object", va));
        page.styled(Style.TITLE, "DRIVER " + address(va));
        page.text("  ").styled(Style.NAME, driver.driver().name()).end();
        page.to(2).text("Image ").text(address(driver.driver().imageBase()));
        page.text(", ").hex(driver.imageSizeBytes(), 1).text(" bytes, flags ");
        page.hex(driver.flags(), 1).end();
        page.to(2).text("Devices:");
        driver.devices().forEach(d -> page.text(" ").text(address(d)));
        page.line(driver.devices().isEmpty() ? " none" : "");
        named("DriverEntry", driver.initVa());
        named("StartIo", driver.startIoVa());
        named("Unload", driver.unloadVa());
        for (int i = 0; i < driver.handlers().size(); i++) {
            page.to(2).text("[").hex(i, 2).text("] ").text(function(i)).to(40);
            code(driver.handlers().get(i)).end();
        }
    }

    private void named(String what, long va) {
        page.to(2).text(what).to(16);
        if (va == 0) {
            page.line("none");
        } else {
            code(va).end();
        }
    }

    private void object(long va) {
        KernelObjects objects = view.objects();
        if (!objects.isPossible()) {
            throw new ConsoleException(
                    "the types of the kernel are not known, which tell where headers of objects"
                            + " are: its PDB is needed (--symbols, .sympath, .reload); !irp,"
                            + " !devobj and !drvobj need none");
        }
        KernelObject object = objects.object(va).orElseThrow(() -> none("object", va));
        page.styled(Style.TITLE, "Object: " + address(va));
        page.text("  Type: (").text(address(object.typeVa())).text(") ");
        page.styled(Style.NAME, object.type()).end();
        page.to(4).text("ObjectHeader: ").text(address(object.headerVa())).end();
        page.to(4).text("HandleCount: ").number(object.handles());
        page.text("  PointerCount: ").number(object.pointers()).end();
        if (!object.name().isEmpty() || object.directoryVa() != 0) {
            page.to(4).text("Directory Object: ").text(address(object.directoryVa()));
            page.text("  Name: ").line(object.name());
        }
    }
}
