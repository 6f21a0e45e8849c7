package oriel.engine.symbols.pdb;

import java.io.IOException;
import java.util.List;
import oriel.format.pdb.Dbi;
import oriel.format.pdb.FrameData;
import oriel.format.pdb.FrameDataTable;
import oriel.format.pdb.Pdb;

/**
 * Writes FRAMEDATA and FPO_DATA of a PDB as STACK WIN records of Breakpad, in addresses of the
 * image: where blocks were moved, a record becomes one for each piece.
 */
final class WindowsFrameRecords {
    private final Pdb pdb;
    private final ImageAddresses image;
    private final Appendable out;

    WindowsFrameRecords(Pdb pdb, ImageAddresses image, Appendable out) {
        this.pdb = pdb;
        this.image = image;
        this.out = out;
    }

    /** Programs first, then the records without. */
    void write() throws IOException {
        Dbi dbi = pdb.dbi().orElseThrow();
        for (FrameDataTable table : List.of(dbi.frameData(), dbi.fpo())) {
            for (int i = 0; i < table.size(); i++) {
                FrameData frame = table.record(i);
                List<MovedCode> pieces = image.pieces(frame.rva(), frame.sizeBytes());
                for (MovedCode piece : pieces) {
                    long prolog = Math.max(0, frame.prologBytes() - piece.sourceOffset());
                    long part = Math.min(prolog, piece.sizeBytes());
                    if (pieces.size() > 1 && part > 0 && part < piece.sizeBytes()) {
                        // Breakpad's own tool keeps the prologue of scattered code apart.
                        record(frame, piece.rva(), part, part);
                        record(frame, piece.rva() + part, piece.sizeBytes() - part, 0);
                    } else {
                        record(frame, piece.rva(), piece.sizeBytes(), part);
                    }
                }
            }
        }
    }

    private void record(FrameData frame, long rva, long sizeBytes, long prolog) throws IOException {
        out.append("STACK WIN ").append(Integer.toString(frame.kind()));
        hex(rva);
        hex(sizeBytes);
        hex(prolog);
        hex(0);
        hex(frame.parameterBytes());
        hex(frame.savedRegisterBytes());
        hex(frame.localBytes());
        hex(frame.stackBytes());
        boolean program = frame.programOffset() >= 0 && pdb.names().isPresent();
        out.append(program ? " 1 " : " 0 ");
        if (program) {
            out.append(pdb.names().get().at(frame.programOffset()));
        } else {
            out.append(frame.usesEbp() ? '1' : '0');
        }
        out.append('\n');
    }

    private void hex(long number) throws IOException {
        out.append(' ').append(Long.toHexString(number));
    }
}
