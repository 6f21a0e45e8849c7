package oriel.engine.symbols.pdb;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.engine.symbols.X86FrameData;
import oriel.format.pdb.FrameData;
import oriel.format.pdb.FrameDataTable;
import oriel.format.pdb.Pdb;

/** Finds the frame data of x86 code: FRAMEDATA first, which tells more than FPO_DATA. */
final class X86Frames {
    private final Pdb pdb;
    private volatile @Nullable Tables tables;

    X86Frames(Pdb pdb) {
        this.pdb = pdb;
    }

    /**
     * @param rva as symbols see it; -1 for none
     */
    Optional<X86FrameData> at(long rva) {
        if (rva < 0) {
            return Optional.empty();
        }
        Optional<FrameData> found = tables().frameData().find(rva);
        if (found.isEmpty()) {
            found = tables().fpo().find(rva);
        }
        return found.map(this::convert);
    }

    private X86FrameData convert(FrameData data) {
        String program =
                data.programOffset() < 0
                        ? ""
                        : pdb.names().map(names -> names.at(data.programOffset())).orElse("");
        return new X86FrameData(
                program,
                data.usesEbp(),
                data.parameterBytes(),
                data.savedRegisterBytes(),
                data.localBytes());
    }

    private Tables tables() {
        Tables known = tables;
        if (known == null) {
            known = new Tables(pdb.dbi().orElseThrow().frameData(), pdb.dbi().orElseThrow().fpo());
            tables = known;
        }
        return known;
    }

    private record Tables(FrameDataTable frameData, FrameDataTable fpo) {}
}
