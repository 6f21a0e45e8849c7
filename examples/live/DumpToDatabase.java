import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.zip.DeflaterOutputStream;
import oriel.model.MemoryRegion;
import oriel.win32.Suspension;
import oriel.win32.WindowsProcess;

/**
 * Puts the memory of a process into an SQLite database, compressed with zlib: {@code DumpToDatabase
 * 4242 memory.db}. Needs sqlite-jdbc on the class path.
 */
public class DumpToDatabase {
    private static final int LARGEST = 1 << 28;

    public static void main(String[] args) throws SQLException, IOException {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]));
                Suspension held = process.suspend();
                var database = DriverManager.getConnection("jdbc:sqlite:" + args[1])) {
            database.setAutoCommit(false);
            try (var statement = database.createStatement()) {
                statement.execute(
                        "create table memory(address integer primary key, size integer,"
                                + " protection integer, file text, content blob)");
            }
            int count = 0;
            try (var insert = database.prepareStatement("insert into memory values(?,?,?,?,?)")) {
                for (MemoryRegion region : process.memory().map()) {
                    if (!region.isReadable() || region.range().sizeBytes() > LARGEST) {
                        continue;
                    }
                    long va = region.range().start();
                    int size = (int) region.range().sizeBytes();
                    var packed = new ByteArrayOutputStream();
                    try (var zlib = new DeflaterOutputStream(packed)) {
                        zlib.write(process.memory().readUpTo(va, size));
                    }
                    insert.setLong(1, va);
                    insert.setLong(2, size);
                    insert.setInt(3, region.protection());
                    insert.setString(4, process.memory().mappedFile(va).orElse(null));
                    insert.setBytes(5, packed.toByteArray());
                    insert.executeUpdate();
                    count++;
                }
            }
            database.commit();
            System.out.println(count + " regions of " + held);
        }
    }
}
