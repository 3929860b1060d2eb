// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Two figures of the same run that belong together.
 *
 * @param meaning what the ratio tells
 * @param of the size or the form
 * @param over the key of the dividend
 * @param under the key of the divisor
 */
record Ratio(String meaning, String of, String over, String under) {

    /** The ratios for which there are targets, and those that explain them. */
    static List<Ratio> all() {
        List<Ratio> all = new ArrayList<>();
        for (String size : List.of("300", "1024", "16384")) {
            all.add(cipher("open / bare AES and HMAC", size, "open", "openFloor"));
            all.add(cipher("open / bare AES, HMAC and Base64", size, "open", "openFloorWithBase64"));
            all.add(cipher("seal / bare AES and HMAC", size, "sealed", "sealFloor"));
            all.add(cipher("seal / bare AES, HMAC and Base64", size, "sealed", "sealFloorWithBase64"));
        }
        for (String form : List.of("newlines", "array")) {
            all.add(download("gson, ciphers reused / response to records", form, "gsonReused"));
            all.add(download("gson, new ciphers / response to records", form, "gsonNaive"));
            all.add(new Ratio(
                    "response to records, two threads / one",
                    form,
                    RatioReport.key("DownloadBenchmark.records", form, 2),
                    RatioReport.key("DownloadBenchmark.records", form, 1)));
        }
        all.add(upload("gson, ciphers reused / records to POST bodies", "gsonReused", 1));
        all.add(upload("gson, new ciphers / records to POST bodies", "gsonNaive", 1));
        all.add(upload("records to POST bodies, two threads / one", "bodies", 2));
        return all;
    }

    private static Ratio cipher(String meaning, String size, String over, String under) {
        return new Ratio(
                meaning,
                size + " bytes",
                RatioReport.key("CipherBenchmark." + over, size, 1),
                RatioReport.key("CipherBenchmark." + under, size, 1));
    }

    private static Ratio download(String meaning, String form, String over) {
        return new Ratio(
                meaning,
                form,
                RatioReport.key("DownloadBenchmark." + over, form, 1),
                RatioReport.key("DownloadBenchmark.records", form, 1));
    }

    private static Ratio upload(String meaning, String over, int threads) {
        return new Ratio(
                meaning,
                "100 a POST",
                RatioReport.key("UploadBenchmark." + over, "", threads),
                RatioReport.key("UploadBenchmark.bodies", "", 1));
    }
}
