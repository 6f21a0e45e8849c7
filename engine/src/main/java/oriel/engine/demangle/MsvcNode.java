package oriel.engine.demangle;

import java.util.List;

/** A piece of a name that can be written. */
interface MsvcNode {
    void print(Output out);

    /** Plain text. */
    record Text(String text) implements MsvcNode {
        @Override
        public void print(Output out) {
            out.append(text);
        }
    }

    /** A text that Microsoft's tools and LLVM's spell differently. */
    record TwoWays(String text, String microsoft) implements MsvcNode {
        @Override
        public void print(Output out) {
            out.append(out.full() ? text : microsoft);
        }
    }

    /** A template with its arguments. */
    record Template(MsvcNode name, List<MsvcNode> arguments) implements MsvcNode {
        @Override
        public void print(Output out) {
            name.print(out);
            printArguments(arguments, out);
        }
    }

    /** Where a name lies: its parts from the outermost to the name itself. */
    record Qualified(List<MsvcNode> parts) implements MsvcNode {
        @Override
        public void print(Output out) {
            out.enter();
            for (int i = 0; i < parts.size(); i++) {
                if (i > 0) {
                    out.append("::");
                }
                parts.get(i).print(out);
            }
            out.leave();
        }

        MsvcNode last() {
            return parts.get(parts.size() - 1);
        }
    }

    /** A scope within a function, by the number that the compiler gave it. */
    record LocalScope(MsvcNode function, long number) implements MsvcNode {
        @Override
        public void print(Output out) {
            out.append('`');
            function.print(out);
            out.append("'::`").append(number).append("'");
        }
    }

    /**
     * Arguments in angle brackets; Microsoft keeps closing ones apart, with no blank after commas.
     */
    static void printArguments(List<MsvcNode> arguments, Output out) {
        out.append('<');
        printList(arguments, out);
        out.append(!out.full() && out.last() == '>' ? " >" : ">");
    }

    /** A list with commas. */
    static void printList(List<? extends MsvcNode> items, Output out) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(out.full() ? ", " : ",");
            }
            items.get(i).print(out);
        }
    }
}
