// SPDX-License-Identifier: Apache-2.0
/**
 * What a record of the storage format costs on its way in and out. Everything is measured next to what bounds it from
 * below (the bare ciphers) or what it replaces (gson), in the same run, and told as ratios: figures of two runs or of two
 * machines say nothing about each other.
 */
package io.heddle.benchmarks;
