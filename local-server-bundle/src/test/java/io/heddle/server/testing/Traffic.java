// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.QuietException;

/** Stands before the servlets: does what the faults say, and writes down every request. */
final class Traffic implements Filter {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private volatile Duration latency;

    Traffic(Duration latency) {
        this.latency = latency;
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    void clearFaults() {
        faults.clear();
    }

    void setLatency(Duration time) {
        latency = time;
    }

    List<RecordedRequest> requests() {
        synchronized (requests) {
            return requests.stream()
                    .sorted(Comparator.comparingLong(RecordedRequest::startNanos))
                    .toList();
        }
    }

    void clearRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        CountedRequest request = new CountedRequest((HttpServletRequest) plainRequest);
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        List<Fault> matching = faults.stream()
                .filter(fault -> fault.isFor(request.getMethod(), request.getRequestURI(), query(request)))
                .toList();
        pause(latency);
        matching.forEach(fault -> pause(fault.delay()));
        matching.forEach(fault -> fault.beforeActions().forEach(Runnable::run));
        if (matching.stream().anyMatch(Fault::isDrop)) {
            matching.stream().filter(Fault::isDrop).forEach(Fault::hasStruck);
            record(request, 0, start, 0);
            drop(plainRequest);
        }
        Set<String> stripped =
                matching.stream().flatMap(fault -> fault.stripped().stream()).collect(Collectors.toSet());
        long truncateAt = matching.stream()
                .flatMapToLong(fault -> fault.truncateAt().stream())
                .min()
                .orElse(Long.MAX_VALUE);
        boolean replaced = matching.stream().anyMatch(fault -> fault.body().isPresent());
        FaultyResponse faulty = new FaultyResponse(response, stripped, truncateAt, replaced);
        handle(request, faulty, matching, chain);
        matching.stream()
                .flatMap(fault -> fault.added().stream())
                .forEach(header -> response.setHeader(header.name(), header.value()));
        long replacedBytes = replaced ? replaceBody(response, matching) : 0;
        matching.forEach(fault -> fault.afterActions().forEach(Runnable::run));
        record(request, response.getStatus(), start, replaced ? replacedBytes : faulty.offered());
        if (faulty.isTruncated()) {
            matching.stream().filter(fault -> fault.truncateAt().isPresent()).forEach(Fault::hasStruck);
            response.flushBuffer();
            drop(plainRequest);
        }
    }

    private static void handle(CountedRequest request, FaultyResponse response, List<Fault> matching, FilterChain chain)
            throws IOException, ServletException {
        for (Fault fault : matching) {
            if (fault.answer().isPresent()) {
                fault.hasStruck();
                Fault.Canned canned = fault.answer().get();
                response.setStatus(canned.status());
                response.setContentType("application/json");
                canned.headers().forEach(header -> response.setHeader(header.name(), header.value()));
                response.getOutputStream().write(canned.body().getBytes(StandardCharsets.UTF_8));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static long replaceBody(HttpServletResponse response, List<Fault> matching) throws IOException {
        for (Fault fault : matching) {
            if (fault.body().isPresent()) {
                response.setContentType(fault.body().get().contentType());
                try (InputStream content = fault.body().get().content().get()) {
                    return content.transferTo(response.getOutputStream());
                }
            }
        }
        return 0;
    }

    private static void pause(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void drop(ServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
        throw new Dropped();
    }

    private static String query(HttpServletRequest request) {
        return request.getQueryString() == null ? "" : request.getQueryString();
    }

    private void record(CountedRequest request, int status, long start, long responseBytes) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        String query = request.getQueryString() == null ? "" : "?" + query(request);
        RecordedRequest recorded = new RecordedRequest(
                request.getProtocol(),
                request.getMethod(),
                request.getRequestURI() + query,
                status,
                start,
                System.nanoTime(),
                headers,
                request.bytes(),
                responseBytes);
        synchronized (requests) {
            requests.add(recorded);
        }
    }

    /** Ends the handling of a request whose connection is gone, without a line in Jetty's log. */
    private static final class Dropped extends RuntimeException implements QuietException {
        private static final long serialVersionUID = 1;
    }
}
