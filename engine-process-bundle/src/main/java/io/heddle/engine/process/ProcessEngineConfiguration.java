// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of one engine; there may be many. */
@ObjectClassDefinition(
        name = "Heddle process engine",
        description =
                "Runs an external program as an engine; docs/engine-protocol.md tells what they say to each other.")
public @interface ProcessEngineConfiguration {

    /**
     * Property {@code name}.
     *
     * @return the engine's name
     */
    @AttributeDefinition(name = "Name", description = "The engine's name, unique in the framework")
    String name();

    /**
     * Property {@code collections}.
     *
     * @return the collections that the engine owns, the primary one first
     */
    @AttributeDefinition(
            name = "Collections",
            description = "The collections that it owns, the primary one first; one text may name several, with commas")
    String[] collections();

    /**
     * Property {@code version}.
     *
     * @return the version of the engine's record format
     */
    @AttributeDefinition(name = "Version", description = "The version of its record format", min = "1")
    int version() default 1;

    /**
     * Property {@code group}.
     *
     * @return the switch that the engine shares with others
     */
    @AttributeDefinition(name = "Group", description = "The switch that it shares with other engines", required = false)
    String group() default "";

    /**
     * Property {@code command}.
     *
     * @return the program and its arguments, one each
     */
    @AttributeDefinition(
            name = "Command",
            description = "The program and its arguments, one each; no shell reads them. A program without a slash is "
                    + "looked for on the PATH")
    String[] command();

    /**
     * Property {@code directory}.
     *
     * @return where the program runs
     */
    @AttributeDefinition(
            name = "Directory",
            description = "Where it runs; empty: the folder of the configuration's file, or that of the JVM",
            required = false)
    String directory() default "";

    /**
     * Property {@code environment}.
     *
     * @return variables, each as {@code NAME=VALUE}
     */
    @AttributeDefinition(
            name = "Environment",
            description = "Variables as NAME=VALUE; of the JVM's own it gets PATH, HOME, TMPDIR and the language only",
            required = false)
    String[] environment() default {};

    /**
     * Property {@code answer.timeoutSeconds}.
     *
     * @return how long one answer may take
     */
    @AttributeDefinition(name = "Answer time-out", description = "Seconds that an answer may take", min = "1")
    int answer_timeoutSeconds() default 60;

    /**
     * Property {@code stop.timeoutSeconds}.
     *
     * @return how long the program may take to end
     */
    @AttributeDefinition(
            name = "Stop time-out",
            description = "Seconds that the program may take to end after its input has ended",
            min = "0")
    int stop_timeoutSeconds() default 5;
}
