package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTroubleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "08001", "53100", "53300", "57P01", "57014", "40001", "40P01", "55P03", "28P01", "25006"
            })
    void waitsForADatabaseInTrouble(String state) {
        assertThat(SqlTrouble.in(new IllegalStateException(new SQLException("oops", state))))
                .hasValueSatisfying(cause -> assertThat(cause).contains(state, "oops"));
    }

    @Test
    void waitsForAPoolThatFindsNoConnection() {
        var timeout = new SQLTransientConnectionException(
                "inbox - Connection is not available", null, new SQLException("Connection refused", "08001"));

        assertThat(SqlTrouble.in(timeout))
                .hasValueSatisfying(cause -> assertThat(cause).contains("Connection refused"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FATAL: unsupported startup parameter: options                              | true
            FATAL: unsupported startup parameter in options: statement_timeout         | true
            FATAL: Feature not supported: RDS Proxy does not support command-line options. | true
            FATAL: unsupported startup parameter: search_path                          | false
            FATAL: password authentication failed                                      | false
            """)
    void namesTheSettingForPoolersThatRefuseIt(String message, boolean named) {
        assertThat(SqlTrouble.in(new SQLException(message, "08P01")).orElseThrow())
                .matches(cause -> cause.contains("set DATABASE_SESSION_SETTINGS=false") == named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22008", "22021", "22P05", "23502", "54000"})
    void blamesTheRowForAValueThatIsRefusedForGood(String state) {
        assertThat(SqlTrouble.in(new IllegalStateException(new SQLException("oops", state))))
                .isEmpty();
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(SqlTrouble.in(new IllegalArgumentException("a bug"))).isEmpty();
    }
}
