package oriel.win32;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT.PSID;

/** Accounts as people name them. */
final class AccountNames {
    private AccountNames() {}

    /** {@code DOMAIN\name}; {@code S-1-5-...} when nobody knows the account any more. */
    static String of(Pointer securityId) {
        var id = new PSID(securityId);
        try {
            return Advapi32Util.getAccountBySid(id).fqn;
        } catch (Win32Exception e) {
            return Advapi32Util.convertSidToStringSid(id);
        }
    }
}
