/** KDNET: keys, and datagrams encrypted and decrypted. No I/O. */
@NullMarked
package oriel.kd.net;

import org.jspecify.annotations.NullMarked;
