// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.PageEnd;
import io.heddle.server.bso.SortOrder;
import io.heddle.server.bso.Timestamp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The query parameters of a request. */
public final class Parameters {
    private static final int MOST_IDS = 100;

    private final HttpServletRequest request;

    /**
     * The parameters of a request.
     *
     * @param request the request
     */
    public Parameters(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * A parameter as it is.
     *
     * @param name its name
     * @return its first value, decoded
     */
    public Optional<String> find(String name) {
        return Optional.ofNullable(request.getParameter(name));
    }

    /**
     * Whether a switch is on: it is there, and not said to be off.
     *
     * @param name its name
     * @return true when it is on
     */
    public boolean isOn(String name) {
        return find(name)
                .filter(value -> !value.equals("0") && !value.equals("false"))
                .isPresent();
    }

    /**
     * The ids that the request is about.
     *
     * @return empty when it names none
     * @throws StorageRefusal 400 when they are too many, or one can't be an id
     */
    public List<String> ids() throws StorageRefusal {
        Optional<String> text = find("ids");
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> ids = List.of(text.get().split(",", -1));
        // An empty list would mean everything, to a DELETE too.
        if (ids.size() > MOST_IDS || !ids.stream().allMatch(Route::isBsoId)) {
            throw malformed("ids");
        }
        return ids;
    }

    /**
     * The question that a GET of a collection asks.
     *
     * @return the query
     * @throws StorageRefusal 400 when a parameter is malformed
     */
    public BsoQuery query() throws StorageRefusal {
        SortOrder order = parsed("sort", SortOrder::parse).orElse(SortOrder.OLDEST);
        Optional<Long> limit =
                parsed("limit", text -> text.matches("\\d{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty());
        return new BsoQuery(
                ids(),
                parsed("newer", Timestamp::parse),
                parsed("older", Timestamp::parse),
                order,
                limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty(),
                parsed("offset", PageEnd::parse));
    }

    private <T> Optional<T> parsed(String name, Function<String, Optional<T>> parser) throws StorageRefusal {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text.get());
        if (value.isEmpty()) {
            throw malformed(name);
        }
        return value;
    }

    private static StorageRefusal malformed(String name) {
        return StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "malformed query parameter " + name);
    }
}
