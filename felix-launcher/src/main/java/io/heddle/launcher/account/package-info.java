// SPDX-License-Identifier: Apache-2.0
/**
 * The account in a file: read strictly, made on first use, and supplied to the manager as an
 * {@link io.heddle.api.account.AccountProvider}. The file holds secrets, so it is its owner's alone.
 */
package io.heddle.launcher.account;
