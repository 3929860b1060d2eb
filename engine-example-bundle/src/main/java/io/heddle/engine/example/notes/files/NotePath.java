// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of notes: relative paths with {@code /} between the names, such as {@code recipes/Brot.md}.
 *
 * <p>A path comes from another device, so it is not trusted; and it must be a file's name on every device, so what one
 * system reserves is refused on all. Two paths that differ only in case or in Unicode's normal form count as one: some
 * devices can't hold both.
 */
public final class NotePath {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 1024;
    private static final int MAX_LABEL = 40;

    private static final Pattern TEMPORARY = Pattern.compile(
            "~\\$.*|.*~|#.*#|.*\\.(tmp|temp|part|partial|crdownload|swp|swx)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RESERVED = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\\..*)?|heddle~[0-9]+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private NotePath() {}

    /**
     * Tells why a path can't name a note.
     *
     * @param path as another device or this folder has it
     * @return the reason, which doesn't repeat the path; empty when the path is good
     */
    public static Optional<String> findProblem(String path) {
        if (path.isEmpty()) {
            return Optional.of("the path is empty");
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            return Optional.of("the path is absolute");
        }
        if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the path has a backslash or a control character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
            return Optional.of("the path is no valid Unicode");
        }
        if (bytes(path) > MAX_PATH_BYTES) {
            return Optional.of("the path is longer than " + MAX_PATH_BYTES + " bytes");
        }
        for (String name : path.split("/", -1)) {
            Optional<String> problem = findNameProblem(name);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> findNameProblem(String name) {
        if (name.isEmpty() || isIgnored(name)) {
            return Optional.of("a name in the path is empty, hidden, or that of a temporary file");
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return Optional.of("a name in the path ends with a dot or a space");
        }
        // Some file systems overlook such a character: what follows it could then be a hidden name.
        if (Character.getType(name.codePointAt(0)) == Character.FORMAT) {
            return Optional.of("a name in the path begins with an invisible character");
        }
        if (RESERVED.matcher(name).matches()) {
            return Optional.of("a name in the path is reserved on some systems");
        }
        return bytes(name) > MAX_NAME_BYTES
                ? Optional.of("a name in the path is longer than " + MAX_NAME_BYTES + " bytes")
                : Optional.empty();
    }

    /**
     * Tells whether a file or folder is none of the notes: hidden ({@code .x}, so {@code .heddle} too), or temporary.
     *
     * @param name one name, without {@code /}
     * @return whether to pass over it
     */
    public static boolean isIgnored(String name) {
        return name.startsWith(".") || TEMPORARY.matcher(name).matches();
    }

    /**
     * The form of a path in records.
     *
     * @param path as some file system has it
     * @return the same in Unicode's normal form C
     */
    public static String normal(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    /**
     * What two paths share that could be one file.
     *
     * @param path any path
     * @return its key, which is not a path
     */
    public static String key(String path) {
        return normal(normal(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    /**
     * The name of a copy that is kept because of a conflict.
     *
     * @param path the contested path, for example {@code recipes/Brot.md}
     * @param device the device whose version the copy is
     * @param number from 1; higher ones when lower are taken
     * @return for example {@code recipes/Brot (conflict, laptop).md}
     */
    public static String conflictCopy(String path, String device, int number) {
        int slash = path.lastIndexOf('/');
        int dot = path.lastIndexOf('.');
        int end = dot > slash + 1 ? dot : path.length();
        String extension = path.substring(end);
        String suffix = " (conflict, " + label(device) + (number > 1 ? " " + number : "") + ")";
        String stem = path.substring(slash + 1, end);
        while (bytes(stem) + bytes(suffix) + bytes(extension) > MAX_NAME_BYTES) {
            if (stem.isEmpty()) {
                extension = shortened(extension);
            } else {
                stem = shortened(stem);
            }
        }
        return path.substring(0, slash + 1) + stem + suffix + extension;
    }

    private static String label(String device) {
        String safe = normal(device).replaceAll("[^\\p{L}\\p{N} _-]", "").strip();
        String label = safe.codePointCount(0, safe.length()) > MAX_LABEL
                ? safe.substring(0, safe.offsetByCodePoints(0, MAX_LABEL)).strip()
                : safe;
        return label.isEmpty() ? "device" : label;
    }

    private static String shortened(String text) {
        return text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
