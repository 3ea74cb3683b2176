package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.runtime.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/inbox, jdbc:postgresql://db:5432/inbox,,",
        "jdbc:postgresql://db/inbox?user=ana&password=s%40+c, jdbc:postgresql://db/inbox, ana, s@ c",
        "jdbc:postgresql:inbox, jdbc:postgresql:inbox,,",
        "jdbc:postgresql:inbox?user=ana&ssl=off&password=s%40, jdbc:postgresql:inbox?ssl=off, ana, s@",
        "postgres://db/inbox, jdbc:postgresql://db/inbox,,",
        "postgres://ana@db/inbox, jdbc:postgresql://db/inbox, ana,",
        "postgresql://ana:s%40:c+ret@db:1/inbox?sslmode=require, jdbc:postgresql://db:1/inbox?sslmode=require, ana, s@:c+ret"
    })
    void takesTheFormsThatPeopleHaveAtHand(String text, String jdbcUrl, String user, String password) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.jdbcUrl()).isEqualTo(jdbcUrl);
        assertThat(url.user().orElse(null)).isEqualTo(user);
        assertThat(url.password().orElse(null)).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://db/inbox?options=-c%20role%3Dapp&sslmode=require, jdbc:postgresql://db/inbox?sslmode=require, -c role=app",
        "postgres://db/inbox?prepareThreshold=0, jdbc:postgresql://db/inbox?prepareThreshold=0,"
    })
    void passesOnWhatSessionsBeginWith(String text, String jdbcUrl, String options) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.jdbcUrl()).isEqualTo(jdbcUrl);
        assertThat(url.options().orElse(null)).isEqualTo(options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://db/inbox",
                "db:5432",
                "postgres:inbox",
                "not a url",
                "postgres://db/inbox?prepareThreshold=5",
                "jdbc:postgresql:inbox?sslmode=off&prepareThreshold=-1"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoPassword() {
        Settings settings =
                Settings.of(Map.of("DATABASE_URL", "postgres://ana:hidden1@db/inbox", "DATABASE_PASSWORD", "hidden2"));

        DatabaseSettings database = DatabaseSettings.from(settings);
        settings.verify();

        assertThat(database.password()).contains("hidden2");
        assertThat(settings.masked() + " " + database + " " + database.url()).doesNotContain("hidden");
    }

    @Test
    void reportsEveryWrongSettingByName() {
        Settings settings = Settings.of(Map.of(
                "DATABASE_URL", "mysql://a:hidden@db/inbox", "DATABASE_POOL_SIZE", "0", "DATABASE_TIMEOUT", "5ms"));

        DatabaseSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .hasMessageContaining("DATABASE_URL")
                .hasMessageContaining("DATABASE_POOL_SIZE")
                .hasMessageContaining("DATABASE_TIMEOUT")
                .hasMessageNotContaining("hidden");
    }
}
