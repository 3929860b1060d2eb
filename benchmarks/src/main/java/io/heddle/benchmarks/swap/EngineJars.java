// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Two versions of the bundle that is swapped, packed from the class path. */
final class EngineJars {

    private static final String[] TYPES = {"SwappedActivator", "SwappedEngine", "SwappedEngine$Session"};

    private final byte[] first;
    private final byte[] second;

    EngineJars() throws IOException {
        first = pack(1);
        second = pack(2);
    }

    byte[] ofVersion(int version) {
        return version == 1 ? first : second;
    }

    private static byte[] pack(int version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "io.heddle.benchmarks.swapped");
        headers.putValue(Constants.BUNDLE_VERSION, version + ".0.0");
        headers.putValue(Constants.BUNDLE_ACTIVATOR, SwappedActivator.class.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework,io.heddle.engine,io.heddle.engine.record");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String type : TYPES) {
                String name = SwappedActivator.class.getPackageName().replace('.', '/') + "/" + type + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream code = EngineJars.class.getClassLoader().getResourceAsStream(name)) {
                    code.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }
}
