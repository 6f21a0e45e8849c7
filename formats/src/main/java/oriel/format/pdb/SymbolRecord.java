package oriel.format.pdb;

import java.util.List;
import oriel.bytes.Bytes;

/**
 * One symbol record. Places are section (from 1) and offset; types and ids are numbers of {@link
 * TypeRecord}s; registers are CodeView numbers of the machine. Layouts: {@code cvinfo.h} of
 * microsoft-pdb.
 */
public sealed interface SymbolRecord {
    /** S_GPROC32 and its kin: a function; with an id instead of a type for the ID kinds. */
    record Procedure(
            boolean global,
            boolean byId,
            long scopeEnd,
            long codeSize,
            long debugStart,
            long debugEnd,
            long type,
            int section,
            long offset,
            int flags,
            String name)
            implements SymbolRecord {}

    /** S_THUNK32. */
    record Thunk(long scopeEnd, int section, long offset, int codeSize, int ordinal, String name)
            implements SymbolRecord {}

    /** S_BLOCK32: a block of a function with variables of its own. */
    record Block(long scopeEnd, long codeSize, int section, long offset, String name)
            implements SymbolRecord {}

    /** S_LABEL32. */
    record Label(int section, long offset, int flags, String name) implements SymbolRecord {}

    /** S_GDATA32, S_LDATA32, and S_GTHREAD32, S_LTHREAD32 with offsets in the thread's storage. */
    record Data(boolean global, boolean thread, long type, int section, long offset, String name)
            implements SymbolRecord {}

    /** S_PUB32. */
    record Public(long flags, int section, long offset, String name) implements SymbolRecord {}

    /** S_CONSTANT: a Long, or a BigInteger or Double where that does not do. */
    record Constant(long type, Number value, String name) implements SymbolRecord {}

    /** S_UDT: a name for a type. */
    record UserType(long type, String name) implements SymbolRecord {}

    /** S_PROCREF, S_DATAREF and their kin: a record in the stream of a module, from 0. */
    record Reference(int kind, int module, long symbolOffset, String name)
            implements SymbolRecord {}

    /** S_TRAMPOLINE: code that jumps elsewhere, made by the linker. */
    record Trampoline(
            int kind, int codeSize, int section, long offset, int targetSection, long targetOffset)
            implements SymbolRecord {}

    /** S_SECTION. */
    record Section(int number, long rva, long sizeBytes, long characteristics, String name)
            implements SymbolRecord {}

    /** S_COFFGROUP: a part of a section with one name in object files. */
    record CoffGroup(long sizeBytes, long characteristics, int section, long offset, String name)
            implements SymbolRecord {}

    /** S_EXPORT. */
    record Export(int ordinal, int flags, String name) implements SymbolRecord {}

    /** S_SEPCODE: code of a function that lies apart from it. */
    record SeparatedCode(
            long scopeEnd,
            long codeSize,
            int section,
            long offset,
            int parentSection,
            long parentOffset)
            implements SymbolRecord {}

    /** S_OBJNAME. */
    record ObjectName(long signature, String name) implements SymbolRecord {}

    /** S_COMPILE2 and S_COMPILE3: which compiler made the module. */
    record Compiler(int language, long flags, int machine, List<Integer> version, String name)
            implements SymbolRecord {}

    /** S_BUILDINFO. */
    record Build(long id) implements SymbolRecord {}

    /** S_ENVBLOCK: names and values by turns. */
    record Environment(List<String> texts) implements SymbolRecord {}

    /** S_UNAMESPACE. */
    record UsingNamespace(String name) implements SymbolRecord {}

    /** S_FRAMEPROC: the stack frame of a function. */
    record Frame(
            long frameBytes,
            long paddingBytes,
            long paddingOffset,
            long savedRegisterBytes,
            int handlerSection,
            long handlerOffset,
            long flags)
            implements SymbolRecord {
        /** Which register locals count from: 0 none, else 1 to 3, which depends on the machine. */
        public int localBase() {
            return (int) (flags >>> 14 & 3);
        }

        /** Which register parameters count from. */
        public int parameterBase() {
            return (int) (flags >>> 16 & 3);
        }
    }

