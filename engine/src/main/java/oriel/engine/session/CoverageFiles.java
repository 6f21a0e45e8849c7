package oriel.engine.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oriel.engine.session.Coverage.CoveredBlock;
import oriel.model.LoadedModule;

/**
 * Coverage in the formats that other programs read: drcov (DynamoRIO, "drcov" client, version 2;
 * read by Lighthouse, Cartographer and others) and lcov (geninfo(1)).
 */
public final class CoverageFiles {
    private static final int ENTRY = 8;
    private static final int MOST_SIZE = 0xffff;

    private CoverageFiles() {}

    /** Writes executed blocks as drcov. */
    public static void drcov(List<CoveredBlock> blocks, OutputStream out) throws IOException {
        var modules = new ArrayList<LoadedModule>();
        for (CoveredBlock block : blocks) {
            if (!modules.contains(block.module())) {
                modules.add(block.module());
            }
        }
        var head = new StringBuilder("DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\n");
        head.append("Module Table: version 2, count ").append(modules.size()).append('\n');
        head.append("Columns: id, base, end, entry, checksum, timestamp, path\n");
        for (int i = 0; i < modules.size(); i++) {
            LoadedModule module = modules.get(i);
            head.append(i).append(", ").append(hex(module.base(), 16));
            head.append(", ").append(hex(module.range().end(), 16));
            head.append(", ").append(hex(0, 16));
            head.append(", ").append(hex(module.checksum(), 8));
            head.append(", ").append(hex(module.timestamp(), 8));
            head.append(", ").append(module.path()).append('\n');
        }
        head.append("BB Table: ").append(blocks.size()).append(" bbs\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        var table = ByteBuffer.allocate(blocks.size() * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        for (CoveredBlock block : blocks) {
            table.putInt((int) (block.va() - block.module().base()));
            table.putShort((short) Math.min(block.sizeBytes(), MOST_SIZE));
            table.putShort((short) modules.indexOf(block.module()));
        }
        out.write(table.array());
    }

    private static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        return "0x" + "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /**
     * Writes executed source lines as lcov.
     *
     * @param lines executed lines by source file
     */
    public static void lcov(Map<String, TreeSet<Integer>> lines, OutputStream out)
            throws IOException {
        var text = new StringBuilder("TN:\n");
        for (Map.Entry<String, TreeSet<Integer>> file : new TreeMap<>(lines).entrySet()) {
            text.append("SF:").append(file.getKey()).append('\n');
            for (int line : file.getValue()) {
                text.append("DA:").append(line).append(",1\n");
            }
            text.append("LH:").append(file.getValue().size()).append('\n');
            text.append("end_of_record\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
