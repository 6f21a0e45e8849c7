package oriel.kd.net;

/**
 * A datagram without its encryption.
 *
 * @param version of the protocol as announced
 * @param control whether it is on the control channel
 * @param sequence number of the datagram in its direction
 * @param fromHost whether the debugger sent it
 * @param body what it carries
 */
public record Datagram(
        int version, boolean control, long sequence, boolean fromHost, byte[] body) {}
