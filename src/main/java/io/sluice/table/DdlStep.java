package io.sluice.table;

import java.util.List;
import java.util.stream.Collectors;

/** One change to a table's definition. */
public sealed interface DdlStep {
    /** The statement that makes it. */
    String sql();

    /** What it does, in words for the log. */
    String description();

    /**
     * A column to be made.
     *
     * @param name its name
     * @param type its type in SQL
     * @param notNull whether it refuses NULL
     * @param defaultLiteral its default in SQL, empty where it has none
     */
    record NewColumn(String name, String type, boolean notNull, String defaultLiteral) {
        /** @throws io.sluice.record.RecordException where no column may have that name */
        public NewColumn {
            Identifiers.checkColumn(name);
        }

        String sql() {
            return Identifiers.quote(name) + " " + type + (notNull ? " NOT NULL" : "")
                    + (defaultLiteral.isEmpty() ? "" : " DEFAULT " + defaultLiteral);
        }
    }

    /**
     * Creates the table.
     *
     * @param primaryKey names of the key columns, empty for a table without key
     */
    record CreateTable(TableId table, List<NewColumn> columns, List<String> primaryKey) implements DdlStep {
        public CreateTable {
            columns = List.copyOf(columns);
            primaryKey = List.copyOf(primaryKey);
        }

        @Override
        public String sql() {
            String definitions = columns.stream().map(NewColumn::sql).collect(Collectors.joining(", "));
            String key = primaryKey.isEmpty()
                    ? ""
                    : primaryKey.stream()
                            .map(Identifiers::quote)
                            .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
            return "CREATE TABLE IF NOT EXISTS " + table.sql() + " (" + definitions + key + ")";
        }

        @Override
        public String description() {
            return "created table " + table + " with " + columns.size() + " columns";
        }
    }

    /** Adds columns. Those without a default take NULL, for the rows that are there have no value for them. */
    record AddColumns(TableId table, List<NewColumn> columns) implements DdlStep {
        public AddColumns {
            columns = List.copyOf(columns);
        }

        @Override
        public String sql() {
            return columns.stream()
                    .map(column -> "ADD COLUMN IF NOT EXISTS " + column.sql())
                    .collect(Collectors.joining(", ", "ALTER TABLE " + table.sql() + " ", ""));
        }

        @Override
        public String description() {
            return "added to table " + table + " the columns "
                    + columns.stream().map(NewColumn::name).collect(Collectors.joining(", "));
        }
    }

    /** Changes a column to a type that holds every value of its old one. */
    record WidenColumn(TableId table, String column, String type) implements DdlStep {
        @Override
        public String sql() {
            return "ALTER TABLE " + table.sql() + " ALTER COLUMN " + Identifiers.quote(column) + " TYPE " + type;
        }

        @Override
        public String description() {
            return "changed column " + column + " of table " + table + " to " + type;
        }
    }

    /** Lets a column take NULL. */
    record DropNotNull(TableId table, String column) implements DdlStep {
        @Override
        public String sql() {
            return "ALTER TABLE " + table.sql() + " ALTER COLUMN " + Identifiers.quote(column) + " DROP NOT NULL";
        }

        @Override
        public String description() {
            return "let column " + column + " of table " + table + " take NULL";
        }
    }
}
