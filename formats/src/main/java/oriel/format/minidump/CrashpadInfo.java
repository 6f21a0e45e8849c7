package oriel.format.minidump;

import java.util.List;
import oriel.model.Guid;

/**
 * What Crashpad adds: MinidumpCrashpadInfo.
 *
 * @param reportId identity of the report
 * @param clientId identity of the installation
 * @param annotations keys and values of the process
 * @param modules keys and values of modules
 */
public record CrashpadInfo(
        Guid reportId, Guid clientId, List<KeyValue> annotations, List<Module> modules) {
    /** Copies the lists. */
    public CrashpadInfo {
        annotations = List.copyOf(annotations);
        modules = List.copyOf(modules);
    }

    /** A key and its value. */
    public record KeyValue(String key, String value) {}

    /**
     * Keys and values of one module: MinidumpModuleCrashpadInfo.
     *
     * @param moduleIndex position in the module list
     * @param remarks texts without a key
     * @param annotations keys and values; of annotation objects those that are strings, the others
     *     as their size
     */
    public record Module(long moduleIndex, List<String> remarks, List<KeyValue> annotations) {
        /** Copies the lists. */
        public Module {
            remarks = List.copyOf(remarks);
            annotations = List.copyOf(annotations);
        }
    }
}
