// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncAdministration;
import io.heddle.api.account.AccountProvider;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.TestServer;
import java.util.Dictionary;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** The settings of the fence around services, seen by a bundle that is outside of it: the test's own. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class FenceIT {

    private static final List<Class<?>> HIDDEN = List.of(AccountProvider.class, SyncAdministration.class);

    @Inject
    private BundleContext context;

    private Services services;

    @Configuration
    public Option[] everythingInstalled() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.FULL);
    }

    @Test
    public void theOperatorNamesThoseWhoSeeThroughTheFenceOrTakesItDown() throws Exception {
        services = new Services(context);
        services.awaitEngines("forms", "notes");
        String own = context.getBundle().getSymbolicName();
        org.osgi.service.cm.Configuration fence =
                services.one(ConfigurationAdmin.class).getConfiguration("io.heddle.manager.fence", "?");
        assertThat(visible()).isEmpty();

        assertThat(visibleAfter(() -> fence.update(trusting("some.other", own))))
                .isEqualTo(HIDDEN);
        assertThat(visibleAfter(() -> fence.update(trusting("some.other", own + ".not"))))
                .isEmpty();
        assertThat(visibleAfter(() -> fence.update(Services.properties("enabled", false))))
                .isEqualTo(HIDDEN);
        assertThat(visibleAfter(fence::delete)).isEmpty();
    }

    private static Dictionary<String, Object> trusting(String... bundles) {
        return Services.properties("trusted.bundles", bundles);
    }

    /** The manager waits for the fence, so when there is another manager, there is the other fence. */
    private List<Class<?>> visibleAfter(Services.CheckedAction change) throws Exception {
        services.whileManagerIsReplaced(change);
        BundleContext system = context.getBundle(0).getBundleContext();
        Deadline.await(
                "the administration, which the system bundle always sees",
                () -> isOffered(system, SyncAdministration.class));
        return visible();
    }

    private List<Class<?>> visible() {
        return HIDDEN.stream().filter(type -> isOffered(context, type)).toList();
    }

    /** Whoever's class of that name the asking bundle knows. */
    private static boolean isOffered(BundleContext asking, Class<?> type) {
        try {
            return asking.getAllServiceReferences(type.getName(), null) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