    /** S_FRAMECOOKIE: the guard against overwritten return addresses. */
    record FrameCookie(int offset, int register, int kind, int flags) implements SymbolRecord {}

    /** S_BPREL32: a variable at a distance from the frame pointer. */
    record FrameRelative(int offset, long type, String name) implements SymbolRecord {}

    /** S_REGREL32: a variable at a distance from a register. */
    record RegisterRelative(int offset, long type, int register, String name)
            implements SymbolRecord {}

    /** S_REGISTER: a variable in a register. */
    record InRegister(long type, int register, String name) implements SymbolRecord {}

    /** S_MANYREG2 and S_MANYREG: a variable in several registers, the highest part first. */
    record InRegisters(long type, List<Integer> registers, String name) implements SymbolRecord {}

    /** S_LOCAL: a variable whose places follow as {@link Live} records. */
    record Local(long type, int flags, String name) implements SymbolRecord {
        /** Whether it is a parameter. */
        public boolean isParameter() {
            return (flags & 1) != 0;
        }

        /** Whether it has no place anywhere. */
        public boolean isOptimizedAway() {
            return (flags & 0x100) != 0;
        }
    }

    /** S_FILESTATIC: a static variable of a file, used in a function. */
    record FileStatic(long type, long fileNameOffset, int flags, String name)
            implements SymbolRecord {}

    /** The S_DEFRANGE kinds: where the variable before is in some range of code. */
    sealed interface Live extends SymbolRecord {
        /** Where in the code. */
        CodeRange range();
    }

    /** By a program of the debug interface, an offset in the string table. */
    record LiveByProgram(long program, long parentOffset, CodeRange range) implements Live {}

    /** In a register. */
    record LiveInRegister(int register, int attributes, CodeRange range) implements Live {}

    /** A part of it, at an offset, in a register. */
    record LivePartInRegister(int register, int attributes, int parentOffset, CodeRange range)
            implements Live {}

    /** At a distance from the base of the frame. */
    record LiveInFrame(int offset, CodeRange range) implements Live {}

    /**
     * At a distance from a register.
     *
     * @param part whether only a part of it is there, at {@code parentOffset}
     * @param indirect whether the place holds the address of the variable
     */
    record LiveAtRegister(
            int register,
            int offset,
            boolean part,
            int parentOffset,
            boolean indirect,
            CodeRange range)
            implements Live {}

    /** S_INLINESITE and S_INLINESITE2; the program is for {@link BinaryAnnotations}. */
    record InlineSite(long scopeEnd, long functionId, long invocations, Bytes program)
            implements SymbolRecord {}

    /** S_CALLSITEINFO: type of the function called at a place. */
    record CallSite(int section, long offset, long type) implements SymbolRecord {}

    /** S_HEAPALLOCSITE: type of what is allocated at a place. */
    record HeapAllocation(int section, long offset, int callBytes, long type)
            implements SymbolRecord {}

    /** S_CALLEES, S_CALLERS and S_INLINEES: functions, by id. */
    record Functions(int kind, List<Long> ids) implements SymbolRecord {}

    /** S_ANNOTATION: texts of {@code __annotation}. */
    record Annotation(int section, long offset, List<String> texts) implements SymbolRecord {}

    /** S_ARMSWITCHTABLE: a jump table and the branch that uses it. */
    record SwitchTable(
            int baseSection,
            long baseOffset,
            int entryKind,
            int branchSection,
            long branchOffset,
            int tableSection,
            long tableOffset,
            long entries)
            implements SymbolRecord {}

    /** S_END, S_INLINESITE_END, S_PROC_ID_END. */
    record ScopeEnd(int kind) implements SymbolRecord {}

    /** A record of a kind that is not known here, or one that is broken. */
    record Unknown(int kind, Bytes record) implements SymbolRecord {}

    /**
     * Reads a record.
     *
     * @param record with length and kind, as {@link SymbolCursor#record} hands it out
     */
    static SymbolRecord read(Bytes record) {
        return SymbolRecordReader.read(record);
    }
}
