// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The service properties of an engine, for Declarative Services components; others set the same properties by name.
 *
 * <p>{@code service.ranking} decides between two engines that claim the same collection.
 */
@ComponentPropertyType
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface SyncEngineService {

    /** The prefix of the properties. */
    String PREFIX_ = "sync.engine.";

    /** Property (String, required): the engine's name, unique in the framework. */
    String NAME = "sync.engine.name";

    /** Property (String or String[], required): the collections it owns, the primary one first. */
    String COLLECTIONS = "sync.engine.collections";

    /** Property (Integer, default 1): the version of the engine's record format, as in meta/global. */
    String VERSION = "sync.engine.version";

    /** Property (String, optional): the switch that it shares with other engines, as "forms" on desktop. */
    String GROUP = "sync.engine.group";

    /**
     * The engine's name.
     *
     * @return letters, digits, {@code . _ -}; 1 to 32 characters
     */
    String name();

    /**
     * The collections that the engine owns.
     *
     * @return at least one name; letters, digits, {@code . _ -}; 1 to 32 characters each
     */
    String[] collections();

    /**
     * The version of the engine's record format.
     *
     * @return from 1
     */
    int version() default 1;

    /**
     * The switch that the engine shares with others.
     *
     * @return a name, or an empty string when the engine has a switch of its own
     */
    String group() default "";
}
