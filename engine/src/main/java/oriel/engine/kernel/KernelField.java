package oriel.engine.kernel;

import java.util.Optional;
import oriel.engine.kernel.DebuggerData.Offset;

/** Members of kernel structures that are read: what each is called and where it may be told. */
public enum KernelField {
    PROCESS_ID("_EPROCESS", "UniqueProcessId", null),
    PROCESS_LINKS("_EPROCESS", "ActiveProcessLinks", null),
    PROCESS_NAME("_EPROCESS", "ImageFileName", null),
    PROCESS_CREATED("_EPROCESS", "CreateTime", null),
    PROCESS_PARENT("_EPROCESS", "InheritedFromUniqueProcessId", Offset.PROCESS_PARENT),
    PROCESS_PEB("_EPROCESS", "Peb", Offset.PROCESS_PEB),
    PROCESS_DIRECTORY_TABLE("_KPROCESS", "DirectoryTableBase", Offset.PROCESS_DIRECTORY_TABLE),
    PROCESS_THREADS("_KPROCESS", "ThreadListHead", null),
    THREAD_LINKS("_KTHREAD", "ThreadListEntry", null),
    THREAD_ID("_ETHREAD", "Cid", null),
    THREAD_TEB("_KTHREAD", "Teb", Offset.THREAD_TEB),
    THREAD_KERNEL_STACK("_KTHREAD", "KernelStack", Offset.THREAD_KERNEL_STACK),
    THREAD_INITIAL_STACK("_KTHREAD", "InitialStack", Offset.THREAD_INITIAL_STACK),
    THREAD_STACK_BASE("_KTHREAD", "StackBase", Offset.THREAD_STACK_BASE),
    THREAD_STACK_LIMIT("_KTHREAD", "StackLimit", Offset.THREAD_STACK_LIMIT),
    THREAD_PROCESS("_KTHREAD", "Process", null),
    THREAD_APC_PROCESS("_KTHREAD", "ApcState.Process", Offset.THREAD_APC_PROCESS),
    THREAD_STATE("_KTHREAD", "State", Offset.THREAD_STATE),
    THREAD_WAIT_REASON("_KTHREAD", "WaitReason", Offset.THREAD_WAIT_REASON),
    THREAD_START("_ETHREAD", "StartAddress", null),
    THREAD_WIN32_START("_ETHREAD", "Win32StartAddress", null),
    PRCB_CURRENT_THREAD("_KPRCB", "CurrentThread", Offset.PRCB_CURRENT_THREAD),
    PRCB_IDLE_THREAD("_KPRCB", "IdleThread", Offset.PRCB_IDLE_THREAD),
    PRCB_NUMBER("_KPRCB", "Number", Offset.PRCB_NUMBER),
    PRCB_CONTEXT_FRAME("_KPRCB", "ProcessorState", Offset.PRCB_CONTEXT_FRAME),
    PRCB_SPECIAL_REGISTERS("_KPRCB", "ProcessorState", Offset.PRCB_SPECIAL_REGISTERS),
    PRCB_CONTEXT_POINTER("_KPRCB", "Context", Offset.PRCB_CONTEXT_POINTER),
    PRCB_SAVED_IRQL("_KPRCB", "DebuggerSavedIRQL", null);

    private final String type;
    private final String member;
    private final Optional<Offset> offset;

    KernelField(String type, String member, @org.jspecify.annotations.Nullable Offset offset) {
        this.type = type;
        this.member = member;
        this.offset = Optional.ofNullable(offset);
    }

    /** The structure: {@code _EPROCESS}. */
    public String type() {
        return type;
    }

    /** The member: {@code UniqueProcessId}. */
    public String member() {
        return member;
    }

    /** Where the debugger data block tells it. */
    Optional<Offset> offset() {
        return offset;
    }

    /**
     * Whether symbols tell the same number under the name: the block's two members of
     * ProcessorState lie within it.
     */
    boolean isNamedBySymbols() {
        return this != PRCB_CONTEXT_FRAME
                && this != PRCB_SPECIAL_REGISTERS
                && this != THREAD_APC_PROCESS;
    }
}
