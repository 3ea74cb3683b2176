package com.threadly.notification.rule;

import com.threadly.events.InvalidFieldException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Money in words. */
final class Amounts {

    private static final Pattern LETTER_AT_END = Pattern.compile("\\p{L}$");
    private static final Pattern LETTER_AT_BEGINNING = Pattern.compile("^\\p{L}");

    private final Locale locale;

    /** Looked up once per currency; a format is stateful, so each use has a copy. */
    private final Map<Currency, NumberFormat> formats = new ConcurrentHashMap<>();

    Amounts(Locale locale) {
        this.locale = locale;
    }

    /**
     * Formats {@code amountMinor} in the currency's minor unit. Decimals are never guessed: a wrong guess is a hundredfold
     * error.
     *
     * @throws InvalidFieldException when {@code code}, in capital letters or not, is not that of a currency with a minor
     *     unit
     */
    String format(long amountMinor, String code) {
        return formatted(amountMinor, currency(code));
    }

    private String formatted(long amountMinor, Currency currency) {
        var format =
                (NumberFormat) formats.computeIfAbsent(currency, this::formatOf).clone();
        return format.format(BigDecimal.valueOf(amountMinor, format.getMaximumFractionDigits()));
    }

    private NumberFormat formatOf(Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        int digits = currency.getDefaultFractionDigits();
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        if (format instanceof DecimalFormat decimal) {
            setCodeApart(decimal);
        }
        return format;
    }

    /** Java omits the blank between a number and a code of letters. */
    private static void setCodeApart(DecimalFormat format) {
        format.setPositivePrefix(beforeNumber(format.getPositivePrefix()));
        format.setNegativePrefix(beforeNumber(format.getNegativePrefix()));
        format.setPositiveSuffix(behindNumber(format.getPositiveSuffix()));
        format.setNegativeSuffix(behindNumber(format.getNegativeSuffix()));
    }

    private static String beforeNumber(String prefix) {
        return LETTER_AT_END.matcher(prefix).replaceFirst("$0\u00a0");
    }

    private static String behindNumber(String suffix) {
        return LETTER_AT_BEGINNING.matcher(suffix).replaceFirst("\u00a0$0");
    }

    private static Currency currency(String code) {
        try {
            Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
            // Some, such as gold, have no minor unit: -1.
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException e) {
            // The message below covers both.
        }
        throw new InvalidFieldException("currency", "is not the ISO 4217 code of a currency with a minor unit");
    }
}
