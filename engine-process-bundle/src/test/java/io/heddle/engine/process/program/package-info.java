// SPDX-License-Identifier: Apache-2.0
/** Tests of what is made of a program's words. */
package io.heddle.engine.process.program;
