package oriel.engine.dump;

import java.util.List;
import java.util.Optional;
import oriel.engine.kernel.Kernel;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.Assertion;
import oriel.model.BugCheck;
import oriel.model.DynamicFunctions;
import oriel.model.HandleInfo;
import oriel.model.LoadedModule;
import oriel.model.ProcessInfo;
import oriel.model.SystemInfo;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;

/** What a loader found in a file. */
record DumpContents(
        String format,
        Architecture architecture,
        boolean wow64,
        DumpMemory memory,
        List<? extends TargetThread> threads,
        List<LoadedModule> modules,
        List<UnloadedModule> unloadedModules,
        Optional<TargetException> exception,
        RegionTable regions,
        SystemInfo system,
        ProcessInfo process,
        List<HandleInfo> handles,
        List<DynamicFunctions> dynamicFunctions,
        Optional<Assertion> assertion,
        List<Annotation> annotations,
        List<DumpStream> streams,
        Optional<BugCheck> bugCheck,
        Optional<Kernel> kernel) {}
