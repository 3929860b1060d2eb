// SPDX-License-Identifier: Apache-2.0
/**
 * What runs for every record of a collection, over bytes: scanners for exactly the usual form of a BSO, of its sealed
 * payload and of a cleartext (Firefox Sync storage format 5), and the buffers on both sides. A scanner never says that
 * something is wrong, only that it is not usual: then the parser of the package above decides, and what both accept, they
 * read alike.
 */
package io.heddle.manager.wire.bulk;
