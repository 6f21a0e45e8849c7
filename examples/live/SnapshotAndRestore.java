import oriel.model.AddressRange;
import oriel.win32.MemorySnapshot;
import oriel.win32.Suspension;
import oriel.win32.WindowsProcess;

/** Copies a page, changes it, and puts it back: {@code SnapshotAndRestore 4242 140009000}. */
public class SnapshotAndRestore {
    public static void main(String[] args) {
        var page = new AddressRange(Long.parseUnsignedLong(args[1], 16), 0x1000);
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]));
                Suspension held = process.suspend()) {
            MemorySnapshot before = MemorySnapshot.take(process.memory(), page);
            process.memory().overwrite(page.start(), new byte[256]);
            System.out.println("changed pages: " + before.changes(process.memory()).size());
            before.restore(process.memory());
            System.out.println("changed pages: " + before.changes(process.memory()).size());
        }
    }
}
