package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.triage.place.Places;
import oriel.triage.report.Place;
import oriel.triage.report.RegisterValue;

/** Lists the known registers of a thread, and what those that may be pointers point to. */
final class RegisterValues {
    private RegisterValues() {}

    static List<RegisterValue> of(RegisterSet registers, Places places) {
        var values = new ArrayList<RegisterValue>(20);
        for (Register register : Registers.of(registers.architecture())) {
            OptionalLong value = registers.value(register);
            if (value.isEmpty()) {
                continue;
            }
            switch (register.kind()) {
                case GENERAL, PROGRAM_COUNTER -> {
                    long number = value.getAsLong();
                    Optional<Place> place =
                            Places.isNearNull(number)
                                    ? Optional.empty()
                                    : Optional.of(places.at(number));
                    values.add(new RegisterValue(register, number, place));
                }
                case FLAGS, SEGMENT ->
                        values.add(
                                new RegisterValue(register, value.getAsLong(), Optional.empty()));
                case DEBUG, FLOATING_POINT, VECTOR, CONTROL -> {}
            }
        }
        return values;
    }
}
