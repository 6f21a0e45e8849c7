package oriel.engine.symbols.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.format.pdb.Pdb;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

class SourceIndexTest {
    @Test
    void expandsVariablesAndFunctions() {
        SourceIndex index =
                SourceServerIndex.parse(
                        """
                        SRCSRV: ini ------------------------------------------------
                        VERSION=2
                        SRCSRV: variables ------------------------------------------
                        HOST=https://example.com
                        P4=servers/one
                        SRCSRVTRG=%host%/%fnvar%(%var2%)/%var4%/%fnfile%(%var1%)?%fnbksl%(a/b)
                        SRCSRV: source files ---------------------------------------
                        C:\\src\\deep\\a.c*P4*//depot/a.c*12
                        SRCSRV: end ------------------------------------------------
                        """);
        assertThat(index.address("c:\\SRC\\deep\\a.c"))
                .contains("https://example.com/servers/one/12/a.c?a/b");
        assertThat(index.address("c:\\src\\b.c")).isEmpty();
    }

    @Test
    void endsWhatGrowsForEver() {
        for (String target :
                new String[] {"%srcsrvtrg%", "%x%", "%y%%y%", "%fnvar%(x)", "%y%".repeat(1000)}) {
            SourceIndex index =
                    SourceServerIndex.parse(
                            "SRCSRV: variables\nSRCSRVTRG=http://"
                                    + target
                                    + "\nX=%x%\nY="
                                    + "%z%".repeat(1000)
                                    + "\nZ=%y%%y%\n"
                                    + "SRCSRV: source files\na.c*1\n");
            index.address("a.c");
        }
        SourceIndex command =
                SourceServerIndex.parse(
                        "SRCSRV: variables\nSRCSRVTRG=c:\\x\\%var1%\nSRCSRVCMD=del\n"
                                + "SRCSRV: source files\na.c*1\n");
        assertThat(command.address("a.c")).isEmpty();
    }

    @Test
    void mapsFilesByTheLongestPattern() {
        SourceIndex index =
                SourceLink.parse(
                        """
                        {"documents": {"C:\\\\dev\\\\*": "https://h/one/*",
                          "C:\\\\dev\\\\sub\\\\*":"https://h/two/*" , "C:\\\\x.c": "https://h/x",
                          "D:*": "file:///etc/*"}}
                        """);
        assertThat(index.address("c:\\DEV\\A\\b.cs")).contains("https://h/one/A/b.cs");
        assertThat(index.address("C:/dev/sub/b.cs")).contains("https://h/two/b.cs");
        assertThat(index.address("C:\\x.c")).contains("https://h/x");
        assertThat(index.address("C:\\x.cpp")).isEmpty();
        assertThat(index.address("D:\\passwd")).isEmpty();
    }

    @Test
    void takesBrokenMapsAsEmpty() {
        for (String broken :
                new String[] {
                    "",
                    "{",
                    "{\"documents\"",
                    "{\"documents\":{\"a",
                    "{\"documents\":{\"a\\",
                    "{\"documents\":{\"\\u12\":\"b\"}}",
                    "{\"documents\":[]}"
                }) {
            assertThat(SourceLink.parse(broken).address("a")).as(broken).isEmpty();
        }
    }

    /** A Perforce index: its target is a local path, which a command would have to make first. */
    @Test
    @NeedsCorpus
    void readsTheStreamOfAPdb() throws IOException {
        Pdb pdb = Pdb.open(Bytes.open(Corpus.file("sentry/windows/crash_with_srcsrv.pdb")));
        assertThat(pdb.namedStream("srcsrv")).isPresent();
        assertThat(SourceIndex.of(pdb).address("c:\\anything")).isEmpty();
    }
}
