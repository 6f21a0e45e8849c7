/**
 * Legacy full user dumps, {@code USERDUMP} (32-bit) and {@code USERDU64}: what Dr. Watson,
 * userdump.exe and dbgeng's {@code .dump /f} write. Layouts are those of crash.h ("crashlib") of
 * the Windows SDKs of that time.
 */
@NullMarked
package oriel.format.userdump;

import org.jspecify.annotations.NullMarked;
