package oriel.format.pdb;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.Msf;
import oriel.format.msf.MsfStream;
import oriel.model.Diagnostic;

/**
 * A program database. Opening reads the directory of the container and the info stream; everything
 * else is read when it is asked for, in place. A broken part is empty and noted in {@link
 * #diagnostics()}. Layouts: microsoft/microsoft-pdb and microsoft/pdb-rs (docs). Safe for any
 * thread.
 */
public final class Pdb {
    private final Msf msf;
    private final PdbInfo info;
    private final Findings findings;
    private final Lazy<Optional<Dbi>> dbi;
    private final Lazy<TypeStream> types;
    private final Lazy<TypeStream> ids;
    private final Lazy<Optional<StringTable>> names;
    private final Lazy<PublicTable> publics;
    private final Lazy<GlobalHash> globals;

    private Pdb(Msf msf, PdbInfo info, Findings findings) {
        this.msf = msf;
        this.info = info;
        this.findings = findings;
        dbi = new Lazy<>(this::readDbi);
        types = new Lazy<>(() -> readTypes("types", TypeStream.TYPES));
        ids = new Lazy<>(() -> readTypes("ids", info.hasIds() ? TypeStream.IDS : -1));
        names = new Lazy<>(this::readNames);
        publics = new Lazy<>(this::readPublics);
        globals = new Lazy<>(this::readGlobals);
    }

    /**
     * Opens a PDB.
     *
     * @throws FormatException when it is of another kind (the message names it), or container or
     *     info stream are broken
     */
    public static Pdb open(Bytes file) {
        Msf msf = Msf.open(file);
        var findings = new Findings();
        for (Diagnostic found : msf.diagnostics()) {
            findings.add(found.subject(), found.problem());
        }
        return new Pdb(msf, PdbInfo.read(msf.stream(PdbInfo.STREAM)), findings);
    }

    /** The container. */
    public Msf msf() {
        return msf;
    }

    /** Identity and named streams. */
    public PdbInfo info() {
        return info;
    }

    /** The age that the image records: that of the DBI stream where there is one. */
    public long imageAge() {
        return dbi().map(d -> d.header().age()).filter(a -> a != 0).orElse(info.age());
    }

    /** Debug information; empty in type servers and in PDBs of managed code. */
    public Optional<Dbi> dbi() {
        return dbi.value();
    }

    /** The types (TPI). */
    public TypeStream types() {
        return types.value();
    }

    /** The ids (IPI): functions, build information, source lines of types. */
    public TypeStream ids() {
        return ids.value();
    }

    /** The texts that lines and frame data refer to. */
    public Optional<StringTable> names() {
        return names.value();
    }

    /** Public symbols by name and address. */
    public PublicTable publics() {
        return publics.value();
    }

    /** Hash of the names of globals, procedures among them. */
    public GlobalHash globals() {
        return globals.value();
    }

    /** The stream of a module; empty when it has none or it is broken. */
    public Optional<ModuleStream> module(ModuleInfo module) {
        if (module.stream() < 0) {
            return Optional.empty();
        }
        try {
            MsfStream in = msf.stream(module.stream());
            return in.size() == 0 ? Optional.empty() : Optional.of(ModuleStream.read(module, in));
        } catch (FormatException e) {
            findings.add("module " + module.index(), e);
            return Optional.empty();
        }
    }

    /** A stream by name, such as {@code srcsrv} or {@code sourcelink}; letter case counts not. */
    public Optional<MsfStream> namedStream(String name) {
        Integer number = info.namedStreams().get(name);
        if (number == null) {
            String wanted = name.toLowerCase(Locale.ROOT);
            for (Map.Entry<String, Integer> entry : info.namedStreams().entrySet()) {
                if (entry.getKey().toLowerCase(Locale.ROOT).equals(wanted)) {
                    number = entry.getValue();
                }
            }
        }
        if (number == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(msf.stream(number)).filter(s -> s.size() > 0);
        } catch (FormatException e) {
            findings.add("stream " + name, e);
            return Optional.empty();
        }
    }

    /** Notes damage that a reader of parts came across. */
    public void report(String subject, String problem) {
        findings.add(subject, problem);
    }

    /** Notes damage that a reader of parts came across. */
    public void report(String subject, FormatException problem) {
        findings.add(subject, problem);
    }

    /** What turned out to be broken so far. */
    public List<Diagnostic> diagnostics() {
        return findings.list();
    }

    private Optional<Dbi> readDbi() {
        if (msf.streamSize(Dbi.STREAM) < DbiHeader.SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.of(Dbi.read(msf, findings));
        } catch (FormatException e) {
            findings.add("debug information", e);
            return Optional.empty();
        }
    }

    private Optional<StringTable> readNames() {
        try {
            return namedStream("/names").map(StringTable::read);
        } catch (FormatException e) {
            findings.add("string table", e);
            return Optional.empty();
        }
    }

    private TypeStream readTypes(String what, int stream) {
        return findings.orEmpty(what, openOrEmpty(what, stream), in -> TypeStream.read(msf, in));
    }

    private PublicTable readPublics() {
        MsfStream symbols = dbi().flatMap(Dbi::symbolRecords).orElseGet(() -> openOrEmpty("", -1));
        MsfStream in = dbi().flatMap(Dbi::publicsStream).orElseGet(() -> openOrEmpty("", -1));
        return findings.orEmpty(
                "publics", in, s -> PublicTable.read(s, symbols, info.isFastLink()));
    }

    private GlobalHash readGlobals() {
        MsfStream in = dbi().flatMap(Dbi::globalsStream).orElseGet(() -> openOrEmpty("", -1));
        return findings.orEmpty("globals", in, s -> GlobalHash.read(s, info.isFastLink()));
    }

    private MsfStream openOrEmpty(String what, int stream) {
        try {
            return msf.stream(stream);
        } catch (FormatException e) {
            findings.add(what, e);
            return msf.stream(-1);
        }
    }
}
