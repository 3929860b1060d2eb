// SPDX-License-Identifier: Apache-2.0
/**
 * What an application supplies: the account. An {@link io.heddle.api.account.AccountProvider} is an OSGi service; the
 * manager asks it for {@link io.heddle.api.account.Credentials} when it needs a token, and tells it when they are no
 * longer accepted.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.heddle.api.account;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
