package oriel.app.cli;

/** Holds a process as the commands do, says so, and goes on until it is ended. */
final class Holder {
    private Holder() {}

    public static void main(String[] args) throws InterruptedException {
        LiveInput.hold(Long.parseLong(args[0]), false);
        System.out.println("held");
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }
}
