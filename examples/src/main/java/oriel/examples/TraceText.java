package oriel.examples;

import oriel.driver.Launch;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.DebugSession;
import oriel.engine.session.FunctionCall;
import oriel.engine.session.Stop;
import oriel.win32.WindowsDriver;

/** Prints all text that a program draws with GDI: {@code TraceText app.exe}. */
public final class TraceText extends DebugHandler {
    private TraceText() {
        hook("gdi32!BOOL TextOutA(HDC dc, int x, int y, void *text, int count)", this::drawn);
        hook("gdi32!BOOL TextOutW(HDC dc, int x, int y, void *text, int count)", this::drawn);
        String more = "(HDC dc, int x, int y, UINT options, RECT *box, void *text, UINT count)";
        hook("gdi32!BOOL ExtTextOutA" + more, this::drawn);
        hook("gdi32!BOOL ExtTextOutW" + more, this::drawn);
        hook("gdi32!BOOL PolyTextOutA(HDC dc, POLYTEXT *texts, int count)", this::drawnMany);
        hook("gdi32!BOOL PolyTextOutW(HDC dc, POLYTEXT *texts, int count)", this::drawnMany);
    }

    private void drawn(FunctionCall call, Stop stop) {
        print(call, stop, call.argument("text"), call.argument("count"));
    }

    /** POLYTEXT has x, y, the length, the text, flags, a rectangle and a pointer. */
    private void drawnMany(FunctionCall call, Stop stop) {
        int pointer = stop.architecture().pointerSize();
        int size = pointer == 8 ? 56 : 40;
        for (long i = 0; i < call.argument("count"); i++) {
            long each = call.argument("texts") + i * size;
            long text = stop.readPointer(each + (pointer == 8 ? 16 : 12));
            print(call, stop, text, stop.readNumber(each + 8, 4));
        }
    }

    private static void print(FunctionCall call, Stop stop, long va, long count) {
        String name = call.hook().signature().name();
        boolean wide = name.endsWith("W");
        String text = wide ? stop.wideText(va, (int) count) : stop.text(va, (int) count);
        System.out.println(name + ": " + text);
    }

    public static void main(String[] args) {
        try (var session = DebugSession.open(WindowsDriver::new)) {
            session.handle(new TraceText());
            session.start(Launch.of(args));
            session.run();
        }
    }
}
