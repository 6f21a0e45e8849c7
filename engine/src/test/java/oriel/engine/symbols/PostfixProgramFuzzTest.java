package oriel.engine.symbols;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.model.Architecture;
import oriel.model.Memory;

class PostfixProgramFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void everyProgramEnds(FuzzedDataProvider data) {
        var program = new PostfixProgram(Memory.EMPTY, Architecture.X86);
        program.define("$esp", data.consumeLong());
        program.define("$ebp", data.consumeLong());
        program.run(data.consumeRemainingAsString());
    }
}
