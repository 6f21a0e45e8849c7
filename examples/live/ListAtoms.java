import oriel.win32.GlobalAtoms;

/** Lists the global atoms: short texts that all programs of a session share. */
public class ListAtoms {
    public static void main(String[] args) {
        int own = GlobalAtoms.add("OrielExample");
        for (GlobalAtoms.Atom atom : GlobalAtoms.list()) {
            System.out.printf("%x %s%n", atom.atom(), atom.text());
        }
        GlobalAtoms.remove(own);
    }
}
