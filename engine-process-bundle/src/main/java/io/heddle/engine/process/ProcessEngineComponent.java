// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import io.heddle.engine.SyncEngineService;
import io.heddle.engine.process.program.ProgramSettings;
import io.heddle.engine.record.RecordEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration, one engine service. The service is registered by hand: its properties are those of an engine, and none
 * of the configuration, whose variables may be private.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = ProcessEngineComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProcessEngineConfiguration.class, factory = true)
public final class ProcessEngineComponent {

    /** The factory PID of the configurations. */
    public static final String PID = "io.heddle.engine.process";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEngineComponent.class);

    /** Where FileInstall notes which file a configuration came from, as a URI. */
    private static final String FILE = "felix.fileinstall.filename";

    private final String name;
    private final ProcessEngine engine;
    private final ServiceRegistration<RecordEngine> registration;

    /**
     * Registers an engine as Declarative Services asks for it.
     *
     * @param context of this bundle
     * @param configuration of the engine
     * @param properties the same, as they are
     * @throws IllegalArgumentException when the configuration makes no engine
     */
    @Activate
    public ProcessEngineComponent(
            BundleContext context, ProcessEngineConfiguration configuration, Map<String, Object> properties) {
        name = configuration.name();
        try {
            engine = new ProcessEngine(settings(configuration, properties));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "the configuration {} makes no engine: {}",
                    properties.getOrDefault(FILE, properties.get(Constants.SERVICE_PID)),
                    e.getMessage());
            throw e;
        }
        Dictionary<String, Object> offered = new Hashtable<>();
        offered.put(SyncEngineService.NAME, name);
        offered.put(SyncEngineService.COLLECTIONS, split(configuration.collections()));
        offered.put(SyncEngineService.VERSION, configuration.version());
        offered.put(SyncEngineService.GROUP, configuration.group());
        if (properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking) {
            offered.put(Constants.SERVICE_RANKING, ranking);
        }
        registration = context.registerService(RecordEngine.class, engine, offered);
    }

    static ProgramSettings settings(ProcessEngineConfiguration configuration, Map<String, Object> properties) {
        require(configuration.name() != null && !configuration.name().isBlank(), "name is missing");
        require(split(configuration.collections()).length > 0, "collections is missing");
        require(configuration.command() != null && configuration.command().length > 0, "command is missing");
        require(configuration.answer_timeoutSeconds() > 0, "answer.timeoutSeconds must be positive");
        require(configuration.stop_timeoutSeconds() >= 0, "stop.timeoutSeconds must not be negative");
        return new ProgramSettings(
                configuration.name(),
                List.of(configuration.command()),
                directory(configuration.directory(), properties),
                environment(configuration.environment()),
                Duration.ofSeconds(configuration.answer_timeoutSeconds()),
                Duration.ofSeconds(configuration.stop_timeoutSeconds()));
    }

    /** Text files of configurations know single texts only: collections have no commas in their names. */
    private static String[] split(String[] collections) {
        return collections == null
                ? new String[0]
                : Arrays.stream(collections)
                        .flatMap(names -> Arrays.stream(names.split(",")))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toArray(String[]::new);
    }

    private static Optional<Path> directory(String configured, Map<String, Object> properties) {
        if (configured != null && !configured.isBlank()) {
            return Optional.of(Path.of(configured));
        }
        return properties.get(FILE) instanceof String file && file.startsWith("file:")
                ? Optional.ofNullable(Path.of(URI.create(file)).getParent())
                : Optional.empty();
    }

    private static Map<String, String> environment(String[] variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables == null ? new String[0] : variables) {
            int equals = variable.indexOf('=');
            // Not quoted: it may be a password.
            require(equals > 0, "environment must hold texts of the form NAME=VALUE");
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Withdraws the engine, and ends its program if it runs. */
    @Deactivate
    public void deactivate() {
        registration.unregister();
        engine.close();
        LOG.info("engine {} is gone, and its program with it", name);
    }
}
