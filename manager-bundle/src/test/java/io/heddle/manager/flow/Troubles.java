// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.Fault;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A 401, a 412, a 503 and a connection reset, each once at a random request of a transfer. One that did not happen fails the
 * test: it was planned for a request that never came, or another one was quicker.
 */
final class Troubles {

    private enum Kind {
        UNAUTHORIZED,
        CONFLICT,
        UNAVAILABLE,
        RESET
    }

    /** Requests of one sort, of which a transfer needs a certain number whatever happens. */
    record Target(String method, String what, Predicate<String> query, int least, int shortestAnswer) {}

    private record Planned(String what, Fault fault) {}

    private final TestServer server;
    private final String path;
    private final Random random;
    private final List<Planned> planned = new ArrayList<>();
    private final Map<Target, List<Integer>> taken = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    Troubles(TestServer server, String path, Random random) {
        this.server = server;
        this.path = path;
        this.random = random;
    }

    /** One of each kind, or of as many kinds as there are requests for, no two at the same. */
    void plan(Target target) {
        List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
        Collections.shuffle(kinds, random);
        List<Integer> points = differentPoints(target.least(), kinds.size());
        taken.put(target, points);
        for (int i = 0; i < points.size(); i++) {
            Fault fault = fault(target).onlyMatch(points.get(i));
            planned.add(
                    new Planned(begin(kinds.get(i), fault, target) + " at " + target.what() + points.get(i), fault));
        }
    }

    /** Does so many things, each at a random request, before the server handles that; each is made for the request's number. */
    void meanwhile(Target target, int count, IntFunction<Runnable> actions) {
        for (int point : differentPoints(target.least(), count)) {
            fault(target).onlyMatch(point).before(actions.apply(point));
        }
    }

    /** The same, but not at a request that one of the troubles is for: this brings a trouble of its own. */
    void troublingMeanwhile(Target target, int count, IntFunction<Runnable> actions) {
        List<Integer> points = new ArrayList<>(differentPoints(target.least(), target.least()));
        points.removeAll(taken.getOrDefault(target, List.of()));
        points.stream()
                .limit(count)
                .forEach(point -> fault(target).onlyMatch(point).before(actions.apply(point)));
    }

    /** What was planned since this was asked last, all of which has happened. */
    String requireAllHappened(String name) {
        assertThat(planned)
                .as(name)
                .allSatisfy(each -> assertThat(each.fault().strokes())
                        .as("%s: %s", name, each.what())
                        .isEqualTo(1));
        String what = planned.stream().map(Planned::what).collect(Collectors.joining(", "));
        planned.clear();
        taken.clear();
        server.clearFaults();
        return what;
    }

    /** How often which kind was planned. */
    Map<String, Integer> counts() {
        return counts;
    }

    private Fault fault(Target target) {
        return server.on(target.method(), path).whereQuery(target.query());
    }

    private List<Integer> differentPoints(int requests, int count) {
        List<Integer> all =
                new ArrayList<>(IntStream.rangeClosed(1, requests).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(count, requests));
    }

    private String begin(Kind kind, Fault fault, Target target) {
        String what = switch (kind) {
            case UNAUTHORIZED -> answer(fault, 401);
            case CONFLICT -> answer(fault, 412);
            case UNAVAILABLE -> answer(fault, 503, Header.retryAfter(20));
            case RESET -> reset(fault, random.nextInt(3), target);
        };
        counts.merge(what.replaceFirst(" after .*", " in the answer"), 1, Integer::sum);
        return what;
    }

    private static String answer(Fault fault, int status, Header... headers) {
        fault.answerAlways(status, "0", headers);
        return Integer.toString(status);
    }

    /** Before the server has seen the request, when it is handled but for the answer, or in the middle of that. */
    private String reset(Fault fault, int when, Target target) {
        if (when == 0) {
            fault.dropConnection();
            return "reset before the server";
        }
        int bytes = when == 1 ? 0 : 1 + random.nextInt(target.shortestAnswer() - 1);
        fault.truncateBody(bytes);
        return "reset after " + bytes + " bytes";
    }
}
