// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.StoreException;
import io.heddle.server.store.StorageGoneException;
import io.heddle.server.store.SyncStore;
import io.heddle.server.wire.Answer;
import io.heddle.server.wire.Route;
import io.heddle.server.wire.StorageRefusal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /1.5/UID/…}: the storage server.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class StorageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(StorageServlet.class);

    private final transient Authentication authentication;
    private final transient SyncStore store;
    private final transient Clock clock;
    private final transient InfoRequests info;
    private final transient CollectionReads reads;
    private final transient CollectionWrites writes;
    private final transient BsoRequests bsos;

    /**
     * A servlet for all below {@code /1.5}.
     *
     * @param authentication knows who may do what
     * @param store holds the data
     * @param settings what the operator decided
     * @param clock the server's time
     */
    public StorageServlet(Authentication authentication, SyncStore store, StorageSettings settings, Clock clock) {
        this.authentication = authentication;
        this.store = store;
        this.clock = clock;
        this.info = new InfoRequests(store, settings);
        this.reads = new CollectionReads(store, settings);
        this.writes = new CollectionWrites(store, settings);
        this.bsos = new BsoRequests(store, settings);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Weave-Timestamp", Timestamp.of(clock.instant()).toString());
        try {
            Route route = Route.parse(request.getRequestURI()
                            .substring(request.getContextPath().length()))
                    .orElseThrow(() -> new StorageRefusal(404, "no such resource"));
            authentication.check(request, route.uid());
            handle(Exchange.of(route, request, response));
        } catch (StorageRefusal refusal) {
            refuse(response, refusal);
        } catch (StorageGoneException gone) {
            refuse(response, new StorageRefusal(401, "the token is for another storage"));
        } catch (StoreException e) {
            LOG.warn("Storage request failed", e);
            if (response.isCommitted()) {
                // Ends the connection, so that half a list isn't taken for a whole one.
                throw e;
            }
            response.resetBuffer();
            response.setHeader("Retry-After", "5");
            refuse(response, new StorageRefusal(503, "the database failed"));
        }
    }

    private void handle(Exchange exchange) throws IOException, StorageRefusal {
        switch (exchange.route().kind()) {
            case INFO -> info.handle(exchange);
            case ROOT -> {
                if (!exchange.method().equals("DELETE")) {
                    throw StorageRefusal.illegalMethod();
                }
                deleteAll(exchange);
            }
            case COLLECTION -> {
                switch (exchange.method()) {
                    case "GET" -> reads.handle(exchange);
                    case "POST" -> writes.post(exchange);
                    case "DELETE" -> writes.delete(exchange);
                    default -> throw StorageRefusal.illegalMethod();
                }
            }
            case BSO -> {
                switch (exchange.method()) {
                    case "GET" -> bsos.get(exchange);
                    case "PUT" -> bsos.put(exchange);
                    case "DELETE" -> bsos.delete(exchange);
                    default -> throw StorageRefusal.illegalMethod();
                }
            }
        }
    }

    private void deleteAll(Exchange exchange) throws IOException, StorageRefusal {
        Answer answer = store.write(exchange.uid(), update -> {
            exchange.conditions().checkWrite(update.modified());
            update.deleteAll();
            return Answer.modified(update.now());
        });
        answer.send(exchange.response());
    }

    private static void refuse(HttpServletResponse response, StorageRefusal refusal) throws IOException {
        refusal.lastModified().ifPresent(time -> response.setHeader("X-Last-Modified", time.toString()));
        switch (refusal.status()) {
            case 304 -> response.setStatus(304);
            case 400, 403, 405 -> Answer.body(response, refusal.status(), Integer.toString(refusal.code()));
            case 401 -> {
                response.setHeader("WWW-Authenticate", "Hawk");
                Answer.body(response, 401, json(refusal));
            }
            default -> Answer.body(response, refusal.status(), json(refusal));
        }
    }

    private static String json(StorageRefusal refusal) {
        JsonObject error = new JsonObject();
        error.addProperty("location", "");
        error.addProperty("name", "");
        error.addProperty("description", refusal.getMessage());
        JsonArray errors = new JsonArray();
        errors.add(error);
        JsonObject json = new JsonObject();
        json.addProperty("status", "error");
        json.add("errors", errors);
        return json.toString();
    }
}
