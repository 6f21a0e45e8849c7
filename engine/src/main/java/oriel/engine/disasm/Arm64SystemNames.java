package oriel.engine.disasm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names of system registers and system operations, read from a resource when the first is wanted.
 * Keys are the encoding fields op0:op1:CRn:CRm:op2 (the low fourteen bits for operations).
 */
final class Arm64SystemNames {
    private final Map<Integer, String> read = new HashMap<>();
    private final Map<Integer, String> written = new HashMap<>();
    private final Map<Integer, String> operations = new HashMap<>();
    private final Map<Integer, String> operands = new HashMap<>();
    private final Map<Integer, String> answers = new HashMap<>();
    private final Set<Integer> withRegister = new HashSet<>();
    private final Map<Integer, String> generic = new java.util.concurrent.ConcurrentHashMap<>();

    private static final class Holder {
        static final Arm64SystemNames INSTANCE = new Arm64SystemNames();
    }

    private Arm64SystemNames() {
        try (InputStream in = Arm64SystemNames.class.getResourceAsStream("arm64-system.txt")) {
            if (in == null) {
                throw new IllegalStateException("arm64-system.txt is missing");
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Arm64SystemNames shared() {
        return Holder.INSTANCE;
    }

    /** Reads {@code op0 op1 CRn CRm op2 kind name}; the name of an operation may be two words. */
    private void add(String line) {
        String[] fields = line.split(" ", 7);
        int key =
                Integer.parseInt(fields[0]) << 14
                        | Integer.parseInt(fields[1]) << 11
                        | Integer.parseInt(fields[2]) << 7
                        | Integer.parseInt(fields[3]) << 3
                        | Integer.parseInt(fields[4]);
        String name = fields[6];
        switch (fields[5]) {
            case "r" -> read.put(key, name);
            case "w" -> written.put(key, name);
            case "rw" -> {
                read.put(key, name);
                written.put(key, name);
            }
            case "sysl" -> answers.put(key & 0x3fff, name);
            default -> {
                int space = name.indexOf(' ');
                operations.put(key & 0x3fff, space < 0 ? name : name.substring(0, space));
                if (space >= 0) {
                    operands.put(key & 0x3fff, name.substring(space + 1));
                }
                if (fields[5].equals("sysx")) {
                    withRegister.add(key & 0x3fff);
                }
            }
        }
    }

    /** The name of a register, or the generic {@code s3_0_c15_c2_1}. */
    String register(int key, boolean toRead) {
        String name = (toRead ? read : written).get(key);
        return name != null ? name : generic.computeIfAbsent(key, Arm64SystemNames::spell);
    }

    private static String spell(int key) {
        return "s"
                + (key >> 14)
                + "_"
                + (key >> 11 & 7)
                + "_c"
                + (key >> 7 & 15)
                + "_c"
                + (key >> 3 & 15)
                + "_"
                + (key & 7);
    }

    /** The mnemonic of a sys operation, or empty. */
    String operation(int key) {
        return operations.getOrDefault(key, "");
    }

    /** What follows that mnemonic: {@code civac} of {@code dc civac}; or empty. */
    String operand(int key) {
        return operands.getOrDefault(key, "");
    }

    /** Whether a sys operation takes a register. */
    boolean takesRegister(int key) {
        return withRegister.contains(key);
    }

    /** The mnemonic of a sysl operation, or empty. */
    String answer(int key) {
        return answers.getOrDefault(key, "");
    }
}
