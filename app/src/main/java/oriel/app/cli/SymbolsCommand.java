package oriel.app.cli;

import java.io.IOException;
import java.util.List;

/** {@code oriel symbols}: what symbol files say, and where they come from. */
final class SymbolsCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Looks into symbol files, and finds, fetches and serves them.",
                        "lookup FILE ADDRESS|NAME...: functions, lines and inlined functions at"
                                + " addresses; symbols by name, wildcards or /regex/.",
                        "list FILE: all symbols. lines FILE ADDRESS...: the lines of a function.",
                        "types FILE [PATTERN]: names and sizes of types. type FILE NAME [ADDRESS]: what"
                                + " lies where in a type; with an address, a value of it.",
                        "modules DUMP: which symbols each module has. check DUMP: why it has none.",
                        "fetch DUMP: fetches the symbols of all modules. sym FILE: writes Breakpad"
                                + " symbols.",
                        "add FILE...: puts files into the store --store DIR. serve DIR: serves a"
                                + " store over HTTP.")
                .operand(
                        "ACTION",
                        "lookup, list, lines, types, type, modules, check, fetch, sym, add or serve.")
                .operand("ARGUMENT...", "A PDB, PE, Breakpad file or dump, then what to look for.")
                .options(TargetInput.FILE_OPTIONS)
                .option(SymbolQuery.NAMES)
                .options(TypeQuery.OPTIONS)
                .option(TargetInput.JSON)
                .option(Option.value("--store", "DIR", "The store that 'add' fills."))
                .option(Option.flag("--compress", "Let 'add' keep files as cabinets (app.pd_)."))
                .option(
                        Option.value(
                                "--product", "NAME", "What 'add' writes into 000Admin/server.txt."))
                .option(Option.value("--product-version", "TEXT", "The same."))
                .option(Option.value("--comment", "TEXT", "The same."))
                .option(
                        Option.value(
                                "--port",
                                "PORT",
                                "Where 'serve' listens; 8080 unless given, 0 for any that is"
                                        + " free."))
                .option(
                        Option.flag(
                                "--public",
                                "Let 'serve' answer other machines too, not only this one."))
                .option(Option.value("--output", "FILE", "Where 'sym' writes.").withShortName("-o"))
                .option(TargetInput.COLOR)
                .examples(
                        "oriel symbols lookup app.pdb 0x1234 main 'std::*' '/^Get.*A$/'",
                        "oriel symbols lookup crash.dmp @rip 'app!main' --json",
                        "oriel symbols list app.exe --names full",
                        "oriel symbols lines app.pdb main",
                        "oriel symbols types app.pdb 'Order*'",
                        "oriel symbols type crash.dmp 'app!Order' @rcx --depth 2",
                        "oriel symbols modules crash.dmp --offline",
                        "oriel symbols check crash.dmp --symbols 'srv*cache*https://server'",
                        "oriel symbols fetch crash.dmp --symbols 'srv*cache*https://server'",
                        "oriel symbols sym app.pdb -o app.sym",
                        "oriel symbols add --store symbols app.exe app.pdb",
                        "oriel symbols serve symbols --port 9000");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        String action = given.operand(0);
        List<String> rest = given.operands().subList(1, given.operands().size());
        return switch (action) {
            case "lookup" -> new SymbolQuery(given, console).lookup(rest);
            case "list" -> new SymbolQuery(given, console).list(rest.get(0));
            case "lines" -> new SymbolQuery(given, console).lines(rest);
            case "sym" -> new SymbolQuery(given, console).sym(rest.get(0));
            case "types" -> new TypeQuery(given, console).types(rest);
            case "type" -> new TypeQuery(given, console).type(rest);
            case "modules" -> new SymbolStoreWork(given, console).modules(rest.get(0));
            case "check" -> new SymbolStoreWork(given, console).check(rest.get(0));
            case "fetch" -> new SymbolStoreWork(given, console).fetch(rest.get(0));
            case "add" -> new SymbolStoreWork(given, console).add(rest);
            case "serve" -> new SymbolStoreWork(given, console).serve(rest.get(0));
            default -> throw new UsageException("symbols: '" + action + "' is not an action");
        };
    }
}
