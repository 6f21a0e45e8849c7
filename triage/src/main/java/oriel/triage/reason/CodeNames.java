package oriel.triage.reason;

import java.util.Optional;

/** Names and meanings of the codes that Windows, its runtimes and COM use. */
public final class CodeNames {
    private static final int FACILITY_WIN32 = 7;
    private static final int FACILITY_VISUAL_CPP = 0x6d;
    private static final int FACILITY_NT_WIN32 = 7;

    private CodeNames() {}

    /**
     * What is known of an exception code.
     *
     * @param name symbolic name, or the code in hexadecimal when it has none
     * @param shortName for bucket ids, e.g. {@code AV}
     * @param meaning one sentence without a full stop; may be empty
     */
    public record Named(String name, String shortName, String meaning) {}

    private static final class Exceptions {
        static final CodeTable TABLE = CodeTable.load("exceptions.tsv");
    }

    private static final class Statuses {
        static final CodeTable TABLE = CodeTable.load("ntstatus.tsv");
    }

    private static final class HResults {
        static final CodeTable TABLE = CodeTable.load("hresult.tsv");
    }

    private static final class Win32 {
        static final CodeTable TABLE = CodeTable.load("win32.tsv");
    }

    private static final class FastFails {
        static final CodeTable TABLE = CodeTable.load("fastfail.tsv");
    }

    /** An exception code: known exceptions, then NTSTATUS, HRESULT and Win32 forms. */
    public static Named exception(int code) {
        Optional<String[]> row = Exceptions.TABLE.row(code);
        if (row.isPresent()) {
            String[] fields = row.get();
            return new Named(fields[0], fields[1], fields[2]);
        }
        String number = hex(code);
        Optional<String> status = status(code);
        if (status.isPresent()) {
            return new Named(status.get(), number, "");
        }
        return formed(code)
                .or(() -> hresult(code).map(name -> new Named(name, number, "a COM error code")))
                .orElseGet(() -> new Named(number, number, origin(code)));
    }

    /** The name of an NTSTATUS. */
    public static Optional<String> status(int code) {
        return Statuses.TABLE.row(code).map(fields -> fields[0]);
    }

    /** The name of a Win32 error code. */
    public static Optional<String> win32(int code) {
        return Win32.TABLE.row(code).map(fields -> fields[0]);
    }

    /** The name of an HRESULT, Win32 errors and statuses wrapped in one included. */
    public static Optional<String> hresult(int code) {
        Optional<String> name = HResults.TABLE.row(code).map(fields -> fields[0]);
        if (name.isPresent()) {
            return name;
        }
        if ((code & 0x90000000) == 0x90000000) {
            return status(code & ~0x10000000);
        }
        boolean failure = code < 0;
        return failure && (code >>> 16 & 0x1fff) == FACILITY_WIN32
                ? win32(code & 0xffff)
                : Optional.empty();
    }

    /** Name and meaning of a {@code __fastfail} code. */
    public static Optional<Named> fastFail(long code) {
        if (code >>> 32 != 0) {
            return Optional.empty();
        }
        return FastFails.TABLE
                .row((int) code)
                .map(fields -> new Named(fields[0], fastFailShort(fields[0]), fields[1]));
    }

    /** A code with its name when it has one: {@code 0xc000009c STATUS_DEVICE_DATA_ERROR}. */
    public static String withName(int code, Optional<String> name) {
        return hex(code) + name.map(n -> " " + n).orElse("");
    }

    /** {@code 0x} and at least one digit. */
    public static String hex(int code) {
        return "0x" + Integer.toHexString(code);
    }

    private static Optional<Named> formed(int code) {
        int facility = code >>> 16 & 0xfff;
        boolean error = code >>> 30 == 3;
        if (error && (facility == FACILITY_NT_WIN32 || facility == FACILITY_VISUAL_CPP)) {
            String meaning =
                    facility == FACILITY_VISUAL_CPP
                            ? "an error of the Visual C++ delay-load code"
                            : "a Win32 error raised as an exception";
            return win32(code & 0xffff).map(name -> new Named(name, "Win32", meaning));
        }
        return Optional.empty();
    }

    private static String origin(int code) {
        boolean customer = (code & 0x20000000) != 0;
        return customer
                ? "an exception of the program's own or of a runtime that is not known"
                : "an exception that is not known";
    }

    /** {@code FAST_FAIL_FATAL_APP_EXIT} becomes {@code FatalAppExit}. */
    private static String fastFailShort(String name) {
        var text = new StringBuilder();
        boolean upper = true;
        for (int i = "FAST_FAIL_".length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                text.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return text.toString();
    }
}
