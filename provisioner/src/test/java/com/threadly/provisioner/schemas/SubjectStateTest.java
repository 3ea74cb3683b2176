package com.threadly.provisioner.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectStateTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
        false, false, ,           ,                true,  "s: new"
        true,  true,  ,           FULL_TRANSITIVE, true,  "s: registered"
        true,  false, ,           FULL_TRANSITIVE, true,  "s: compatible, would become a new version"
        true,  true,  ,           BACKWARD,        true,  "s: registered; its compatibility is BACKWARD, not FULL_TRANSITIVE"
        true,  true,  ,           ,                true,  "s: registered; its compatibility is not set, not FULL_TRANSITIVE"
        true,  false, "no field", FULL_TRANSITIVE, false, "s: incompatible: no field"
        """)
    void saysWhatAnOperatorHasToKnow(
            boolean exists,
            boolean registered,
            @Nullable String problem,
            @Nullable String level,
            boolean registrable,
            String text) {
        var state = new SubjectState(
                "s", exists, registered, problem == null ? List.of() : List.of(problem), Optional.ofNullable(level));

        assertThat(state.isRegistrable()).isEqualTo(registrable);
        assertThat(state).hasToString(text);
    }
}
