package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.minidump.CrashpadInfo.KeyValue;
import oriel.format.minidump.CrashpadInfo.Module;
import oriel.model.Guid;

/** Reads MinidumpCrashpadInfo and what it points to, as far as it is sound. */
final class CrashpadReader {
    private static final int STRING_ANNOTATION = 1;
    private static final int SIMPLE_ENTRY = 8;
    private static final int ANNOTATION_ENTRY = 12;
    private static final int LINK = 12;

    private final Bytes file;
    private final TextPool texts;
    private final Consumer<FormatException> problems;

    CrashpadReader(Bytes file, TextPool texts, Consumer<FormatException> problems) {
        this.file = file;
        this.texts = texts;
        this.problems = problems;
    }

    CrashpadInfo read(Bytes stream) {
        var annotations = new ArrayList<KeyValue>();
        simple(Location.read(stream, 36), annotations);
        var modules = new ArrayList<Module>();
        for (Bytes link : records(Location.read(stream, 44), LINK)) {
            module(link, modules);
        }
        return new CrashpadInfo(
                Guid.of(stream.copy(4, 16)), Guid.of(stream.copy(20, 16)), annotations, modules);
    }

    private void module(Bytes link, List<Module> into) {
        try {
            Bytes info = Location.read(link, 4).in(file);
            var remarks = new ArrayList<String>();
            for (Bytes entry : records(Location.read(info, 4), 4)) {
                remarks.add(texts.utf8(entry.u32(0)));
            }
            var annotations = new ArrayList<KeyValue>();
            simple(Location.read(info, 12), annotations);
            if (info.size() >= 28) {
                objects(Location.read(info, 20), annotations);
            }
            into.add(new Module(link.u32(0), remarks, annotations));
        } catch (FormatException e) {
            problems.accept(e);
        }
    }

    /** MinidumpSimpleStringDictionary. */
    private void simple(Location at, List<KeyValue> into) {
        for (Bytes entry : records(at, SIMPLE_ENTRY)) {
            try {
                into.add(new KeyValue(texts.utf8(entry.u32(0)), texts.utf8(entry.u32(4))));
            } catch (FormatException e) {
                problems.accept(e);
            }
        }
    }

    /** MinidumpAnnotationList: name, type, then bytes behind a length. */
    private void objects(Location at, List<KeyValue> into) {
        for (Bytes entry : records(at, ANNOTATION_ENTRY)) {
            try {
                String name = texts.utf8(entry.u32(0));
                int type = entry.u16(4);
                long value = entry.u32(8);
                into.add(
                        new KeyValue(
                                name,
                                type == STRING_ANNOTATION
                                        ? texts.utf8(value)
                                        : file.u32(value) + " bytes of type " + type));
            } catch (FormatException e) {
                problems.accept(e);
            }
        }
    }

    private List<Bytes> records(Location at, int size) {
        if (at.isEmpty()) {
            return List.of();
        }
        try {
            texts.charge(at.fileOffset(), at.sizeBytes());
            return RecordList.counted(at.in(file), size, record -> record, problems);
        } catch (FormatException e) {
            problems.accept(e);
            return List.of();
        }
    }
}
