import oriel.win32.SearchPath;

/** Where Windows finds a library: {@code FindLibrary kernel32}. */
public class FindLibrary {
    public static void main(String[] args) {
        System.out.println(SearchPath.find(args[0], ".dll").orElse("not found"));
    }
}
