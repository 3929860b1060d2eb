// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineInfo;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.StateStore;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.account.AccountProvider;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Intruder;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Jars;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A hostile engine bundle in the same framework: what it tries, what should come of it, and what did. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class HostileEngineIT {

    private static final String HOSTILE = "org.example.hostile";

    /** The engine's own collection: a record of it, or all with a parameter; a segment has no separator unencoded. */
    private static final Pattern OWN =
            Pattern.compile("(GET|DELETE) /storage/hostile/(?<id>SEGMENT)|GET /storage/hostile\\?limit=SEGMENT"
                    .replace("SEGMENT", "(?!\\.\\.?$)([A-Za-z0-9._~-]|%[0-9A-F]{2})+"));

    /** All that the manager asks for in a sync to which two new engines have come: their keys, their syncIDs. */
    private static final List<String> OF_THE_MANAGER =
            List.of("GET token", "GET /info/collections", "PUT /storage/crypto/keys", "PUT /storage/meta/global");

    /** Those of the bent ids that may be a record's. */
    private static final Set<String> IDS = new TreeSet<>(
            Set.of("../forms", "../../info/collections", "a%2f..%2f..", "a?full=1", "a#b", "a/b", "a&ids=c", "\\..\\"));

    @Inject
    private BundleContext context;

    @Inject
    private Device laptop;

    private final List<Row> table = new ArrayList<>();
    private Services services;
    private TestBench bench;
    private Intruder intruder;

    /** An attack, what should come of it, and what did. */
    private record Row(String attack, String expected, String seen) {
        @Override
        public String toString() {
            return String.format(
                    "%-6s %-50s %-56s %s", expected.equals(seen) ? "ok" : "BROKEN", attack, expected, seen);
        }
    }

    /** A store that there is something to find of. */
    private static final class Memory implements StateStore {
        private volatile String state;

        @Override
        public Optional<String> findState() {
            return Optional.ofNullable(state);
        }

        @Override
        public void store(String json) {
            state = json;
        }

        @Override
        public String setAside() {
            throw new IllegalStateException("the state is good");
        }
    }

    @Configuration
    public Option[] aHostileBundleToInstall() {
        TestBench open = TestBench.open(TestServer.builder());
        Jars.hostile(open);
        return Provision.device(open, "laptop", Provision.FULL);
    }

    @Test
    public void eachAttackComesToWhatTheDocumentationSays() throws Exception {
        bench = TestBench.current();
        services = new Services(context);
        services.whileManagerIsReplaced(() -> context.registerService(StateStore.class, new Memory(), null));
        services.awaitEngines("forms", "notes");
        laptop.call("forms", "add", "a field", "a value");
        services.sync();
        Bundle hostile = context.installBundle(
                bench.folder().resolve("hostile.jar").toUri().toString());
        hostile.start();
        intruder = services.one(Intruder.class);

        try {
            outsideOfSyncs();
            throughTheCapability();
            throughRecords();
            withoutEnd();
            inGreatNumbers();
        } finally {
            table.forEach(System.out::println);
        }

        hostile.uninstall();
        assertThat(table).hasSizeGreaterThan(30).allMatch(row -> row.expected().equals(row.seen()));
        assertThat(services.sync().engines().get("forms").isFailure()).isFalse();
        assertThat(bench.server().bsos(bench.account(), "forms")).hasSize(1);
    }

    private void outsideOfSyncs() {
        AccountProvider another = Optional::empty;
        ServiceRegistration<AccountProvider> registration =
                context.registerService(AccountProvider.class, another, null);
        registration.unregister();
        Map<String, String> seen = intruder.attackFromOutside();
        expect(seen, "the account provider by name", "not found");
        expect(seen, "the state store by name", "not found");
        expect(seen, "the administration by name", "not found");
        expect(seen, "the account among all services", "not found");
        expect(seen, "events of accounts", "0");
        expect(seen, "the administration through the manager", "false");
        expect(seen, "secrets in static fields of the manager", "[]");
        // What OSGi alone does not stop: docs/security.md says so.
        expect(seen, "an internal class of the manager", "AccountKeys");
        expect(seen, "the account in the context of the manager", "found");
        BundleContext application = Arrays.stream(context.getBundles())
                .filter(bundle -> "io.heddle.integration.device".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow()
                .getBundleContext();
        row(
                "(the application finds the administration)",
                "true",
                application.getServiceReference(SyncAdministration.class) != null);
        row("claims forms, ranked highest", "forms belongs to bundle io.heddle.engine.example", refusal("forms"));
        row("claims passwords", "passwords is never granted by itself", refusal("mine"));
        row("claims Crypto", "sync.engine.collections: Crypto belongs to the manager", refusal("mine-too"));
        row(
                "claims notes by hand, in the manager's name",
                "notes belongs to bundle io.heddle.engine.example",
                refusal("notes"));
    }

    private void throughTheCapability() {
        bench.server().clearRequests();
        SyncResult result = services.sync();
        row(
                "(its raw engine runs)",
                EngineStatus.NOTHING_TO_DO,
                result.engines().get("hostile").status());
        row("(so do the others)", false, result.engines().get("forms").isFailure());
        Map<String, String> seen = intruder.seenInRuns();
        expect(seen, "foreign collections through the token", "refused");
        expect(seen, "foreign collections deleted", "refused");
        expect(seen, "names with ? # newline unicode", "refused");
        expect(seen, "ids with .. / % ? #", "404 refused");
        expect(seen, "an id with a line break", "refused");
        expect(seen, "an id beyond ASCII", "refused");
        expect(seen, "an id of 10 MB", "refused");
        expect(seen, "a parameter with & and line break", "400");
        expect(seen, "a header with a line break", "IllegalArgumentException");
        expect(seen, "a body of 50 MB", "refused");
        expect(seen, "the state serialised", "NotSerializableException");
        expect(seen, "the key serialised", "NotSerializableException");
        expect(seen, "the token serialised", "NotSerializableException");
        expect(seen, "the state cloned", "InaccessibleObjectException");
        expect(seen, "the key cloned", "InaccessibleObjectException");
        expect(seen, "the token cloned", "InaccessibleObjectException");
        expect(seen, "types reached from the state", "[]");
        expect(seen, "keys reached from the state", "1");
        expect(seen, "tokens reached from the state", "1");
        expect(seen, "class loader of the thread", "its own");
        List<RecordedRequest> requests = bench.server().requests();
        row("requests neither the manager's nor its own", "[]", strays(requests));
        row("ids as the server got them", String.join(" ", IDS), String.join(" ", idsOf(requests)));
        row(
                "headers smuggled in",
                0L,
                requests.stream()
                        .filter(request -> request.header("X-Evil").isPresent())
                        .count());
        row(
                "(what it wanted to delete)",
                "1",
                bench.server().bsos(bench.account(), "forms").size());
        Map<String, String> after = intruder.attackAfterRun();
        expect(after, "the token after its run", "revoked");
        expect(after, "the key after its run", "IllegalStateException");
        expect(after, "a copy of the key after its run", "32 bytes");
        expect(after, "a second token on the queue after its run", "unanswered");
    }

    /** What was asked for besides each of the manager's own requests, once, and the engine's own collection. */
    private static List<String> strays(List<RecordedRequest> requests) {
        List<String> strays = new ArrayList<>(requests.stream()
                .map(RecordedRequest::route)
                .filter(route -> !OWN.matcher(route).matches())
                .toList());
        OF_THE_MANAGER.forEach(strays::remove);
        return strays;
    }

    /** Each record of the engine's own collection that was asked for, as the server reads its id. */
    private static Set<String> idsOf(List<RecordedRequest> requests) {
        return requests.stream()
                .map(request -> OWN.matcher(request.route()))
                .filter(own -> own.matches() && own.group("id") != null)
                .map(own -> URLDecoder.decode(own.group("id").replace("+", "%2B"), StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void throughRecords() {
        intruder.prepare("huge");
        EngineOutcome huge = sync().engines().get("hostile-records");
        row(
                "a record of 50 MB",
                "PARTIAL 1 out [hostile-records/huge]",
                huge.status() + " " + huge.outgoing() + " out " + huge.failedIds());
        intruder.prepare("long-id");
        SyncResult result = sync();
        row(
                "a record for forms",
                EngineStatus.FAILED,
                result.engines().get("hostile-records").status());
        row(
                "(records in forms)",
                1,
                bench.server().bsos(bench.account(), "forms").size());
        expect(intruder.seenInRuns(), "a record with an id of 10 MB", "IllegalArgumentException");
        intruder.prepare("re-entrant");
        services.sync();
        expect(intruder.seenInRuns(), "a sync asked for within a sync", "IllegalStateException");
    }

    private void withoutEnd() throws Exception {
        intruder.prepare("endless");
        CompletableFuture<SyncResult> sync = CompletableFuture.supplyAsync(
                () -> services.manager().syncNow(SyncRequest.all().byUser()));
        Deadline.await(
                "records without end",
                () -> bench.server().bsos(bench.account(), "hostile-records").size() > 100);
        row(
                "records without end, until somebody stops them",
                true,
                services.manager().stop(Duration.ofSeconds(20)));
        row("(how that sync ended)", "STOPPED", sync.get(20, TimeUnit.SECONDS).status());
        intruder.prepare("none");
    }

    private void inGreatNumbers() {
        intruder.flood();
        long taken = services.manager().status().engines().stream()
                .filter(engine -> engine.bundle().equals(HOSTILE))
                .count();
        row("3000 engines", "64 looked at", taken + " looked at");
        row("(the others sync)", false, services.sync().engines().get("forms").isFailure());
    }

    /** However it ends: the hostile engine fails, and the others must not. */
    private SyncResult sync() {
        return services.manager().syncNow(SyncRequest.all().byUser());
    }

    private void expect(Map<String, String> seen, String attack, String expected) {
        row(attack, expected, String.valueOf(seen.get(attack)));
    }

    private void row(String attack, Object expected, Object seen) {
        table.add(new Row(attack, String.valueOf(expected), String.valueOf(seen)));
    }

    /** Why the hostile bundle's engine of a name was refused, up to the advice. */
    private String refusal(String name) {
        return services.manager().status().engines().stream()
                .filter(engine ->
                        engine.bundle().equals(HOSTILE) && engine.name().equals(name))
                .map(EngineInfo::findRefusal)
                .map(refusal -> refusal.orElse("accepted").replaceAll(";.*", ""))
                .findFirst()
                .orElse("not seen");
    }
}
