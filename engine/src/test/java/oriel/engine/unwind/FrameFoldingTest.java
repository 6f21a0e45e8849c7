package oriel.engine.unwind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.engine.unwind.FrameFolding.Run;

class FrameFoldingTest {
    @Test
    void leavesStacksWithoutRepetitionAlone() {
        assertThat(FrameFolding.fold(List.of(), 8)).isEmpty();
        assertThat(FrameFolding.fold(List.of("a", "b", "b", "c"), 8))
                .containsExactly(new Run(0, 4, 1));
    }

    @Test
    void foldsOneFunctionThatCallsItself() {
        var keys = new ArrayList<String>(List.of("crash"));
        for (int i = 0; i < 9874; i++) {
            keys.add("level3");
        }
        keys.add("main");
        assertThat(FrameFolding.fold(keys, 8))
                .containsExactly(new Run(0, 1, 1), new Run(1, 1, 9874), new Run(9875, 1, 1));
    }

    @Test
    void foldsFunctionsThatCallEachOther() {
        var keys = new ArrayList<String>(List.of("x"));
        for (int i = 0; i < 1000; i++) {
            keys.addAll(List.of("a", "b", "c"));
        }
        keys.addAll(List.of("a", "main"));
        List<Run> runs = FrameFolding.fold(keys, 8);
        assertThat(runs)
                .containsExactly(new Run(0, 1, 1), new Run(1, 3, 1000), new Run(3001, 2, 1));
        assertThat(runs.stream().mapToInt(Run::size).sum()).isEqualTo(keys.size());
    }

    @Test
    void takesTheShortestCycleThatCoversMost() {
        assertThat(FrameFolding.fold(List.of("a", "a", "a", "a", "a", "a"), 3))
                .containsExactly(new Run(0, 1, 6));
    }
}
