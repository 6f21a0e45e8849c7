package oriel.engine.symbols.find;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.FileCheck;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pdb.Pdb;
import oriel.format.pe.PeImage;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.LoadedModule;
import oriel.model.PdbId;

/** Whether files belong to a module: by what ties them to it, not by name. */
final class IdentityChecks {
    private IdentityChecks() {}

    /**
     * A PDB whose GUID and age are those of the image. The age is that of the debug information
     * (DBI), which tools that rewrite a PDB leave alone, or that of the file. Some servers hand out
     * Breakpad symbols under the name of the PDB: they are taken as well.
     */
    static FileCheck pdb(PdbId wanted) {
        return file -> {
            Bytes bytes = Bytes.open(file);
            if (BreakpadSymbols.looksLikeSymbols(bytes)) {
                return breakpadProblem(bytes, wanted);
            }
            try {
                Pdb pdb = Pdb.open(bytes);
                PdbId actual = pdb.info().id("");
                boolean same =
                        wanted.kind() == PdbId.Kind.NB10
                                ? pdb.info().signature()
                                        == wanted.guid().value().getMostSignificantBits() >>> 32
                                : actual.guid().equals(wanted.guid());
                boolean sameAge = pdb.imageAge() == wanted.age() || actual.age() == wanted.age();
                return same && sameAge
                        ? Optional.empty()
                        : Optional.of(
                                "is "
                                        + actual.guid()
                                        + " age "
                                        + pdb.imageAge()
                                        + ", wanted "
                                        + wanted.guid()
                                        + " age "
                                        + wanted.age());
            } catch (FormatException e) {
                return Optional.of(e.problem());
            }
        };
    }

    /** A Breakpad file with the id of the PDB. */
    static FileCheck breakpad(PdbId wanted) {
        return file -> breakpadProblem(Bytes.open(file), wanted);
    }

    /** An image with the time stamp and size of the module. */
    static FileCheck image(LoadedModule module) {
        return file -> {
            try {
                PeImage image = PeImage.of(Bytes.open(file));
                return stampProblem(
                        image.coffHeader().timestamp(),
                        image.optionalHeader().imageSizeBytes(),
                        module);
            } catch (FormatException e) {
                return Optional.of(e.problem());
            }
        };
    }

    /** A DBG file with the time stamp and size of the module. */
    static FileCheck dbg(LoadedModule module) {
        return file -> {
            try {
                SeparateDebugFile dbg = SeparateDebugFile.of(Bytes.open(file));
                return stampProblem(dbg.timestamp(), dbg.imageSizeBytes(), module);
            } catch (FormatException e) {
                return Optional.of(e.problem());
            }
        };
    }

    private static Optional<String> stampProblem(long timestamp, long size, LoadedModule module) {
        boolean same = timestamp == module.timestamp() && size == module.range().sizeBytes();
        return same
                ? Optional.empty()
                : Optional.of(
                        "has time stamp "
                                + Long.toHexString(timestamp)
                                + " and size "
                                + Long.toHexString(size)
                                + ", wanted "
                                + Long.toHexString(module.timestamp())
                                + " and "
                                + Long.toHexString(module.range().sizeBytes()));
    }

    private static Optional<String> breakpadProblem(Bytes bytes, PdbId wanted) {
        try {
            String id = BreakpadSymbols.moduleOf(bytes).id();
            return id.equalsIgnoreCase(wanted.key())
                    ? Optional.empty()
                    : Optional.of("is for " + id + ", wanted " + wanted.key());
        } catch (FormatException e) {
            return Optional.of(e.problem());
        }
    }
}
