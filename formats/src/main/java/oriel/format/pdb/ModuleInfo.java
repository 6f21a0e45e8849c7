package oriel.format.pdb;

/**
 * One object file that the linker took in.
 *
 * @param index number of the module, from 0
 * @param name path of the object file, or a name that the linker made up
 * @param archive path of the library it came from; the object file itself when there is none
 * @param stream number of its stream, -1 when it has none
 * @param symbolBytes bytes of symbols in the stream, with the leading signature
 * @param c11Bytes bytes of lines in the form before Visual C++ 8
 * @param c13Bytes bytes of lines and more since Visual C++ 8
 * @param sourceFiles number of source files
 */
public record ModuleInfo(
        int index,
        String name,
        String archive,
        int stream,
        long symbolBytes,
        long c11Bytes,
        long c13Bytes,
        int sourceFiles) {}
