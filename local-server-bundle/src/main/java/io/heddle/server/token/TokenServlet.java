// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /1.0/sync/1.5}: the token server's only route.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class TokenServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(TokenServlet.class);
    private static final Pattern CLIENT_STATE = Pattern.compile("[a-zA-Z0-9._-]{1,32}");

    private final transient TokenExchange exchange;
    private final transient Optional<PublicUrl> configuredUrl;
    private final transient Clock clock;

    /**
     * A servlet for all below {@code /1.0}.
     *
     * @param exchange makes the tokens
     * @param configuredUrl the server's address, when it can't be seen from the requests
     * @param clock the server's time
     */
    public TokenServlet(TokenExchange exchange, Optional<PublicUrl> configuredUrl, Clock clock) {
        this.exchange = exchange;
        this.configuredUrl = configuredUrl;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Timestamp", Long.toString(clock.millis() / 1000));
        try {
            write(response, 200, answer(request));
        } catch (TokenRefusal refusal) {
            refuse(response, refusal);
        } catch (RuntimeException e) {
            LOG.warn("Token request failed", e);
            refuse(response, new TokenRefusal(500, "internal-error", "internal", "the token server failed"));
        }
    }

    private JsonObject answer(HttpServletRequest request) throws TokenRefusal {
        if (!request.getRequestURI().equals(request.getContextPath() + "/1.0/sync/1.5")) {
            throw new TokenRefusal(404, "error", "url", "unsupported application or version");
        }
        if (!request.getMethod().equals("GET")) {
            throw new TokenRefusal(405, "error", "url", "only GET is supported");
        }
        String accessToken = accessToken(header(request, "Authorization"));
        KeyId keyId = header(request, "X-KeyID")
                .flatMap(KeyId::parse)
                .orElseThrow(
                        () -> TokenRefusal.unauthorized("invalid-key-id", "header", "X-KeyID is missing or malformed"));
        Optional<String> clientState = header(request, "X-Client-State");
        if (clientState.isPresent()) {
            checkClientState(clientState.get(), keyId);
        }
        TokenExchange.Issued issued = exchange.issue(accessToken, keyId, duration(request));
        JsonObject json = new JsonObject();
        json.addProperty("id", issued.id());
        json.addProperty("key", issued.key());
        json.addProperty("uid", issued.user().uid());
        json.addProperty(
                "api_endpoint",
                PublicUrl.of(configuredUrl, request) + "/1.5/" + issued.user().uid());
        json.addProperty("duration", issued.durationSeconds());
        json.addProperty("hashed_fxa_uid", issued.hashedFxaUid());
        json.addProperty("hashalg", "sha256");
        json.addProperty("node_type", "local");
        return json;
    }

    private static String accessToken(Optional<String> authorization) throws TokenRefusal {
        String header = authorization.orElse("");
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
        if (token.isEmpty()) {
            throw TokenRefusal.unauthorized("invalid-credentials", "header", "no bearer token");
        }
        return token;
    }

    private static void checkClientState(String clientState, KeyId keyId) throws TokenRefusal {
        if (!CLIENT_STATE.matcher(clientState).matches()) {
            throw new TokenRefusal(400, "error", "header", "X-Client-State is malformed");
        }
        if (!clientState.equalsIgnoreCase(keyId.clientState())) {
            throw TokenRefusal.unauthorized("invalid-client-state", "header", "X-Client-State is not X-KeyID's");
        }
    }

    private static Optional<Long> duration(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("duration"))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::valueOf);
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private static void refuse(HttpServletResponse response, TokenRefusal refusal) throws IOException {
        JsonObject error = new JsonObject();
        error.addProperty("location", refusal.location());
        error.addProperty("name", "");
        error.addProperty("description", refusal.getMessage());
        JsonArray errors = new JsonArray();
        errors.add(error);
        JsonObject json = new JsonObject();
        json.addProperty("status", refusal.status());
        json.add("errors", errors);
        if (refusal.httpStatus() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        if (refusal.httpStatus() == 405) {
            response.setHeader("Allow", "GET");
        }
        write(response, refusal.httpStatus(), json);
    }

    private static void write(HttpServletResponse response, int status, JsonObject json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
