package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.InvalidFieldException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de    | 123456 | EUR | 1.234,56 €
            de-AT | 123456 | EUR | € 1.234,56
            de-CH | 123456 | CHF | CHF 1’234.56
            en-GB | 123456 | GBP | £1,234.56
            """)
    void followsTheRegion(String tag, long minor, String code, String shown) {
        assertThat(new Amounts(Languages.locale(tag)).format(minor, code).replace('\u00a0', ' '))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1250                 | EUR | €12.50
            123456789            | USD | $1,234,567.89
            1200                 | JPY | ¥1,200
            1234                 | KWD | KWD 1.234
            -500                 | EUR | -€5.00
            0                    | EUR | €0.00
            1250                 | eur | €12.50
            1200                 | jpy | ¥1,200
            1234                 | kwd | KWD 1.234
            -9223372036854775808 | EUR | -€92,233,720,368,547,758.08
            """)
    void showsMoneyAsTheCurrencyHasIt(long minor, String code, String shown) {
        // The locale's data has a non-breaking space between code and number.
        assertThat(new Amounts(Locale.ENGLISH).format(minor, code).replace('\u00a0', ' '))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QQQ", "", "EURO", "\u0130\u015eK", " EUR", "XAU", "XXX"})
    void neverGuessesDecimals(String code) {
        assertThatThrownBy(() -> new Amounts(Locale.ENGLISH).format(1250, code))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("currency is not the ISO 4217 code");
    }
}
