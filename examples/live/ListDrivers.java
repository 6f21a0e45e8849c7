import oriel.win32.DeviceDrivers;

/** Lists the drivers that the kernel has loaded; under Wine there are none. */
public class ListDrivers {
    public static void main(String[] args) {
        var drivers = DeviceDrivers.list();
        drivers.forEach(driver -> System.out.printf("%x %s%n", driver.base(), driver.path()));
        System.out.println(drivers.size() + " drivers");
    }
}
