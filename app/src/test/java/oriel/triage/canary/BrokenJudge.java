package oriel.triage.canary;

/** Breaks the rules for triage: prints and reads the environment. Only the layer tests use it. */
final class BrokenJudge {
    private BrokenJudge() {}

    @SuppressWarnings("SystemOut") // the very thing that the rule is to find
    static void judge() {
        System.out.println(System.getenv("PATH"));
    }
}
