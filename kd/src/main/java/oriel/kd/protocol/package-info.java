/**
 * What the bodies of packets mean: requests and their answers, stops, debug prints, file requests,
 * processor contexts. Records made from bytes and bytes made from records; no I/O.
 */
@NullMarked
package oriel.kd.protocol;

import org.jspecify.annotations.NullMarked;
