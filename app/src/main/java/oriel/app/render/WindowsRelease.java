package oriel.app.render;

/** The names by which people know builds of Windows. */
final class WindowsRelease {
    private WindowsRelease() {}

    /**
     * {@code 10 1809} for {@code 10.0.17763}; empty for builds between releases.
     *
     * @param version major, minor and build number, as dumps tell it
     * @param server whether it is a server's
     */
    static String of(String version, boolean server) {
        int build = version.lastIndexOf('.');
        return build < 0 ? "" : server ? server(version.substring(build + 1)) : client(version);
    }

    private static String client(String version) {
        return switch (version) {
            case "5.0.2195" -> "2000";
            case "5.1.2600" -> "XP";
            case "5.2.3790" -> "XP x64";
            case "6.0.6000", "6.0.6001", "6.0.6002" -> "Vista";
            case "6.1.7600", "6.1.7601" -> "7";
            case "6.2.9200" -> "8";
            case "6.3.9600" -> "8.1";
            case "10.0.10240" -> "10 1507";
            case "10.0.10586" -> "10 1511";
            case "10.0.14393" -> "10 1607";
            case "10.0.15063" -> "10 1703";
            case "10.0.16299" -> "10 1709";
            case "10.0.17134" -> "10 1803";
            case "10.0.17763" -> "10 1809";
            case "10.0.18362" -> "10 1903";
            case "10.0.18363" -> "10 1909";
            case "10.0.19041" -> "10 2004";
            case "10.0.19042" -> "10 20H2";
            case "10.0.19043" -> "10 21H1";
            case "10.0.19044" -> "10 21H2";
            case "10.0.19045" -> "10 22H2";
            case "10.0.22000" -> "11 21H2";
            case "10.0.22621" -> "11 22H2";
            case "10.0.22631" -> "11 23H2";
            case "10.0.26100" -> "11 24H2";
            case "10.0.26200" -> "11 25H2";
            default -> "";
        };
    }

    private static String server(String build) {
        return switch (build) {
            case "2195" -> "2000";
            case "3790" -> "Server 2003";
            case "6001", "6002" -> "Server 2008";
            case "7600", "7601" -> "Server 2008 R2";
            case "9200" -> "Server 2012";
            case "9600" -> "Server 2012 R2";
            case "14393" -> "Server 2016";
            case "17763" -> "Server 2019";
            case "20348" -> "Server 2022";
            case "25398" -> "Server 23H2";
            case "26100" -> "Server 2025";
            default -> "";
        };
    }
}
