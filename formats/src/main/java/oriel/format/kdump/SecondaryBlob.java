package oriel.format.kdump;

import oriel.bytes.Bytes;
import oriel.model.Guid;

/**
 * Data that a driver added to a dump when the system stopped.
 *
 * @param tag whose data it is
 * @param data as the driver wrote it
 */
public record SecondaryBlob(Guid tag, Bytes data) {}
