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
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** The settings of the fence around services, seen by a bundle that is outside of it: the test's own. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class FenceIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] everythingInstalled() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.FULL);
    }

    @Test
    public void theOperatorNamesThoseWhoSeeThroughTheFenceOrTakesItDown() throws Exception {
        Services services = new Services(context);
        services.awaitEngines("forms", "notes");
        String own = context.getBundle().getSymbolicName();
        org.osgi.service.cm.Configuration fence =
                services.one(ConfigurationAdmin.class).getConfiguration("io.heddle.manager.fence", "?");
        assertThat(visible()).isEmpty();

        fence.update(Services.properties("trusted.bundles", new String[] {"some.other", own}));
        awaitVisible("a bundle that the operator trusts", AccountProvider.class, SyncAdministration.class);
        fence.update(Services.properties("trusted.bundles", new String[] {"some.other", own + ".not"}));
        awaitVisible("a bundle that is trusted no more");

        fence.update(Services.properties("enabled", false));
        awaitVisible("no fence", AccountProvider.class, SyncAdministration.class);
        fence.delete();
        awaitVisible("the fence of the defaults");
    }

    /** The component is replaced some time after its configuration. */
    private void awaitVisible(String state, Class<?>... types) {
        Deadline.await(state, () -> visible().equals(List.of(types)));
    }

    private List<Class<?>> visible() {
        return Stream.<Class<?>>of(AccountProvider.class, SyncAdministration.class)
                .filter(type -> context.getServiceReference(type.getName()) != null)
                .toList();
    }
}
