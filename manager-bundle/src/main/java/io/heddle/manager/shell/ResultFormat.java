// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.shell;

import io.heddle.api.SyncResult;
import io.heddle.manager.text.ResultText;
import java.time.Instant;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;

/**
 * The text that {@code sync:now} shows of a result, for applications that show one too: a {@link Function} service from
 * {@link SyncResult} to String with the property {@code io.heddle.text=result}.
 */
@Component(service = Function.class, property = "io.heddle.text=result")
public final class ResultFormat implements Function<SyncResult, String> {

    @Override
    public String apply(SyncResult result) {
        return ResultText.of(result, Instant.now());
    }
}
