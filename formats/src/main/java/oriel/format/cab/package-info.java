/**
 * Microsoft cabinet files: how symbol servers compress ({@code app.pd_}). Layout from "[MS-CAB]
 * Cabinet File Format" and "[MS-PATCH] LZX DELTA Compression" where it describes plain LZX.
 */
@NullMarked
package oriel.format.cab;

import org.jspecify.annotations.NullMarked;
