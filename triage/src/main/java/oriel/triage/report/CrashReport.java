package oriel.triage.report;

import java.util.List;
import java.util.Optional;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.UnloadedModule;

/**
 * What happened in a target. Any section may be empty: because the target does not tell, because
 * nothing crashed, or because finding it out failed, which {@code diagnostics} then says.
 *
 * @param architecture of the side that is shown: X86 for a WOW64 process
 * @param bugCheck why it stopped, for a kernel
 * @param reason why it stopped; empty when nothing crashed
 * @param access the memory access that failed
 * @param where it happened
 * @param registers of the crashing thread, known ones only, in display order
 * @param code around the program counter
 * @param source text around the crash, as far as it can be had
 * @param sourceFiles where source files of the stacks can be had
 * @param stacks the crashing one first, then the largest groups
 * @param process ids, command line, environment, times
 * @param system operating system and machine
 * @param handles open handles
 * @param modules mapped images, in the target's order
 * @param unloadedModules images that are no longer mapped
 * @param rating how bad it is
 * @param findings likely causes and oddities, surest first
 * @param bucket what makes crashes of the same bug equal
 * @param annotations comments, memory counters and other remarks of the target
 * @param diagnostics what was damaged or missing, and what was done about it
 */
public record CrashReport(
        Architecture architecture,
        Optional<BugCheckEntry> bugCheck,
        Optional<CrashReason> reason,
        Optional<MemoryAccess> access,
        Optional<FaultLocation> where,
        List<RegisterValue> registers,
        Optional<CodeListing> code,
        List<SourceListing> source,
        List<SourceFile> sourceFiles,
        List<StackSection> stacks,
        ProcessInfo process,
        SystemInfo system,
        Optional<HandleSummary> handles,
        List<ModuleEntry> modules,
        List<UnloadedModule> unloadedModules,
        Optional<Rating> rating,
        List<Finding> findings,
        Optional<Bucket> bucket,
        List<Annotation> annotations,
        List<Diagnostic> diagnostics) {
    /** Copies the lists. */
    public CrashReport {
        registers = List.copyOf(registers);
        source = List.copyOf(source);
        sourceFiles = List.copyOf(sourceFiles);
        stacks = List.copyOf(stacks);
        modules = List.copyOf(modules);
        unloadedModules = List.copyOf(unloadedModules);
        findings = List.copyOf(findings);
        annotations = List.copyOf(annotations);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether something crashed. */
    public boolean crashed() {
        return reason.isPresent();
    }
}
