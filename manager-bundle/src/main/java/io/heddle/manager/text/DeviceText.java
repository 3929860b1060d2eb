// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import io.heddle.api.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The devices of an account, for people. */
public final class DeviceText {

    private static final String ALL = "all";

    private DeviceText() {}

    /**
     * Lists the devices.
     *
     * @param devices of the account
     * @param now the moment it is told
     * @return lines without an end of line behind the last
     */
    public static String of(List<Device> devices, Instant now) {
        if (devices.isEmpty()) {
            return "The devices are not known before the first sync.";
        }
        Table table = new Table("device", "name", "type", "application", "sync", "last seen", "");
        for (Device device : devices) {
            table.row(
                    device.id(),
                    device.name(),
                    device.findType().orElse(""),
                    device.findApplication().orElse(""),
                    String.join(" ", device.protocols()),
                    device.findLastSeen()
                            .map(seen -> TimeInWords.relative(seen, now))
                            .orElse(""),
                    marks(device));
        }
        return String.join("\n", table.lines());
    }

    private static String marks(Device device) {
        List<String> marks = new ArrayList<>();
        if (device.isThisDevice()) {
            marks.add("this device");
        }
        if (device.isDuplicate()) {
            marks.add("left behind by another");
        }
        if (device.isStale()) {
            marks.add("not seen for weeks");
        }
        return String.join(", ", marks);
    }

    /**
     * Finds the devices that a person means.
     *
     * @param devices of the account
     * @param word an id, a name, or {@code all}
     * @return the ids of the device, or of all devices but this one
     * @throws IllegalArgumentException when there is no such device, or several are called so
     */
    public static Set<String> idsOf(List<Device> devices, String word) {
        List<Device> others =
                devices.stream().filter(device -> !device.isThisDevice()).toList();
        Set<String> ids = ids(others, device -> word.equals(ALL) || device.id().equals(word));
        if (ids.isEmpty()) {
            ids = ids(others, device -> device.name().equals(word) && !device.isDuplicate());
        }
        if (ids.isEmpty()) {
            String choice = others.isEmpty()
                    ? "there is none"
                    : "there are " + others.stream().map(DeviceText::called).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(Table.printable("no other device is " + word + "; " + choice));
        }
        if (ids.size() > 1 && !word.equals(ALL)) {
            throw new IllegalArgumentException(
                    Table.printable("several devices are called " + word + ": " + String.join(", ", ids)));
        }
        return ids;
    }

    private static Set<String> ids(List<Device> devices, Predicate<Device> chosen) {
        return devices.stream().filter(chosen).map(Device::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String called(Device device) {
        return device.id() + " (" + device.name() + ")";
    }
}
