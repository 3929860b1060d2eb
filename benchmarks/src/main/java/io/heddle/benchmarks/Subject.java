// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is measured.
 *
 * @param benchmark its class and method, such as {@code CipherBenchmark.open}
 * @param parameter the name of the parameter that is varied, or empty
 * @param value its value
 * @param threads how many threads do it at once
 */
record Subject(String benchmark, String parameter, String value, int threads) {

    private static final List<String> SIZES = List.of("300", "1024", "16384");
    private static final List<String> FORMS = List.of("newlines", "array");

    /** Everything that the report tells about. */
    static List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        for (String method :
                List.of("open", "openFloor", "openFloorWithBase64", "sealed", "sealFloor", "sealFloorWithBase64")) {
            SIZES.forEach(size -> all.add(new Subject("CipherBenchmark." + method, "size", size, 1)));
        }
        for (String method : List.of("records", "gsonReused", "gsonNaive")) {
            FORMS.forEach(form -> all.add(new Subject("DownloadBenchmark." + method, "form", form, 1)));
        }
        FORMS.forEach(form -> all.add(new Subject("DownloadBenchmark.records", "form", form, 2)));
        for (String method : List.of("bodies", "gsonReused", "gsonNaive")) {
            all.add(new Subject("UploadBenchmark." + method, "", "", 1));
        }
        all.add(new Subject("UploadBenchmark.bodies", "", "", 2));
        return all;
    }

    /** How many records one operation is. */
    int records() {
        return benchmark.startsWith("CipherBenchmark") ? 1 : RatioReport.RECORDS;
    }

    /** How many operations are measured at once. */
    int batch() {
        if (records() > 1) {
            return 1;
        }
        return value.equals("16384") ? 3_000 : 30_000;
    }
}
