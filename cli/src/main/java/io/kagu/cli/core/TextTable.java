package io.kagu.cli.core;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: the first columns to the left, numbers to the right. */
final class TextTable {

    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable() {
        this(1);
    }

    /** A table whose first so many columns are words. */
    TextTable(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ");
            line.append(column < leftColumns ? cell + space : space + cell);
        }
        return line.toString().stripTrailing();
    }
}
