package com.threadly.notification.rule;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Money in words. */
final class Amounts {

    /** The usual number of decimals, for currencies that this Java version does not know. */
    private static final int USUAL_FRACTION_DIGITS = 2;

    private static final int CODE_GRAPHEMES = 10;

    private static final Pattern LETTER_AT_END = Pattern.compile("\\p{L}$");
    private static final Pattern LETTER_AT_BEGINNING = Pattern.compile("^\\p{L}");

    private final Locale locale;

    /** Looked up once per currency; a format is stateful, so each use has a copy. */
    private final Map<Currency, NumberFormat> formats = new ConcurrentHashMap<>();

    Amounts(Locale locale) {
        this.locale = locale;
    }

    /** Formats {@code amountMinor} in the currency's minor unit; never throws, whatever the code. */
    String format(long amountMinor, String code) {
        return known(code).map(currency -> formatted(amountMinor, currency)).orElseGet(() -> plain(amountMinor, code));
    }

    private String formatted(long amountMinor, Currency currency) {
        var format =
                (NumberFormat) formats.computeIfAbsent(currency, this::formatOf).clone();
        return format.format(BigDecimal.valueOf(amountMinor, format.getMaximumFractionDigits()));
    }

    private NumberFormat formatOf(Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        // Some codes, such as gold's, have no minor unit: -1.
        int digits = Math.max(0, currency.getDefaultFractionDigits());
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

    private String plain(long amountMinor, String code) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(USUAL_FRACTION_DIGITS);
        String number = format.format(BigDecimal.valueOf(amountMinor, USUAL_FRACTION_DIGITS));
        return "%s %s"
                .formatted(number, TextSanitizer.line(code, CODE_GRAPHEMES))
                .strip();
    }

    private static Optional<Currency> known(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
