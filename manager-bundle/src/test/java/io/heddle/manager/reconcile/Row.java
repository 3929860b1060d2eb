// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import java.util.function.UnaryOperator;

/**
 * A row of the table.
 *
 * @param rules the numbers of the rules that it is about
 * @param name what happens, as a sentence
 * @param situation what is decided about
 * @param decision what comes of it, as {@link PlanText} says it
 */
record Row(String rules, String name, Situation situation, String decision) {

    static Row row(int rule, String name, UnaryOperator<Situation> given, String decision) {
        return row(Integer.toString(rule), name, given, decision);
    }

    static Row row(String rules, String name, UnaryOperator<Situation> given, String decision) {
        return new Row(rules, name, given.apply(new Situation()), decision);
    }

    @Override
    public String toString() {
        return "rule " + rules + ": " + name;
    }
}
