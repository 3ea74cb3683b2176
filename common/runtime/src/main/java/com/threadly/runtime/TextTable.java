package com.threadly.runtime;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text for a terminal, each column as wide as its widest cell. */
public final class TextTable {

    /** On which side a cell has its blanks. */
    public enum Alignment {
        LEFT {
            @Override
            String pad(String cell, String blanks) {
                return cell + blanks;
            }
        },
        RIGHT {
            @Override
            String pad(String cell, String blanks) {
                return blanks + cell;
            }
        };

        abstract String pad(String cell, String blanks);
    }

    private TextTable() {}

    /** A line per row; {@code gap} stands between the cells of a row. */
    public static List<String> lines(List<List<String>> rows, Alignment alignment, String gap) {
        List<Integer> widths = IntStream.range(0, rows.getFirst().size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> alignment.pad(
                                row.get(column),
                                " ".repeat(widths.get(column) - row.get(column).length())))
                        .collect(Collectors.joining(gap))
                        .stripTrailing())
                .toList();
    }
}
