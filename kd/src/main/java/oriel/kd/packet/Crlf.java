package oriel.kd.packet;

/** What to do about a line that turns each 0a into 0d 0a, as consoles of Xen do. */
public enum Crlf {
    /** Nothing: on a clean line collapsing would damage genuine pairs. */
    KEEP,

    /** Turns each 0d 0a into 0a. */
    COLLAPSE,

    /** Collapses from the first packet on that is damaged and becomes good by it. */
    AUTO
}
