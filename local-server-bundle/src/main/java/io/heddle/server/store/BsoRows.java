// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Bso;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.PageEnd;
import io.heddle.server.bso.SortOrder;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The live BSOs of one collection within one transaction. */
final class BsoRows {
    private static final String FIELDS = "id, modified, payload, sortindex";
    // Sorts a BSO without a sort index last; lower than any that the protocol allows.
    private static final String INDEX_KEY = "COALESCE(sortindex, -1000000000)";

    private final Connection connection;
    private final long cid;
    private final Timestamp now;

    BsoRows(Connection connection, long cid, Timestamp now) {
        this.connection = connection;
        this.cid = cid;
        this.now = now;
    }

    Optional<Bso> find(String id) throws SQLException {
        return Sql.find(
                connection,
                BsoRows::bso,
                "SELECT " + FIELDS + " FROM bso USE INDEX (bso_by_id) WHERE cid = ? AND id = ? AND expires > ?",
                cid,
                id,
                now.hundredths());
    }

    <E extends Exception> void forEach(BsoQuery query, Sink<Bso, E> sink) throws SQLException, E {
        if (query.order() == SortOrder.INDEX) {
            // No index has this order: H2 sorts the ids alone, and each payload is fetched when it is its turn.
            stream("id", row -> find(row.getString(1)).orElseThrow(), query, sink);
        } else {
            stream(FIELDS, BsoRows::bso, query, sink);
        }
    }

    <E extends Exception> void forEachId(BsoQuery query, Sink<String, E> sink) throws SQLException, E {
        stream("id", row -> row.getString(1), query, sink);
    }

    private <T, E extends Exception> void stream(String fields, Sql.Row<T> row, BsoQuery query, Sink<T, E> sink)
            throws SQLException, E {
        Where where = new Where(query);
        try (PreparedStatement statement = connection.prepareStatement(select(fields, query, where))) {
            Sql.bind(statement, where.parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.accept(row.read(rows));
                }
            }
        }
    }

    long payloadBytes(BsoQuery query) throws SQLException {
        Where where = new Where(query);
        return Sql.find(
                        connection,
                        row -> row.getLong(1),
                        "SELECT COALESCE(SUM(size), 0)" + where.text,
                        where.parameters.toArray())
                .orElse(0L);
    }

    long count(BsoQuery query) throws SQLException {
        Where where = new Where(query);
        long all = Sql.find(
                        connection, row -> row.getLong(1), "SELECT COUNT(*)" + where.text, where.parameters.toArray())
                .orElse(0L);
        return Math.min(all, query.limit().orElse(Long.MAX_VALUE));
    }

    /** The key of the page's last BSO, when at least one more follows. */
    Optional<PageEnd> findPageEnd(BsoQuery query) throws SQLException {
        long limit = query.limit().orElse(0);
        if (limit == 0) {
            return Optional.empty();
        }
        Where where = new Where(query);
        String key = query.order() == SortOrder.INDEX ? INDEX_KEY : "modified";
        String sql = "SELECT " + key + ", id" + where.text + orderBy(query.order())
                + " OFFSET ? ROWS FETCH NEXT 2 ROWS ONLY";
        where.parameters.add(limit - 1);
        List<PageEnd> lastAndNext = Sql.list(
                connection, row -> new PageEnd(row.getLong(1), row.getString(2)), sql, where.parameters.toArray());
        return lastAndNext.size() == 2 ? Optional.of(lastAndNext.get(0)) : Optional.empty();
    }

    private static String select(String fields, BsoQuery query, Where where) {
        String sql = "SELECT " + fields + where.text + orderBy(query.order());
        if (query.limit().isPresent()) {
            where.parameters.add(query.limit().getAsLong());
            sql += " FETCH FIRST ? ROWS ONLY";
        }
        return sql;
    }

    private static String orderBy(SortOrder order) {
        return switch (order) {
            // The whole index, so that H2 reads in its order instead of sorting.
            case OLDEST -> " ORDER BY cid, modified, id";
            case NEWEST -> " ORDER BY cid DESC, modified DESC, id DESC";
            case INDEX -> " ORDER BY " + INDEX_KEY + " DESC, id DESC";
        };
    }

    static Bso bso(ResultSet row) throws SQLException {
        int sortindex = row.getInt(4);
        OptionalInt index = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(sortindex);
        return new Bso(row.getString(1), new Timestamp(row.getLong(2)), row.getString(3), index);
    }

    /**
     * The rows that a query means, from FROM on, with its parameters. Names the index: left alone, H2 takes the one by id
     * for everything, and sorts whole collections with their payloads.
     */
    private final class Where {
        private final List<Object> parameters = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Where(BsoQuery query) {
            if (query.ids().isEmpty()) {
                text.append(" FROM bso USE INDEX (bso_by_time) WHERE cid = ?");
                parameters.add(cid);
            } else {
                String pairs = "(?, ?), ".repeat(query.ids().size());
                text.append(" FROM bso USE INDEX (bso_by_id) WHERE (cid, id) IN (")
                        .append(pairs, 0, pairs.length() - 2)
                        .append(')');
                query.ids().forEach(id -> parameters.addAll(List.of(cid, id)));
            }
            and("expires > ?", now.hundredths());
            query.newer().ifPresent(time -> and("modified > ?", time.hundredths()));
            query.older().ifPresent(time -> and("modified < ?", time.hundredths()));
            query.after().ifPresent(end -> behind(query.order(), end));
        }

        private void behind(SortOrder order, PageEnd end) {
            String key = order == SortOrder.INDEX ? INDEX_KEY : "modified";
            String sign = order == SortOrder.OLDEST ? ">" : "<";
            // The first half is for the index alone; the second says it exactly.
            and(key + " " + sign + "= ?", end.key());
            text.append(" AND (" + key + " <> ? OR id " + sign + " ?)");
            parameters.add(end.key());
            parameters.add(end.id());
        }

        private void and(String condition, Object parameter) {
            text.append(" AND ").append(condition);
            parameters.add(parameter);
        }
    }
}
