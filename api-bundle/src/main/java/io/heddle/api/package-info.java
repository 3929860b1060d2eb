// SPDX-License-Identifier: Apache-2.0
/**
 * What an application calls and gets: {@link io.heddle.api.SyncManager} is an OSGi service with one
 * {@link io.heddle.api.SyncManager#syncNow}; {@link io.heddle.api.SyncListener},
 * {@link io.heddle.api.CommandHandler} and {@link io.heddle.api.StateStore} are services that an application may offer. The account comes from {@code io.heddle.api.account}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.heddle.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
