package oriel.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelView;
import oriel.engine.kernel.ProcessTarget;
import oriel.model.Target;

/** Finds the process of a kernel dump that the user means. */
final class ProcessChoice {
    private ProcessChoice() {}

    /**
     * The process as a target.
     *
     * @param wanted its id, decimal or with 0x, or the name of its image
     * @throws UsageException when there is none, or more than one of the name
     */
    static Target of(String file, Target dump, String wanted) {
        Optional<Kernel> kernel =
                dump instanceof KernelView view ? view.kernel() : Optional.empty();
        if (kernel.isEmpty()) {
            throw new UsageException(file + ": a dump of one process: --process makes no sense");
        }
        KernelProcess process = find(file, kernel.get(), wanted);
        return ProcessTarget.of(dump, kernel.get(), process)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        file
                                                + ": the memory of process "
                                                + process.processId()
                                                + " is not in this dump"));
    }

    private static KernelProcess find(String file, Kernel kernel, String wanted) {
        OptionalLong id = number(wanted);
        List<KernelProcess> found = new ArrayList<>();
        for (KernelProcess process : kernel.processes()) {
            if (id.isPresent()
                    ? process.processId() == id.getAsLong()
                    : process.name().equalsIgnoreCase(wanted)) {
                found.add(process);
            }
        }
        if (found.isEmpty()) {
            throw new UsageException(
                    file + ": no process " + wanted + "; 'oriel processes' lists them");
        }
        if (found.size() > 1) {
            var ids = new StringBuilder();
            found.forEach(p -> ids.append(ids.isEmpty() ? "" : ", ").append(p.processId()));
            throw new UsageException(
                    file + ": several processes are called " + wanted + ": " + ids);
        }
        return found.get(0);
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.decode(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
