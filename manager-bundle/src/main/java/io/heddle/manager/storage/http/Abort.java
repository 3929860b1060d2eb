// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/**
 * Ends an exchange at once, with its connection. The client's own cancelling is not enough: when a connection is at hand
 * without waiting, it forgets what to cancel, and a server that says nothing more would keep the connection for ever.
 *
 * <p><b>Threading:</b> safe.
 */
final class Abort {

    private static final String ATTRIBUTE = "heddle.abort";

    private Runnable discard = () -> {};
    private boolean aborted;

    /** A context whose exchange this can end. */
    HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(ATTRIBUTE, this);
        return context;
    }

    void run(Future<?> exchange) {
        boolean onItsWay = !exchange.isDone();
        exchange.cancel(true);
        Runnable end;
        synchronized (this) {
            aborted = true;
            end = discard;
        }
        if (onItsWay) {
            end.run();
        }
    }

    /** Stands in the client's chain, where the connection is known. */
    static void intercept(
            HttpRequest request,
            AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof Abort abort
                && !abort.begin(scope.execRuntime::discardEndpoint)) {
            throw new IOException("the request was cancelled");
        }
        chain.proceed(request, body, scope, callback);
    }

    private synchronized boolean begin(Runnable discarding) {
        discard = discarding;
        return !aborted;
    }
}
