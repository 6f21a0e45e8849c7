package oriel.model;

import java.util.Optional;

/**
 * An open handle of a process.
 *
 * @param value the handle itself
 * @param typeName kind of object, e.g. {@code Event}; may be empty
 * @param objectName name in the object namespace; may be empty
 * @param attributes OBJ_* bits, unsigned 32 bits
 * @param grantedAccess access rights, unsigned 32 bits
 * @param handleCount handles that exist to the object, unsigned 32 bits
 * @param pointerCount references to the object, unsigned 32 bits
 * @param owner whom a wait for the object waits for, when the target tells: the holder of a mutex,
 *     or the thread itself when the handle is one to a thread
 */
public record HandleInfo(
        long value,
        String typeName,
        String objectName,
        long attributes,
        long grantedAccess,
        long handleCount,
        long pointerCount,
        Optional<ThreadRef> owner) {}
