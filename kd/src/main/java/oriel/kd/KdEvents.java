package oriel.kd;

import oriel.kd.protocol.FileIo;

/**
 * What a target says and asks by itself. Called on the thread that uses the session, while it waits
 * for something.
 */
public interface KdEvents {
    /** Nobody listens: prints are dropped, questions get an empty answer, there are no files. */
    KdEvents NONE = new KdEvents() {};

    /** STATUS_NO_SUCH_FILE. */
    int NO_SUCH_FILE = 0xc000000f;

    /** The kernel prints. */
    default void printed(String text) {}

    /** The kernel asks the user. */
    default String asked(String question) {
        return "";
    }

    /** The kernel wants a file of the host; the answer is the body of a packet. */
    default byte[] file(FileIo request) {
        return FileIo.answer(request.api(), NO_SUCH_FILE, 0, 0, new byte[0]);
    }

    /** Something about the line that a user wants to know. */
    default void noticed(String what) {}
}
